//! What can go wrong between the catalogue and its database.

use sea_orm::DbErr;

/// Why a read or write failed.
#[derive(Debug, thiserror::Error)]
pub enum PersistenceError {
    /// The database cannot be reached, or no connection became free in time.
    #[error("the database is not available")]
    Unavailable(#[source] DbErr),
    /// A statement ran longer than its deadline.
    #[error("a statement took too long")]
    Timeout(#[source] DbErr),
    /// A cursor was used with another order or filter than the one it was given out for.
    #[error("the cursor belongs to another order or filter")]
    CursorMismatch,
    /// The address of the database cannot be used.
    #[error("{url}: {problem}")]
    Address {
        /// The address, without its password.
        url: String,
        /// What is wrong and what was expected.
        problem: String,
    },
    /// The SQLite library has a known corruption bug.
    #[error("SQLite {version} can corrupt a database in WAL mode: at least 3.51.3 is needed")]
    UnsafeSqlite {
        /// The version that was found.
        version: String,
    },
    /// A stored value breaks a rule that every write keeps.
    #[error("corrupt value in {table}, key {key}: {problem}")]
    Corrupt {
        /// The table of the row.
        table: &'static str,
        /// The key of the row.
        key: String,
        /// What is wrong.
        problem: String,
    },
    /// The schema could not be brought up to date.
    #[error("the database schema could not be migrated")]
    Migration(#[source] DbErr),
    /// The database refused a statement.
    #[error("the database refused a statement")]
    Statement(#[source] DbErr),
}

impl From<DbErr> for PersistenceError {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(error),
            _ => Self::Statement(error),
        }
    }
}
