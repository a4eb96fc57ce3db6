//! Imports of data sets: what each of them read, byte for byte, and what became of it.
//!
//! `imported` joins an entity of a data set with its role; the role is NULL once somebody has
//! deleted it, and `kept` are the parts of it that somebody has changed, a line for each.
//! `source_record` has the rows of one table that speak of one entity, by the name of the table:
//! its file may be called otherwise in the next release.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE import_run (
    id ROWKEY,
    uuid KEYTEXT NOT NULL UNIQUE,
    data_set KEYTEXT NOT NULL CHECK (data_set <> ''),
    release KEYTEXT NOT NULL CHECK (release <> ''),
    actor TEXT NOT NULL,
    started_at KEYTEXT NOT NULL,
    finished_at KEYTEXT
);
CREATE TABLE source_file (
    data_set KEYTEXT NOT NULL,
    name KEYTEXT NOT NULL,
    file TEXT NOT NULL,
    head TEXT NOT NULL,
    row_count BIGINT NOT NULL CHECK (row_count >= 0),
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    PRIMARY KEY (data_set, name)
) CLUSTERED;
CREATE TABLE imported (
    data_set KEYTEXT NOT NULL,
    key KEYTEXT NOT NULL,
    role_id BIGINT REFERENCES role (id) ON DELETE SET NULL,
    revision BIGINT NOT NULL,
    fingerprint KEYTEXT NOT NULL,
    kept TEXT NOT NULL,
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    PRIMARY KEY (data_set, key)
) CLUSTERED;
CREATE INDEX imported_role ON imported (role_id);
CREATE TABLE source_record (
    id ROWKEY,
    data_set KEYTEXT NOT NULL,
    key KEYTEXT NOT NULL,
    name KEYTEXT NOT NULL,
    lines TEXT NOT NULL,
    texts TEXT NOT NULL,
    sha256 KEYTEXT NOT NULL,
    run_id BIGINT NOT NULL REFERENCES import_run (id)
);
CREATE UNIQUE INDEX source_record_key ON source_record (data_set, key, name);
";

/// In the order in which they can be dropped.
const TABLES: &[&str] = &["source_record", "imported", "source_file", "import_run"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, TABLES).await
    }
}
