//! SQLite: one connection that writes and several that read, in WAL mode.

mod group;
mod line;
mod pragma;
mod readers;
mod statement;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, SqlxSqliteConnector};
use sqlx::pool::PoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions, Sqlite, SqlitePool};

use super::{Finish, Pools, Reader, address};
use crate::error::sqlite::{BUSY, CANNOT_OPEN};
use crate::{DatabaseSettings, PersistenceError};

use pragma::{Pragma, STRICT, WRITING};

pub(super) use group::{Turn, Writers};
pub(super) use readers::{Readers, Session};

/// The oldest release without the WAL-reset bug.
const OLDEST_SAFE: [u32; 3] = [3, 51, 3];
/// Rows cross a channel from the thread of the connection; a small one wakes up both sides often.
const ROW_BUFFER: usize = 1_000;
/// How long to wait before the next attempt to switch a new file to WAL mode.
const WAL_RETRY: Duration = Duration::from_millis(5);

/// The path of an SQLite address; `None` when the address is of another engine.
pub(super) fn path(url: &str) -> Result<Option<&Path>, PersistenceError> {
    let Some(rest) = url.strip_prefix("sqlite:") else {
        return Ok(None);
    };
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if path.is_empty() || path == ":memory:" {
        return Err(address(
            url,
            "in memory every connection would have a database of its own: expected \
             sqlite://PATH with the path of a file",
        ));
    }
    if path.contains('?') {
        return Err(address(url, "options are not read: expected sqlite://PATH"));
    }
    Ok(Some(Path::new(path)))
}

pub(super) async fn connect(
    path: &Path,
    settings: &DatabaseSettings,
    finish: Finish,
) -> Result<Pools, PersistenceError> {
    create_file(path, &settings.url).await?;
    let writer = connect_writer(path, settings).await?;
    verify(&writer, &settings.url).await?;
    let readers = start_readers(path, settings)?;
    let reading = connection(path, settings).pragma("query_only", "ON");
    let watcher = pool(settings, 1).connect_lazy_with(reading);
    let writer = SqlxSqliteConnector::from_sqlx_sqlite_pool(writer);
    let commits = Arc::default();
    Ok(Pools {
        writers: Some(Writers::start(
            path,
            settings,
            Arc::clone(&commits),
            finish,
        )?),
        commits,
        writer,
        reader: Reader::Sqlite(readers),
        watcher: SqlxSqliteConnector::from_sqlx_sqlite_pool(watcher),
        settings: Arc::new(settings.clone()),
    })
}

/// A connection of its own that keeps to the state of its first read; it ends after so long.
pub(super) fn snapshot_apart(
    path: &Path,
    settings: &DatabaseSettings,
    time: Duration,
) -> Result<Session, PersistenceError> {
    let alone = DatabaseSettings {
        readers: 1,
        statement_timeout: time,
        ..settings.clone()
    };
    // The thread ends with its only job.
    start_readers(path, &alone)?.session()
}

fn start_readers(path: &Path, settings: &DatabaseSettings) -> Result<Readers, PersistenceError> {
    Readers::start(path, settings).map_err(|error| {
        let problem = format!("the threads that read cannot be started: {error}");
        PersistenceError::unavailable(&problem)
    })
}

/// Leaves a single file behind, if the database is one of SQLite.
pub(super) async fn tidy_up(writer: &DatabaseConnection) -> Result<(), PersistenceError> {
    if writer.get_database_backend() != DbBackend::Sqlite {
        return Ok(());
    }
    writer
        .execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)")
        .await?;
    Ok(())
}

/// Creates a missing file for its owner only; SQLite gives its other files the same rights.
async fn create_file(path: &Path, url: &str) -> Result<(), PersistenceError> {
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    match options.open(path).await {
        Ok(_file) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let opened = tokio::fs::OpenOptions::new().write(true).open(path).await;
            opened.map(drop).map_err(|error| {
                let problem = format!(
                    "the file cannot be written: {error}: let this user write the file and its \
                     folder, or name another path"
                );
                address(url, problem)
            })
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(address(
            url,
            "the folder of the file does not exist: create it or name another path",
        )),
        Err(error) => Err(address(url, format!("the file cannot be created: {error}"))),
    }
}

