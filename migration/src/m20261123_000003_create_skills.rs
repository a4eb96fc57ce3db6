//! Skills and their other spellings.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE skill (
    id KEYTEXT NOT NULL PRIMARY KEY,
    slug KEYTEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    sort_name KEYTEXT NOT NULL UNIQUE,
    kind KEYTEXT NOT NULL CHECK (kind IN ('SKILL', 'KNOWLEDGE', 'ABILITY', 'TECHNOLOGY', 'TOOL',
        'LANGUAGE', 'WORK_STYLE', 'CREDENTIAL', 'INTEREST'))
);
CREATE TABLE skill_alias (
    skill_id KEYTEXT NOT NULL REFERENCES skill (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    text TEXT NOT NULL CHECK (text <> ''),
    PRIMARY KEY (skill_id, position)
) CLUSTERED;
";

/// In the order in which they can be dropped.
const TABLES: &[&str] = &["skill_alias", "skill"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, TABLES).await
    }
}
