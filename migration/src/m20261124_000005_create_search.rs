//! The index of published roles: which words they have, and what ranking and counting need.
//!
//! Words are made by us and written with letters, digits and `_` only, so that both engines take
//! them as they are. `search_text` finds roles by them; SQLite keeps the lists of short texts apart
//! in `search_name`, PostgreSQL in a column. `search_start` has a row for every word that a name may
//! be looked for from, with indexes for prefixes of one to three characters by rank.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE search_state (
    version BIGINT NOT NULL,
    roles BIGINT NOT NULL CHECK (roles >= 0)
);
CREATE TABLE search_word (
    id ROWKEY,
    word KEYTEXT NOT NULL UNIQUE,
    stem KEYTEXT NOT NULL,
    roles BIGINT NOT NULL CHECK (roles >= 0)
);
CREATE INDEX search_word_by_stem ON search_word (stem);
CREATE INDEX search_word_by_length ON search_word (LENGTH(word));
CREATE TABLE search_role (
    role_id ROWREF REFERENCES role (id) ON DELETE CASCADE,
    locale KEYTEXT NOT NULL,
    salary_band BIGINT,
    outlook BIGINT,
    categories BYTES NOT NULL,
    skills BYTES NOT NULL
);
CREATE TABLE search_profile (
    role_id ROWREF REFERENCES role (id) ON DELETE CASCADE,
    profile BYTES NOT NULL
);
SQLITE CREATE VIRTUAL TABLE search_text USING fts5(
    title, skill, category, body,
    content='', contentless_delete=1, tokenize=\"ascii tokenchars '_'\"
);
SQLITE CREATE VIRTUAL TABLE search_name USING fts5(
    title, skill, category,
    content='', contentless_delete=1, tokenize=\"ascii tokenchars '_'\"
);
POSTGRES CREATE TABLE search_text (
    role_id BIGINT PRIMARY KEY REFERENCES role (id) ON DELETE CASCADE,
    words TSVECTOR NOT NULL,
    names TSVECTOR NOT NULL
);
POSTGRES CREATE INDEX search_text_words ON search_text USING GIN (words);
POSTGRES CREATE INDEX search_text_names ON search_text USING GIN (names);
CREATE TABLE search_member (
    kind KEYTEXT NOT NULL CHECK (kind IN ('SKILL', 'CATEGORY')),
    owner_id BIGINT NOT NULL,
    roles BIGINT NOT NULL CHECK (roles >= 0),
    PRIMARY KEY (kind, owner_id)
) CLUSTERED;
CREATE TABLE search_start (
    kind KEYTEXT NOT NULL
        CHECK (kind IN ('TITLE', 'ALTERNATE_TITLE', 'SKILL', 'CATEGORY')),
    owner_id BIGINT NOT NULL,
    position BIGINT NOT NULL CHECK (position >= 0),
    start KEYTEXT NOT NULL,
    rank BIGINT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (kind, owner_id, position)
) CLUSTERED;
CREATE INDEX search_start_by_text ON search_start (start, rank);
CREATE INDEX search_start_by_one ON search_start (SUBSTR(start, 1, 1), rank, start);
CREATE INDEX search_start_by_two ON search_start (SUBSTR(start, 1, 2), rank, start);
CREATE INDEX search_start_by_three ON search_start (SUBSTR(start, 1, 3), rank, start);
";

/// In the order in which they can be dropped.
const TABLES: &[&str] = &[
    "search_start",
    "search_member",
    "search_text",
    "search_profile",
    "search_role",
    "search_word",
    "search_state",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, "SQLITE DROP TABLE search_name").await?;
        ddl::drop_tables(manager, TABLES).await
    }
}
