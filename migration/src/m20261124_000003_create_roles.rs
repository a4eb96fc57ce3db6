//! Roles with everything that is read with them, their questions and their former slugs.
//!
//! The columns from `named_skills` on hold what belongs to a role alone. They stand behind the
//! small ones, and in the order in which they are asked for most, because SQLite reads a long row
//! from its front. All but `summary` and `cover_letter` are JSON.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE role (
    id ROWKEY,
    uuid KEYTEXT NOT NULL UNIQUE,
    slug KEYTEXT NOT NULL CHECK (slug <> ''),
    locale KEYTEXT NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    sort_title KEYTEXT NOT NULL,
    state KEYTEXT NOT NULL CHECK (state IN ('DRAFT', 'IN_REVIEW', 'PUBLISHED', 'ARCHIVED')),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    created_at KEYTEXT NOT NULL,
    updated_at KEYTEXT NOT NULL,
    published_at KEYTEXT,
    last_reviewed KEYTEXT,
    translation_group_id BIGINT REFERENCES translation_group (id),
    source_id BIGINT NOT NULL REFERENCES source (id),
    document_slug KEYTEXT NOT NULL,
    content_hash KEYTEXT NOT NULL,
    named_skills TEXT NOT NULL,
    summary TEXT,
    duties TEXT NOT NULL,
    faqs TEXT NOT NULL,
    qualification_groups TEXT NOT NULL,
    sections TEXT NOT NULL,
    facts TEXT NOT NULL,
    salaries TEXT NOT NULL,
    titles TEXT NOT NULL,
    cover_letter TEXT,
    outline TEXT NOT NULL,
    UNIQUE (source_id, locale, document_slug),
    CHECK (state <> 'PUBLISHED' OR published_at IS NOT NULL)
);
UNCOMPRESSED role (named_skills, summary, duties, faqs, qualification_groups, sections, facts,
    salaries, titles, cover_letter, outline);
CREATE UNIQUE INDEX role_by_slug ON role (slug, locale);
CREATE INDEX role_by_title ON role (sort_title, uuid) WHERE state = 'PUBLISHED';
CREATE INDEX role_by_update ON role (updated_at, uuid) WHERE state = 'PUBLISHED';
CREATE INDEX role_by_publication ON role (published_at, uuid) WHERE state = 'PUBLISHED';
CREATE INDEX role_in_any_state_by_title ON role (sort_title, uuid);
CREATE INDEX role_by_translation_group ON role (translation_group_id, locale, uuid)
    WHERE translation_group_id IS NOT NULL;
CREATE TABLE faq (
    role_id BIGINT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    position BIGINT NOT NULL CHECK (position >= 0),
    uuid KEYTEXT NOT NULL UNIQUE,
    sort_question KEYTEXT NOT NULL,
    PRIMARY KEY (role_id, position)
) CLUSTERED;
CREATE INDEX faq_by_question ON faq (sort_question, uuid);
CREATE TABLE slug_history (
    slug KEYTEXT NOT NULL,
    locale KEYTEXT NOT NULL,
    role_id BIGINT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    PRIMARY KEY (slug, locale)
) CLUSTERED;
CREATE INDEX slug_history_role ON slug_history (role_id);
";

/// In the order in which they can be dropped.
const TABLES: &[&str] = &["slug_history", "faq", "role"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, TABLES).await
    }
}
