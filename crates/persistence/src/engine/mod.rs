//! How each engine is connected to: addresses, pools and the settings of every connection.

mod apart;
mod figures;
#[cfg(feature = "postgres")]
mod postgres;
mod rows;
#[cfg(feature = "sqlite")]
mod sqlite;
mod writing;

use std::sync::Arc;

use sea_orm::{
    AccessMode, ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbBackend,
    IsolationLevel, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use crate::{DatabaseSettings, PersistenceError};

use figures::CommitTimes;

pub use figures::{COMMIT_BOUNDS, CommitFigures, WriteFigures};
pub(crate) use rows::{Row, Rows};
pub(crate) use writing::{Finish, Finished, Left, Writing};

/// The connections to a database; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Pools {
    /// Where writes go on PostgreSQL. On SQLite a connection for migrations and for the end; writes
    /// go to the one that `writers` have.
    pub(crate) writer: DatabaseConnection,
    /// Who waits for the one connection of SQLite that writes.
    #[cfg(feature = "sqlite")]
    writers: Option<sqlite::Writers>,
    /// How long commits take.
    commits: Arc<CommitTimes>,
    /// Where reads go; cannot write on SQLite, the same pool as the writer on PostgreSQL.
    pub(crate) reader: Reader,
    /// What follows the changes; apart from the others, so that it never waits for their work.
    pub(crate) watcher: DatabaseConnection,
    /// How connections of their own are opened, for reads that take long.
    settings: Arc<DatabaseSettings>,
}

/// Where reads go.
#[derive(Clone, Debug)]
pub(crate) enum Reader {
    /// Threads with a connection each, which cannot write.
    #[cfg(feature = "sqlite")]
    Sqlite(sqlite::Readers),
    /// One of these threads, within a transaction.
    #[cfg(feature = "sqlite")]
    SqliteSnapshot(sqlite::Session),
    /// The pool that writes, too.
    Pool(DatabaseConnection),
    /// One connection of the pool, within a transaction.
    PoolSnapshot(Arc<DatabaseTransaction>),
}

impl Reader {
    /// The engine, for the words of its SQL.
    pub(crate) fn backend(&self) -> DbBackend {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) | Self::SqliteSnapshot(_) => DbBackend::Sqlite,
            Self::Pool(pool) => pool.get_database_backend(),
            Self::PoolSnapshot(transaction) => transaction.get_database_backend(),
        }
    }

    /// Runs a statement.
    pub(crate) async fn rows(&self, statement: Statement) -> Result<Rows, PersistenceError> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(readers) => readers.rows(statement).await,
            #[cfg(feature = "sqlite")]
            Self::SqliteSnapshot(session) => session.rows(statement).await,
            Self::Pool(pool) => Rows::of_pool(&pool.query_all_raw(statement).await?),
            Self::PoolSnapshot(transaction) => {
                Rows::of_pool(&transaction.query_all_raw(statement).await?)
            }
        }
    }

    /// Reads one state of the catalogue only: that of the first statement.
    pub(crate) async fn snapshot(&self) -> Result<Self, PersistenceError> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(readers) => readers.session().map(Self::SqliteSnapshot),
            Self::Pool(pool) => {
                let options = TransactionOptions {
                    isolation_level: Some(IsolationLevel::RepeatableRead),
                    access_mode: Some(AccessMode::ReadOnly),
                    ..TransactionOptions::default()
                };
                let transaction = pool.begin_with_options(options).await?;
                Ok(Self::PoolSnapshot(Arc::new(transaction)))
            }
            #[cfg(feature = "sqlite")]
            Self::SqliteSnapshot(_) => Ok(self.clone()),
            Self::PoolSnapshot(_) => Ok(self.clone()),
        }
    }

    /// Runs a statement without values.
    pub(crate) async fn ask(&self, sql: &str) -> Result<Rows, PersistenceError> {
        self.rows(Statement::from_sql_and_values(self.backend(), sql, []))
            .await
    }

    async fn close(&self) {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(readers) => readers.close().await,
            #[cfg(feature = "sqlite")]
            Self::SqliteSnapshot(_) => {}
            // Closed with the writer.
            Self::Pool(_) | Self::PoolSnapshot(_) => {}
        }
    }
}

impl Pools {
    /// Connects; transactions that share a commit are finished by `finish`.
    pub(crate) async fn connect(
        settings: &DatabaseSettings,
        finish: Finish,
    ) -> Result<Self, PersistenceError> {
        let url = settings.url.as_str();
        #[cfg(feature = "sqlite")]
        if let Some(path) = sqlite::path(url)? {
            return sqlite::connect(path, settings, finish).await;
        }
        #[cfg(feature = "postgres")]
        if postgres::accepts(url) {
            return postgres::connect(settings).await;
        }
        Err(address(
            url,
            "expected sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME",
        ))
    }

    /// Begins a transaction that may write, and may share its commit with others.
    pub(crate) async fn begin(&self) -> Result<Writing, PersistenceError> {
        #[cfg(feature = "sqlite")]
        if let Some(writers) = &self.writers {
            return Ok(Writing::Turn(Box::new(writers.turn().await?)));
        }
        let transaction = self.begin_alone().await?;
        Ok(Writing::Alone(transaction, Arc::clone(&self.commits)))
    }

    /// What there is to know about writing now.
    pub(crate) fn write_figures(&self) -> WriteFigures {
        let figures = WriteFigures {
            commits: self.commits.figures(),
            ..WriteFigures::default()
        };
        #[cfg(feature = "sqlite")]
        if let Some(writers) = &self.writers {
            return WriteFigures {
                queued: writers.queued(),
                wal_bytes: Some(writers.wal_bytes()),
                ..figures
            };
        }
        figures
    }

    /// Begins a transaction that may write and has its commit to itself.
    pub(crate) async fn begin_alone(&self) -> Result<DatabaseTransaction, PersistenceError> {
        // A deferred transaction of SQLite that reads first and writes later fails at once when
        // another one committed in between, whatever the busy timeout.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.writer.begin_with_options(options).await?)
    }

    pub(crate) async fn close(self) -> Result<(), PersistenceError> {
        self.watcher.clone().close().await?;
        self.reader.close().await;
        #[cfg(feature = "sqlite")]
        if let Some(writers) = &self.writers {
            writers.close().await;
        }
        #[cfg(feature = "sqlite")]
        if let Err(error) = sqlite::tidy_up(&self.writer).await {
            // Another program may hold the lock; nothing is lost, the next close catches up.
            tracing::info!(%error, "the database is closed without being tidied up");
        }
        Ok(self.writer.close().await?)
    }
}

fn address(url: &str, problem: impl Into<String>) -> PersistenceError {
    PersistenceError::Address {
        url: without_password(url),
        problem: problem.into(),
    }
}

/// The address as it may be shown.
pub(crate) fn without_password(url: &str) -> String {
    let shown = || {
        let (scheme, rest) = url.split_once("://")?;
        let (login, place) = rest.rsplit_once('@')?;
        let (user, _password) = login.split_once(':')?;
        Some(format!("{scheme}://{user}:***@{place}"))
    };
    shown().unwrap_or_else(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(
            without_password("postgres://me:se@cr:et@host:5432/roles"),
            "postgres://me:***@host:5432/roles"
        );
        assert_eq!(without_password("sqlite://a:b.db"), "sqlite://a:b.db");
        assert_eq!(
            without_password("postgres://me@host/x"),
            "postgres://me@host/x"
        );
    }
}
