//! What sources measure: skills of roles, answers of the people in them, how near others are.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
ALTER TABLE role ADD COLUMN distributions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE role_revision ADD COLUMN distributions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE role_skill ADD COLUMN measures TEXT;
ALTER TABLE role_relation ADD COLUMN nearness KEYTEXT
    CHECK (nearness IN ('NEAREST', 'NEAR', 'FURTHER'));
";

const DOWN: &str = "
ALTER TABLE role_relation DROP COLUMN nearness;
ALTER TABLE role_skill DROP COLUMN measures;
ALTER TABLE role_revision DROP COLUMN distributions;
ALTER TABLE role DROP COLUMN distributions;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, DOWN).await
    }
}
