//! What categories and skills were called before: slugs lead on, and documents that name a skill
//! by a former name mean the same skill.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE category_slug_history (
    slug KEYTEXT NOT NULL PRIMARY KEY,
    category_id BIGINT NOT NULL REFERENCES category (id) ON DELETE CASCADE
) CLUSTERED;
CREATE INDEX category_slug_history_category ON category_slug_history (category_id);
CREATE TABLE skill_slug_history (
    slug KEYTEXT NOT NULL PRIMARY KEY,
    skill_id BIGINT NOT NULL REFERENCES skill (id) ON DELETE CASCADE
) CLUSTERED;
CREATE INDEX skill_slug_history_skill ON skill_slug_history (skill_id);
CREATE TABLE skill_name_history (
    sort_name KEYTEXT NOT NULL PRIMARY KEY,
    skill_id BIGINT NOT NULL REFERENCES skill (id) ON DELETE CASCADE
) CLUSTERED;
CREATE INDEX skill_name_history_skill ON skill_name_history (skill_id);
";

/// In the order in which they can be dropped.
const TABLES: &[&str] = &[
    "skill_name_history",
    "skill_slug_history",
    "category_slug_history",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, TABLES).await
    }
}
