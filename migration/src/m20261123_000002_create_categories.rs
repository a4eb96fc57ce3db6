//! The category tree with its closure, so that a subtree is one index range.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE category (
    id KEYTEXT NOT NULL PRIMARY KEY,
    parent_id KEYTEXT REFERENCES category (id),
    slug KEYTEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    sort_name KEYTEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0)
);
CREATE UNIQUE INDEX category_sibling_name ON category (COALESCE(parent_id, ''), sort_name);
CREATE INDEX category_children ON category (parent_id, position, id);
CREATE INDEX category_by_name ON category (sort_name, id);
CREATE TABLE category_ancestor (
    category_id KEYTEXT NOT NULL REFERENCES category (id) ON DELETE CASCADE,
    ancestor_id KEYTEXT NOT NULL REFERENCES category (id) ON DELETE CASCADE,
    depth INTEGER NOT NULL CHECK (depth >= 0),
    PRIMARY KEY (category_id, ancestor_id)
) CLUSTERED;
CREATE INDEX category_descendants ON category_ancestor (ancestor_id, category_id);
";

/// In the order in which they can be dropped.
const TABLES: &[&str] = &["category_ancestor", "category"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, TABLES).await
    }
}
