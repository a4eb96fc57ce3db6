//! The change sequence: one row per committed change, in commit order.
//!
//! Old rows are taken away from the front; `change_state` says up to which one.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE change (
    seq SEQUENCE,
    at KEYTEXT NOT NULL,
    entity KEYTEXT NOT NULL,
    entity_id KEYTEXT NOT NULL,
    op KEYTEXT NOT NULL
        CHECK (op IN ('CREATED', 'UPDATED', 'PUBLISHED', 'UNPUBLISHED', 'DELETED')),
    aspects INTEGER NOT NULL,
    slugs TEXT,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    actor TEXT NOT NULL
);
CREATE INDEX change_entity ON change (entity, seq);
CREATE TABLE change_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    pruned_to BIGINT NOT NULL CHECK (pruned_to >= 0)
);
INSERT INTO change_state (id, pruned_to) VALUES (1, 0);
";

/// In the order in which they can be dropped.
const TABLES: &[&str] = &["change_state", "change"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, TABLES).await
    }
}
