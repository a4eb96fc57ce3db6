//! Sources: where texts come from, with licence and credit line.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE source (
    id KEYTEXT NOT NULL PRIMARY KEY,
    name KEYTEXT NOT NULL UNIQUE,
    licence TEXT,
    attribution TEXT
);
";

/// In the order in which they can be dropped.
const TABLES: &[&str] = &["source"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, TABLES).await
    }
}
