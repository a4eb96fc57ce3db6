//! The connection that writes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use sea_orm::Statement;

use super::pragma::{STRICT, WRITING};
use super::statement::{PREPARED, prepare, rows};
use crate::DatabaseSettings;
use crate::engine::Rows;

/// How to open the connection that writes.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    path: PathBuf,
    busy_timeout: Duration,
}

/// The connection that writes. Its statements run where they are called, without a hand-over to
/// another thread.
#[derive(Debug)]
pub(super) struct Line(Connection);

impl Opening {
    pub(super) fn new(path: &Path, settings: &DatabaseSettings) -> Self {
        Self {
            path: path.to_owned(),
            busy_timeout: settings.acquire_timeout,
        }
    }

    pub(super) fn open(&self) -> rusqlite::Result<Line> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(self.busy_timeout)?;
        // What it mapped of the file would stay with an import until its end: it maps nothing.
        for (name, value) in STRICT.into_iter().chain(WRITING) {
            connection.pragma_update(None, name, value)?;
        }
        connection.set_prepared_statement_cache_capacity(PREPARED);
        Ok(Line(connection))
    }
}

impl Line {
    /// Runs statements that are not kept prepared and bring nothing back.
    pub(super) fn batch(&self, sql: &str) -> rusqlite::Result<()> {
        self.0.execute_batch(sql)
    }

    /// Runs a statement of our own that is used again and again.
    pub(super) fn step(&self, sql: &str) -> rusqlite::Result<()> {
        self.0.prepare_cached(sql)?.raw_execute().map(drop)
    }

    /// The rows of a statement.
    pub(super) fn rows(&self, statement: Statement) -> rusqlite::Result<Rows> {
        rows(&self.0, statement)
    }

    /// Runs a statement that brings nothing back.
    pub(super) fn execute(&self, statement: Statement) -> rusqlite::Result<()> {
        prepare(&self.0, statement)?.raw_execute().map(drop)
    }
}
