//! One text of DDL for both engines.
//!
//! Some words are replaced before a statement runs:
//!
//! | word | SQLite | PostgreSQL | for |
//! |---|---|---|---|
//! | `KEYTEXT` | `TEXT` | `TEXT COLLATE "C"` | UUIDs, slugs, codes, times and sort keys: compared by bytes on both engines |
//! | `ROWKEY` | `INTEGER PRIMARY KEY` | `BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY` | the key that rows refer to each other by, which never leaves the database |
//! | `ROWREF` | `INTEGER PRIMARY KEY` | `BIGINT PRIMARY KEY` | the key of a row that belongs to another one with the same key |
//! | `BYTES` | `BLOB` | `BYTEA` | byte strings |
//! | `CLUSTERED` | `WITHOUT ROWID` | nothing | rows that are always read in primary-key order |
//! | `SEQUENCE` | `INTEGER PRIMARY KEY AUTOINCREMENT` | `BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY` | the change sequence |
//! | `UNCOMPRESSED table (columns)` | nothing | `ALTER TABLE … SET STORAGE EXTERNAL` | a statement of its own: long texts that are read more often than written |
//! | `SQLITE …`, `POSTGRES …` | the statement, nothing | nothing, the statement | what only one engine has a word for |

use sea_orm_migration::prelude::{DbErr, SchemaManager};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// Runs statements separated by `;` in order.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &str) -> Result<(), DbErr> {
    for statement in statements
        .split(';')
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        run_whole(manager, statement).await?;
    }
    Ok(())
}

/// Runs one statement, in which `;` may stand.
pub(crate) async fn run_whole(manager: &SchemaManager<'_>, statement: &str) -> Result<(), DbErr> {
    if let Some(statement) = for_backend(statement, manager.get_database_backend()) {
        let db = manager.get_connection();
        db.execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Drops tables in the given order, which has to be the reverse of their references.
pub(crate) async fn drop_tables(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    for table in tables {
        manager
            .get_connection()
            .execute_unprepared(&format!("DROP TABLE {table}"))
            .await?;
    }
    Ok(())
}

fn for_backend(statement: &str, backend: DbBackend) -> Option<String> {
    if let Some(rest) = statement.strip_prefix("UNCOMPRESSED ") {
        return uncompressed(rest).filter(|_| backend == DbBackend::Postgres);
    }
    let statement = match (only_for(statement), backend) {
        (None, _) => statement,
        (Some((DbBackend::Sqlite, rest)), DbBackend::Sqlite)
        | (Some((DbBackend::Postgres, rest)), DbBackend::Postgres) => rest,
        (Some(_), _) => return None,
    };
    let (key_text, clustered, row_key, row_ref, bytes, sequence) = match backend {
        DbBackend::Postgres => (
            "TEXT COLLATE \"C\"",
            "",
            "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
            "BIGINT PRIMARY KEY",
            "BYTEA",
            "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        ),
        _ => (
            "TEXT",
            "WITHOUT ROWID",
            "INTEGER PRIMARY KEY",
            "INTEGER PRIMARY KEY",
            "BLOB",
            "INTEGER PRIMARY KEY AUTOINCREMENT",
        ),
    };
    let statement = statement
        .replace("KEYTEXT", key_text)
        .replace("CLUSTERED", clustered)
        .replace("ROWKEY", row_key)
        .replace("ROWREF", row_ref)
        .replace("BYTES", bytes)
        .replace("SEQUENCE", sequence);
    Some(statement.trim().to_owned())
}

/// The engine that a statement is for, when it is for one only.
fn only_for(statement: &str) -> Option<(DbBackend, &str)> {
    let sqlite = statement.strip_prefix("SQLITE ");
    let sqlite = sqlite.map(|rest| (DbBackend::Sqlite, rest));
    let postgres = || {
        let rest = statement.strip_prefix("POSTGRES ")?;
        Some((DbBackend::Postgres, rest))
    };
    sqlite.or_else(postgres)
}

/// The statement for `table (column, …)`; `STORAGE` in `CREATE TABLE` is newer than version 15.
fn uncompressed(table_and_columns: &str) -> Option<String> {
    let (table, columns) = table_and_columns.split_once('(')?;
    let columns = columns.trim_end_matches(')').split(',').map(str::trim);
    let columns: Vec<String> = columns
        .map(|column| format!("ALTER COLUMN {column} SET STORAGE EXTERNAL"))
        .collect();
    Some(format!("ALTER TABLE {table} {}", columns.join(", ")))
}
