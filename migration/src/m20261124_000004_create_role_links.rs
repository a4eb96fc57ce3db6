//! What leads from a role elsewhere: categories, skills, related roles, codes.
//!
//! `category_role` lists the published roles of a category and of the categories below it with
//! the values that lists are ordered by, so that a page of a large category is an index range.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE role_category (
    role_id BIGINT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    position BIGINT NOT NULL CHECK (position >= 0),
    category_id BIGINT NOT NULL REFERENCES category (id),
    PRIMARY KEY (role_id, position)
) CLUSTERED;
CREATE UNIQUE INDEX role_category_category ON role_category (category_id, role_id);
CREATE TABLE category_role (
    role_id BIGINT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    category_id BIGINT NOT NULL REFERENCES category (id) ON DELETE CASCADE,
    role_uuid KEYTEXT NOT NULL,
    sort_title KEYTEXT NOT NULL,
    updated_at KEYTEXT NOT NULL,
    published_at KEYTEXT NOT NULL,
    PRIMARY KEY (role_id, category_id)
) CLUSTERED;
CREATE INDEX category_role_by_title ON category_role (category_id, sort_title, role_uuid);
CREATE INDEX category_role_by_update ON category_role (category_id, updated_at, role_uuid);
CREATE INDEX category_role_by_publication ON category_role (category_id, published_at, role_uuid);
CREATE TABLE role_skill (
    role_id BIGINT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    position BIGINT NOT NULL CHECK (position >= 0),
    skill_id BIGINT NOT NULL REFERENCES skill (id),
    requirement KEYTEXT NOT NULL
        CHECK (requirement IN ('ESSENTIAL', 'PREFERRED', 'OPTIONAL', 'UNSPECIFIED')),
    origin KEYTEXT NOT NULL,
    PRIMARY KEY (role_id, position)
) CLUSTERED;
CREATE UNIQUE INDEX role_skill_skill ON role_skill (skill_id, role_id);
CREATE TABLE role_relation (
    role_id BIGINT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    position BIGINT NOT NULL CHECK (position >= 0),
    kind KEYTEXT NOT NULL CHECK (kind IN ('SIMILAR', 'BROADER', 'NARROWER', 'CAREER_NEXT',
        'SPECIALISES', 'SAME_AS')),
    to_slug KEYTEXT NOT NULL,
    to_id BIGINT REFERENCES role (id) ON DELETE SET NULL,
    PRIMARY KEY (role_id, position),
    UNIQUE (role_id, kind, to_slug)
) CLUSTERED;
CREATE INDEX role_relation_target ON role_relation (to_id);
CREATE INDEX role_relation_pending ON role_relation (to_slug) WHERE to_id IS NULL;
CREATE TABLE role_code (
    role_id BIGINT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    position BIGINT NOT NULL CHECK (position >= 0),
    scheme KEYTEXT NOT NULL CHECK (scheme <> ''),
    release KEYTEXT NOT NULL,
    code KEYTEXT NOT NULL CHECK (code <> ''),
    uri TEXT,
    match_kind KEYTEXT NOT NULL
        CHECK (match_kind IN ('EXACT', 'CLOSE', 'BROAD', 'NARROW', 'RELATED')),
    PRIMARY KEY (role_id, position)
) CLUSTERED;
CREATE UNIQUE INDEX role_code_code ON role_code (scheme, code, release, role_id);
";

/// In the order in which they can be dropped.
const TABLES: &[&str] = &[
    "role_code",
    "role_relation",
    "role_skill",
    "category_role",
    "role_category",
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
