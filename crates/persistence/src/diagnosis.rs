//! What a database says about itself, for people who look for a fault.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, QueryResult, Statement};

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
        let mut diagnosis = match writer.get_database_backend() {
            DbBackend::Postgres => postgres(writer).await?,
            _ => sqlite(writer, reader).await?,
        };
        if self.status().await?.iter().all(|step| step.applied) {
            for table in COUNTED {
                let count = format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {table}");
                let rows = u64::try_from(number(reader, &count).await?).unwrap_or(0);
                diagnosis.rows.push((table, rows));
            }
        }
        Ok(diagnosis)
    }
}

async fn sqlite(
    writer: &DatabaseConnection,
    reader: &DatabaseConnection,
) -> Result<Diagnosis, PersistenceError> {
    let wanted = [
        (writer, "journal_mode", Some("wal")),
        (writer, "synchronous", Some("2")),
        (writer, "foreign_keys", Some("1")),
        (reader, "query_only", Some("1")),
        (writer, "busy_timeout", None),
        (writer, "cache_size", None),
        (writer, "mmap_size", None),
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

async fn postgres(connection: &DatabaseConnection) -> Result<Diagnosis, PersistenceError> {
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

async fn rows(connection: &DatabaseConnection, sql: &str) -> Result<Vec<QueryResult>, DbErr> {
    let backend = connection.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, []);
    connection.query_all_raw(statement).await
}

/// The first column, be it a text or a number.
async fn texts(
    connection: &DatabaseConnection,
    sql: &str,
) -> Result<Vec<String>, PersistenceError> {
    let text = |row: &QueryResult| {
        row.try_get_by_index::<String>(0).or_else(|_not_text| {
            row.try_get_by_index::<i64>(0)
                .map(|value| value.to_string())
        })
    };
    let rows = rows(connection, sql).await?;
    Ok(rows.iter().map(text).collect::<Result<_, _>>()?)
}

async fn number(connection: &DatabaseConnection, sql: &str) -> Result<i64, PersistenceError> {
    let rows = rows(connection, sql).await?;
    let number = rows.first().map(|row| row.try_get_by_index(0)).transpose();
    Ok(number?.unwrap_or(0))
}
