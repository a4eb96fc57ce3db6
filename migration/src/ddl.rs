//! One text of DDL for both engines.
//!
//! Three words are replaced before a statement runs:
//!
//! | word | SQLite | PostgreSQL | for |
//! |---|---|---|---|
//! | `KEYTEXT` | `TEXT` | `TEXT COLLATE "C"` | ids, slugs, codes, times and sort keys: compared by bytes on both engines |
//! | `CLUSTERED` | `WITHOUT ROWID` | nothing | children that are always read in primary-key order |
//! | `SEQUENCE` | `INTEGER PRIMARY KEY AUTOINCREMENT` | `BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY` | the change sequence |

use sea_orm_migration::prelude::{DbErr, SchemaManager};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// Runs statements separated by `;` in order.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    for statement in statements
        .split(';')
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        db.execute_unprepared(&for_backend(statement, manager.get_database_backend()))
            .await?;
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

fn for_backend(statement: &str, backend: DbBackend) -> String {
    let (key_text, clustered, sequence) = match backend {
        DbBackend::Postgres => (
            "TEXT COLLATE \"C\"",
            "",
            "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        ),
        _ => ("TEXT", "WITHOUT ROWID", "INTEGER PRIMARY KEY AUTOINCREMENT"),
    };
    statement
        .replace("KEYTEXT", key_text)
        .replace("CLUSTERED", clustered)
        .replace("SEQUENCE", sequence)
        .trim()
        .to_owned()
}