async fn connect_writer(
    path: &Path,
    settings: &DatabaseSettings,
) -> Result<SqlitePool, PersistenceError> {
    let options = connection(path, settings).journal_mode(SqliteJournalMode::Wal);
    let options = with_pragmas(options, &WRITING);
    let start = Instant::now();
    loop {
        let connected = pool(settings, 1).connect_with(options.clone()).await;
        match connected {
            Ok(pool) => return Ok(pool),
            // Switching a new file to WAL mode does not wait for other processes that do the same.
            Err(error) if is_busy(&error) && start.elapsed() < settings.acquire_timeout => {
                tokio::time::sleep(WAL_RETRY).await;
            }
            Err(error) => return Err(address(&settings.url, cannot_be_opened(&error))),
        }
    }
}

fn is_busy(error: &sqlx::Error) -> bool {
    primary_code(error) == Some(BUSY)
}

/// The file itself can be opened, so that a file that cannot is one of those beside it.
fn cannot_be_opened(error: &sqlx::Error) -> String {
    if primary_code(error) == Some(CANNOT_OPEN) {
        format!("the files beside it cannot be made: {error}: let this user write the folder")
    } else {
        format!("cannot be opened: {error}")
    }
}

fn primary_code(error: &sqlx::Error) -> Option<u32> {
    let code = error.as_database_error()?.code()?;
    Some(code.parse::<u32>().ok()? & 0xff)
}

/// What all connections of the driver have in common.
fn connection(path: &Path, settings: &DatabaseSettings) -> SqliteConnectOptions {
    let options = SqliteConnectOptions::new()
        .filename(path)
        // A lock of another process is waited for as long as a connection of this one.
        .busy_timeout(settings.acquire_timeout)
        .row_buffer_size(ROW_BUFFER)
        .disable_statement_logging();
    with_pragmas(options, &STRICT)
}

fn with_pragmas(options: SqliteConnectOptions, pragmas: &[Pragma]) -> SqliteConnectOptions {
    let pragmas = pragmas.iter();
    pragmas.fold(options, |options, (name, value)| {
        options.pragma(*name, *value)
    })
}

