//! What is known of writes: answers to those that may be repeated.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE idempotency (
    holder KEYTEXT NOT NULL,
    operation KEYTEXT NOT NULL,
    key KEYTEXT NOT NULL,
    fingerprint KEYTEXT NOT NULL,
    at KEYTEXT NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (holder, operation, key)
) CLUSTERED;
CREATE INDEX idempotency_by_age ON idempotency (at);
";

/// In the order in which they can be dropped.
const TABLES: &[&str] = &["idempotency"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, TABLES).await
    }
}
