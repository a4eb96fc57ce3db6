//! Trusted documents: GraphQL texts that clients may run by naming their ids.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE trusted_document (
    id KEYTEXT NOT NULL PRIMARY KEY,
    name TEXT,
    text TEXT NOT NULL,
    pushed_at KEYTEXT NOT NULL
);
";

/// In the order in which they can be dropped.
const TABLES: &[&str] = &["trusted_document"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, TABLES).await
    }
}