/// A pool of connections that are kept: opening one costs more than leaving it open.
fn pool(settings: &DatabaseSettings, connections: u32) -> PoolOptions<Sqlite> {
    PoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(settings.acquire_timeout)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

async fn verify(writer: &SqlitePool, url: &str) -> Result<(), PersistenceError> {
    let unreadable = |error| address(url, format!("cannot be read: {error}"));
    let version = sqlx::query_scalar("SELECT sqlite_version()");
    let version: String = version.fetch_one(writer).await.map_err(unreadable)?;
    if !is_safe(&version) {
        return Err(PersistenceError::UnsafeSqlite { version });
    }
    let mode = sqlx::query_scalar("PRAGMA journal_mode");
    let mode: String = mode.fetch_one(writer).await.map_err(unreadable)?;
    if mode != "wal" {
        let problem = format!(
            "the journal mode is {mode} and cannot be changed to WAL: expected a file on a local \
             disk"
        );
        return Err(address(url, problem));
    }
    Ok(())
}

fn is_safe(version: &str) -> bool {
    let numbers = version.split('.').map(str::parse).collect();
    let numbers: Vec<u32> = match numbers {
        Ok(numbers) => numbers,
        Err(_) => return false,
    };
    numbers.as_slice() >= OLDEST_SAFE.as_slice()
}

#[cfg(test)]
mod tests {
    use sea_orm::Statement;

    use super::*;
    use crate::engine::Rows;
    use crate::write::finish;

    #[test]
    fn versions_compare_by_number() {
        for safe in ["3.51.3", "3.51.10", "3.52.0", "4.0.0"] {
            assert!(is_safe(safe), "{safe}");
        }
        for unsafe_version in ["3.51.2", "3.7.17", "3.9.0", "", "unknown"] {
            assert!(!is_safe(unsafe_version), "{unsafe_version}");
        }
    }

    #[test]
    fn addresses_name_a_file() {
        for (url, wanted) in [("sqlite://a/b.db", "a/b.db"), ("sqlite:///b.db", "/b.db")] {
            assert_eq!(path(url).unwrap(), Some(Path::new(wanted)));
        }
        assert_eq!(path("postgres://host/name").unwrap(), None);
        for refused in [
            "sqlite::memory:",
            "sqlite://:memory:",
            "sqlite://",
            "sqlite://a?mode=ro",
        ] {
            assert!(path(refused).is_err(), "{refused}");
        }
    }

    fn pragma(name: &str) -> Statement {
        Statement::from_sql_and_values(DbBackend::Sqlite, format!("PRAGMA {name}"), [])
    }

    fn number(rows: &Rows) -> i64 {
        let first = rows.iter().next().unwrap();
        first.integer(0).unwrap()
    }

    async fn of_writer(pools: &Pools, name: &str) -> i64 {
        let turn = pools.begin().await.unwrap();
        number(&turn.rows(pragma(name)).await.unwrap())
    }

    async fn of_reader(pools: &Pools, name: &str) -> i64 {
        number(&pools.reader.rows(pragma(name)).await.unwrap())
    }

    async fn open(folder: &tempfile::TempDir) -> Pools {
        let file = folder.path().join("roles.db");
        let settings = DatabaseSettings::new(format!("sqlite://{}", file.display()));
        connect(&file, &settings, finish).await.unwrap()
    }

    #[tokio::test]
    async fn the_writer_keeps_acknowledged_writes_and_a_small_log() {
        let folder = tempfile::tempdir().unwrap();
        let pools = open(&folder).await;
        for (name, wanted) in [
            ("synchronous", 2),
            ("wal_autocheckpoint", 4_000),
            ("journal_size_limit", 64 << 20),
            ("query_only", 0),
        ] {
            assert_eq!(of_writer(&pools, name).await, wanted, "{name}");
        }
    }

    #[tokio::test]
    async fn all_connections_are_strict_and_patient() {
        let folder = tempfile::tempdir().unwrap();
        let pools = open(&folder).await;
        for (name, wanted) in [
            ("busy_timeout", 2_000),
            ("cache_size", -32_000),
            ("temp_store", 2),
            ("trusted_schema", 0),
        ] {
            assert_eq!(of_writer(&pools, name).await, wanted, "{name}");
            assert_eq!(of_reader(&pools, name).await, wanted, "{name}");
        }
        for name in ["foreign_keys", "cell_size_check"] {
            assert_eq!(of_writer(&pools, name).await, 1, "{name}");
        }
        // Readers map the whole file; what a writer maps would stay with an import until its end.
        assert_eq!(of_reader(&pools, "mmap_size").await, 1 << 40);
        assert_eq!(of_writer(&pools, "mmap_size").await, 0);
    }

    #[tokio::test]
    async fn readers_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let pools = open(&folder).await;
        let refused = pools.reader.ask("CREATE TABLE t (id TEXT)").await;
        assert!(matches!(
            refused.unwrap_err(),
            PersistenceError::ReadOnly(cause)
                if cause.to_string().contains("attempt to write a readonly database")
        ));
    }

    #[tokio::test]
    async fn sqlite_is_built_with_the_flags_of_the_workspace() {
        let folder = tempfile::tempdir().unwrap();
        let pools = open(&folder).await;
        let options = sqlx::query_scalar("PRAGMA compile_options");
        let options: Vec<String> = options
            .fetch_all(pools.writer.get_sqlite_connection_pool())
            .await
            .unwrap();
        let has = |option: &str| options.iter().any(|known| known == option);
        assert!(has("DEFAULT_MEMSTATUS=0"), "{options:?}");
        assert!(has("MAX_MMAP_SIZE=1099511627776"), "{options:?}");
        for unwanted in [
            "ENABLE_MEMORY_MANAGEMENT",
            "ENABLE_STAT4",
            "ENABLE_API_ARMOR",
        ] {
            assert!(!has(unwanted), "{options:?}");
        }
    }
}
