//! What roles refer to: sources, categories with their closure, skills, translation groups.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE source (
    id ROWKEY,
    uuid KEYTEXT NOT NULL UNIQUE,
    name KEYTEXT NOT NULL UNIQUE,
    licence TEXT,
    attribution TEXT
);
CREATE TABLE category (
    id ROWKEY,
    uuid KEYTEXT NOT NULL UNIQUE,
    parent_id BIGINT REFERENCES category (id),
    slug KEYTEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    sort_name KEYTEXT NOT NULL,
    position BIGINT NOT NULL CHECK (position >= 0)
);
CREATE UNIQUE INDEX category_sibling_name ON category (COALESCE(parent_id, 0), sort_name);
CREATE INDEX category_children ON category (parent_id, position, uuid);
CREATE INDEX category_by_name ON category (sort_name, uuid);
CREATE TABLE category_ancestor (
    category_id BIGINT NOT NULL REFERENCES category (id) ON DELETE CASCADE,
    depth BIGINT NOT NULL CHECK (depth >= 0),
    ancestor_id BIGINT NOT NULL REFERENCES category (id) ON DELETE CASCADE,
    PRIMARY KEY (category_id, depth)
) CLUSTERED;
CREATE UNIQUE INDEX category_descendants ON category_ancestor (ancestor_id, category_id);
CREATE TABLE skill (
    id ROWKEY,
    uuid KEYTEXT NOT NULL UNIQUE,
    slug KEYTEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    sort_name KEYTEXT NOT NULL UNIQUE,
    kind KEYTEXT NOT NULL CHECK (kind IN ('SKILL', 'KNOWLEDGE', 'ABILITY', 'TECHNOLOGY', 'TOOL',
        'LANGUAGE', 'WORK_STYLE', 'CREDENTIAL', 'INTEREST')),
    aliases TEXT NOT NULL
);
CREATE INDEX skill_by_name ON skill (sort_name, uuid, kind);
CREATE TABLE translation_group (
    id ROWKEY,
    uuid KEYTEXT NOT NULL UNIQUE,
    key KEYTEXT NOT NULL UNIQUE
);
";

/// In the order in which they can be dropped.
const TABLES: &[&str] = &[
    "translation_group",
    "skill",
    "category_ancestor",
    "category",
    "source",
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
