//! Keys of callers, of whose secrets only hashes are stored, and a number that grows whenever a key
//! is made or changed.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE access_key (
    id KEYTEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    scopes TEXT NOT NULL,
    networks TEXT NOT NULL,
    operation_cost BIGINT,
    bucket BIGINT,
    restored_per_second BIGINT,
    concurrency BIGINT,
    secret TEXT NOT NULL,
    former_secret TEXT,
    former_until KEYTEXT,
    created_at KEYTEXT NOT NULL,
    expires_at KEYTEXT,
    revoked_at KEYTEXT,
    last_used_at KEYTEXT
);
CREATE TABLE access_state (
    id BIGINT NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL
);
INSERT INTO access_state (id, revision) VALUES (1, 0);
";

/// In the order in which they can be dropped.
const TABLES: &[&str] = &["access_state", "access_key"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, TABLES).await
    }
}
