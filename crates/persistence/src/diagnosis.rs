//! What a database says about itself, for people who look for a fault.

use sea_orm::DbBackend;

use crate::engine::{Reader, Row};
use crate::{PersistenceError, Schema};

/// A setting of a connection as it is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineSetting {
    /// The name that the engine gives it.
    pub name: &'static str,
    /// The value in force.
    pub value: String,
    /// The value that is needed, where only one will do.
    pub needed: Option<&'static str>,
}

/// What a database says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// Name and version of the engine.
    pub engine: String,
    /// How the engine was compiled, as far as it tells.
    pub build: Vec<String>,
    /// Settings in force.
    pub settings: Vec<EngineSetting>,
    /// What the engine finds wrong with its files; empty when all is well.
    pub damage: Vec<String>,
    /// Rows by table; empty while the schema is not up to date.
    pub rows: Vec<(&'static str, u64)>,
}

/// The tables that say how large a catalogue and its configuration are.
const COUNTED: [&str; 7] = [
    "role",
    "category",
    "skill",
    "faq",
    "source",
    "change",
    "trusted_document",
];

impl Schema {
    /// Examines the database; reads all of an SQLite file.
    pub async fn diagnose(&self) -> Result<Diagnosis, PersistenceError> {
        let (writer, reader) = self.connections();
        let mut diagnosis = match writer.backend() {
            DbBackend::Postgres => postgres(&writer).await?,
            _ => sqlite(&writer, &reader).await?,
        };
        if self.status().await?.iter().all(|step| step.applied) {
            for table in COUNTED {
                let count = format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {table}");
                let rows = u64::try_from(number(&reader, &count).await?).unwrap_or(0);
                diagnosis.rows.push((table, rows));
            }
        }
        Ok(diagnosis)
    }
}

async fn sqlite(writer: &Reader, reader: &Reader) -> Result<Diagnosis, PersistenceError> {
    let wanted = [
        (writer, "journal_mode", Some("wal")),
        (writer, "synchronous", Some("2")),
        (writer, "foreign_keys", Some("1")),
        (reader, "query_only", Some("1")),
        (writer, "busy_timeout", None),
        (writer, "cache_size", None),
        (reader, "mmap_size", None),
    ];
    let mut settings = Vec::new();
    for (connection, name, needed) in wanted {
        let value = texts(connection, &format!("PRAGMA {name}")).await?.concat();
        settings.push(EngineSetting {
            name,
            value,
            needed,
        });
    }
    let version = texts(reader, "SELECT sqlite_version()").await?.concat();
    let mut damage = texts(reader, "PRAGMA integrity_check").await?;
    damage.retain(|line| line != "ok");
    for table in texts(reader, "PRAGMA foreign_key_check").await? {
        damage.push(format!(
            "a row of {table} refers to a row that is not there"
        ));
    }
    Ok(Diagnosis {
        engine: format!("SQLite {version}"),
        build: texts(reader, "PRAGMA compile_options").await?,
        settings,
        damage,
        rows: Vec::new(),
    })
}

async fn postgres(connection: &Reader) -> Result<Diagnosis, PersistenceError> {
    let wanted = [
        ("server_encoding", Some("UTF8")),
        ("synchronous_commit", None),
        ("statement_timeout", None),
        ("lock_timeout", None),
        ("idle_in_transaction_session_timeout", None),
    ];
    let mut settings = Vec::new();
    for (name, needed) in wanted {
        let value = texts(connection, &format!("SHOW {name}")).await?.concat();
        settings.push(EngineSetting {
            name,
            value,
            needed,
        });
    }
    let broken = "SELECT CAST(indexrelid AS regclass)::text FROM pg_index WHERE NOT indisvalid";
    let broken = texts(connection, broken).await?;
    let version = texts(connection, "SHOW server_version").await?.concat();
    Ok(Diagnosis {
        engine: format!("PostgreSQL {version}"),
        build: Vec::new(),
        settings,
        damage: broken
            .iter()
            .map(|index| format!("the index {index} is not valid"))
            .collect(),
        rows: Vec::new(),
    })
}

/// The first column, be it a text or a number.
async fn texts(reader: &Reader, sql: &str) -> Result<Vec<String>, PersistenceError> {
    let rows = reader.ask(sql).await?;
    let text = |row: Row<'_>| match row.text(0) {
        Some(text) => text.to_owned(),
        None => row
            .integer(0)
            .map_or_else(String::new, |number| number.to_string()),
    };
    Ok(rows.iter().map(text).collect())
}

async fn number(reader: &Reader, sql: &str) -> Result<i64, PersistenceError> {
    let rows = reader.ask(sql).await?;
    Ok(rows
        .iter()
        .next()
        .and_then(|row| row.integer(0))
        .unwrap_or(0))
}
