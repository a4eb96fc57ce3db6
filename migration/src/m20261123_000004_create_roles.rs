//! Roles, their former slugs and the groups that join translations.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE translation_group (
    id KEYTEXT NOT NULL PRIMARY KEY,
    key KEYTEXT NOT NULL UNIQUE
);
CREATE TABLE role (
    id KEYTEXT NOT NULL PRIMARY KEY,
    locale KEYTEXT NOT NULL,
    slug KEYTEXT NOT NULL CHECK (slug <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    sort_title KEYTEXT NOT NULL,
    summary TEXT,
    state KEYTEXT NOT NULL CHECK (state IN ('DRAFT', 'IN_REVIEW', 'PUBLISHED', 'ARCHIVED')),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    content_hash KEYTEXT NOT NULL,
    outline TEXT NOT NULL,
    cover_letter TEXT,
    source_id KEYTEXT NOT NULL REFERENCES source (id),
    document_slug KEYTEXT NOT NULL,
    translation_group_id KEYTEXT REFERENCES translation_group (id),
    created_at KEYTEXT NOT NULL,
    updated_at KEYTEXT NOT NULL,
    published_at KEYTEXT,
    last_reviewed KEYTEXT,
    UNIQUE (locale, slug),
    UNIQUE (source_id, locale, document_slug),
    CHECK (state <> 'PUBLISHED' OR published_at IS NOT NULL)
);
CREATE INDEX role_by_slug ON role (slug, locale);
CREATE INDEX role_by_title ON role (state, sort_title, id);
CREATE INDEX role_by_update ON role (state, updated_at, id);
CREATE INDEX role_by_publication ON role (state, published_at, id);
CREATE INDEX role_by_translation_group ON role (translation_group_id);
CREATE TABLE slug_history (
    slug KEYTEXT NOT NULL,
    locale KEYTEXT NOT NULL,
    role_id KEYTEXT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    PRIMARY KEY (slug, locale)
) CLUSTERED;
CREATE INDEX slug_history_role ON slug_history (role_id);
";

/// In the order in which they can be dropped.
const TABLES: &[&str] = &["slug_history", "role", "translation_group"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, TABLES).await
    }
}
