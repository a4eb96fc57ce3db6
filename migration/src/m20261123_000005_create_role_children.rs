//! The editorial children of a role: ordered, bounded, written with it.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE role_fact (
    id KEYTEXT NOT NULL UNIQUE,
    role_id KEYTEXT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    key KEYTEXT NOT NULL,
    label TEXT NOT NULL CHECK (label <> ''),
    text TEXT NOT NULL CHECK (text <> ''),
    horizon_year INTEGER CHECK (horizon_year BETWEEN 1000 AND 9999),
    PRIMARY KEY (role_id, position)
) CLUSTERED;
CREATE TABLE duty (
    id KEYTEXT NOT NULL UNIQUE,
    role_id KEYTEXT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    text TEXT NOT NULL CHECK (text <> ''),
    kind KEYTEXT NOT NULL,
    PRIMARY KEY (role_id, position)
) CLUSTERED;
CREATE TABLE duty_skill (
    duty_id KEYTEXT NOT NULL REFERENCES duty (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    skill_id KEYTEXT NOT NULL REFERENCES skill (id),
    PRIMARY KEY (duty_id, position)
) CLUSTERED;
CREATE INDEX duty_skill_skill ON duty_skill (skill_id);
CREATE TABLE section (
    id KEYTEXT NOT NULL UNIQUE,
    role_id KEYTEXT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    kind KEYTEXT NOT NULL,
    heading TEXT NOT NULL CHECK (heading <> ''),
    body TEXT NOT NULL CHECK (body <> ''),
    format KEYTEXT NOT NULL CHECK (format IN ('PLAIN', 'MARKDOWN', 'HTML')),
    PRIMARY KEY (role_id, position)
) CLUSTERED;
CREATE TABLE qualification_group (
    id KEYTEXT NOT NULL UNIQUE,
    role_id KEYTEXT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    heading TEXT CHECK (heading <> ''),
    PRIMARY KEY (role_id, position)
) CLUSTERED;
CREATE TABLE qualification (
    id KEYTEXT NOT NULL UNIQUE,
    group_id KEYTEXT NOT NULL REFERENCES qualification_group (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    text TEXT NOT NULL CHECK (text <> ''),
    PRIMARY KEY (group_id, position)
) CLUSTERED;
CREATE TABLE qualification_skill (
    qualification_id KEYTEXT NOT NULL REFERENCES qualification (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    skill_id KEYTEXT NOT NULL REFERENCES skill (id),
    PRIMARY KEY (qualification_id, position)
) CLUSTERED;
CREATE INDEX qualification_skill_skill ON qualification_skill (skill_id);
CREATE TABLE faq (
    id KEYTEXT NOT NULL UNIQUE,
    role_id KEYTEXT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    question TEXT NOT NULL CHECK (question <> ''),
    sort_question KEYTEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer <> ''),
    PRIMARY KEY (role_id, position)
) CLUSTERED;
CREATE INDEX faq_by_question ON faq (sort_question, id);
CREATE TABLE salary (
    id KEYTEXT NOT NULL UNIQUE,
    role_id KEYTEXT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    level KEYTEXT NOT NULL,
    statistic KEYTEXT NOT NULL,
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    currency KEYTEXT NOT NULL CHECK (LENGTH(currency) = 3),
    period KEYTEXT,
    quality KEYTEXT NOT NULL,
    origin KEYTEXT NOT NULL,
    source_text TEXT,
    PRIMARY KEY (role_id, position)
) CLUSTERED;
";

/// In the order in which they can be dropped.
const TABLES: &[&str] = &[
    "salary",
    "faq",
    "qualification_skill",
    "qualification",
    "qualification_group",
    "section",
    "duty_skill",
    "duty",
    "role_fact",
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
