//! The audit log: one row for everything that was done, in a chain of hashes. Rows are added and
//! never changed or taken away, which triggers see to.

use sea_orm_migration::prelude::*;

use crate::ddl;

/// See the module.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &str = "
CREATE TABLE audit (
    seq ROWREF,
    at KEYTEXT NOT NULL,
    actor TEXT NOT NULL,
    key_id KEYTEXT,
    action KEYTEXT NOT NULL,
    entity KEYTEXT,
    entity_id KEYTEXT,
    revision BIGINT,
    change BIGINT,
    request_id KEYTEXT,
    address KEYTEXT,
    count BIGINT NOT NULL,
    detail TEXT,
    previous KEYTEXT NOT NULL,
    hash KEYTEXT NOT NULL
);
";

/// Each is run as a whole.
const TRIGGERS: &[&str] = &[
    "SQLITE CREATE TRIGGER audit_keeps_values BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END",
    "SQLITE CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END",
    "POSTGRES CREATE FUNCTION audit_only_grows() RETURNS TRIGGER LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$",
    "POSTGRES CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()",
];

/// In the order in which they can be dropped.
const TABLES: &[&str] = &["audit"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, UP).await?;
        for trigger in TRIGGERS {
            ddl::run_whole(manager, trigger).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, TABLES).await?;
        ddl::run(manager, "POSTGRES DROP FUNCTION audit_only_grows").await
    }
}
