//! What can go wrong between the catalogue and its database.

use std::sync::Arc;

use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlErr};

/// Why a read or write failed.
#[derive(Debug, thiserror::Error)]
pub enum PersistenceError {
    /// The database cannot be reached, or no connection became free in time.
    #[error("the database is not available")]
    Unavailable(#[source] DbErr),
    /// A statement ran longer than its deadline.
    #[error("a statement took too long")]
    Timeout(#[source] DbErr),
    /// Another transaction got in the way: the whole transaction may be tried again.
    #[error("another write got in the way")]
    Contention(#[source] DbErr),
    /// Somebody else held a lock of the database for too long; it may be tried again later.
    #[error("the database is locked by somebody else")]
    Busy(#[source] DbErr),
    /// The disk, or the space that the database may take, is full; reads go on, and writes do as
    /// soon as there is space.
    #[error("there is no space left for the database")]
    StorageFull(#[source] DbErr),
    /// The database cannot be written; reads go on.
    #[error("the database can only be read")]
    ReadOnly(#[source] DbErr),
    /// The connection was lost during a commit: the write may have happened, so that repeating it
    /// takes a look first, or a key that lets it happen once.
    #[error("whether the write was committed is not known")]
    OutcomeUnknown(#[source] DbErr),
    /// A cursor was used with another order or filter than the one it was given out for.
    #[error("the cursor belongs to another order or filter")]
    CursorMismatch,
    /// A place in the change sequence of which the changes behind it are not kept any more, or
    /// which the sequence never reached.
    #[error("the place {place} is outside of the changes that are kept")]
    CursorExpired {
        /// The place that was asked for.
        place: u64,
        /// The place of the newest change.
        head: u64,
    },
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
    /// The PostgreSQL server is older than what is tested.
    #[error("PostgreSQL {version} is too old: at least 15 is needed")]
    OldPostgres {
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
    /// The database was migrated by a newer release.
    #[error("the database schema is newer than this release ({unknown}): use the newer release")]
    NewerSchema {
        /// The migrations that this release does not know.
        unknown: String,
    },
    /// The database has a layout that was given up before the first release.
    #[error(
        "the database has a layout from before the first release, which this one cannot read: \
         export its roles with the program that made it, then import them into a new database"
    )]
    FormerSchema,
    /// The schema could not be brought up to date.
    #[error("the database schema could not be migrated")]
    Migration(#[source] DbErr),
    /// The database refused a statement.
    #[error("the database refused a statement")]
    Statement(#[source] DbErr),
}

impl PersistenceError {
    /// An error of the connections themselves.
    pub(crate) fn unavailable(problem: &str) -> Self {
        Self::Unavailable(DbErr::Custom(problem.to_owned()))
    }

    /// An error of a lock that somebody else holds.
    #[cfg(feature = "sqlite")]
    pub(crate) fn busy(problem: &str) -> Self {
        Self::Busy(DbErr::Custom(problem.to_owned()))
    }

    /// Whether the connection was lost while nothing was committed yet: the whole transaction may be
    /// tried again on another one.
    #[must_use]
    pub fn is_lost_connection(&self) -> bool {
        let Self::Unavailable(
            DbErr::Conn(RuntimeErr::SqlxError(error))
            | DbErr::Exec(RuntimeErr::SqlxError(error))
            | DbErr::Query(RuntimeErr::SqlxError(error)),
        ) = self
        else {
            return false;
        };
        match error.as_ref() {
            sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => true,
            sqlx::Error::Database(error) => {
                let code = error.code().unwrap_or_default();
                matches!(code.as_ref(), "57P01" | "57P02") || code.starts_with("08")
            }
            _ => false,
        }
    }

    /// An error of a commit that was sent: without an answer, nobody knows what came of it.
    pub(crate) fn of_commit(error: DbErr) -> Self {
        match kind(&error) {
            Kind::Unavailable => Self::OutcomeUnknown(error),
            kind => Self::of(kind, error),
        }
    }

    fn of(kind: Kind, error: DbErr) -> Self {
        match kind {
            Kind::Unavailable => Self::Unavailable(error),
            Kind::Busy => Self::Busy(error),
            Kind::StorageFull => Self::StorageFull(error),
            Kind::ReadOnly => Self::ReadOnly(error),
            Kind::Timeout => Self::Timeout(error),
            Kind::Contention => Self::Contention(error),
            Kind::Other => Self::Statement(error),
        }
    }
}

#[cfg(feature = "sqlite")]
impl From<rusqlite::Error> for PersistenceError {
    fn from(error: rusqlite::Error) -> Self {
        refused(error).into()
    }
}

impl From<DbErr> for PersistenceError {
    fn from(error: DbErr) -> Self {
        Self::of(kind(&error), error)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Unavailable,
    Busy,
    StorageFull,
    ReadOnly,
    Timeout,
    Contention,
    Other,
}

fn kind(error: &DbErr) -> Kind {
    if let Some(SqlErr::UniqueConstraintViolation(_)) = error.sql_err() {
        // Every unique key is looked up before it is written, so that only a concurrent
        // transaction can have taken it in between.
        return Kind::Contention;
    }
    match error {
        DbErr::ConnectionAcquire(ConnAcquireErr::Timeout | ConnAcquireErr::ConnectionClosed)
        | DbErr::Conn(RuntimeErr::Internal(_)) => Kind::Unavailable,
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => driver_kind(error),
        _ => Kind::Other,
    }
}

/// The error of a connection of our own as one of a driver, so that all errors are sorted alike.
#[cfg(feature = "sqlite")]
pub(crate) fn refused(error: rusqlite::Error) -> DbErr {
    let error = sqlx::Error::AnyDriverError(Box::new(error));
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))
}

fn driver_kind(error: &sqlx::Error) -> Kind {
    match error {
        #[cfg(feature = "sqlite")]
        sqlx::Error::AnyDriverError(error) => {
            let error = error.downcast_ref::<rusqlite::Error>();
            let error = error.and_then(rusqlite::Error::sqlite_error);
            error.map_or(Kind::Other, |error| {
                code_kind(&error.extended_code.to_string())
            })
        }
        sqlx::Error::Database(error) => code_kind(&error.code().unwrap_or_default()),
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Kind::Unavailable,
        _ => Kind::Other,
    }
}

/// Sorts an SQLSTATE (five characters) or an extended result code of SQLite (a number).
fn code_kind(code: &str) -> Kind {
    match code {
        "57014" => return Kind::Timeout,
        // The last two are a unique key and a primary key of SQLite; see above.
        "40001" | "40P01" | "2067" | "1555" => return Kind::Contention,
        "53100" => return Kind::StorageFull,
        "25006" => return Kind::ReadOnly,
        "55P03" => return Kind::Busy,
        "25P03" | "57P01" | "57P02" | "57P03" => return Kind::Unavailable,
        _ if code.len() == 5 && (code.starts_with("08") || code.starts_with("53")) => {
            return Kind::Unavailable;
        }
        _ => {}
    }
    match code.parse::<u32>().map(|code| code & 0xff) {
        Ok(sqlite::INTERRUPT) => Kind::Timeout,
        Ok(sqlite::FULL) => Kind::StorageFull,
        Ok(sqlite::READ_ONLY) => Kind::ReadOnly,
        Ok(sqlite::BUSY | sqlite::LOCKED) => Kind::Busy,
        Ok(sqlite::IO | sqlite::CANNOT_OPEN) => Kind::Unavailable,
        _ => Kind::Other,
    }
}

/// Primary result codes of SQLite.
pub(crate) mod sqlite {
    pub(crate) const BUSY: u32 = 5;
    pub(crate) const LOCKED: u32 = 6;
    pub(crate) const READ_ONLY: u32 = 8;
    pub(crate) const INTERRUPT: u32 = 9;
    pub(crate) const IO: u32 = 10;
    pub(crate) const FULL: u32 = 13;
    pub(crate) const CANNOT_OPEN: u32 = 14;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost() -> DbErr {
        let reset = sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into());
        DbErr::Query(RuntimeErr::SqlxError(Arc::new(reset)))
    }

    #[test]
    fn a_connection_that_is_lost_during_a_commit_leaves_the_outcome_open() {
        let before = PersistenceError::from(lost());
        assert!(matches!(before, PersistenceError::Unavailable(_)));
        assert!(before.is_lost_connection());
        let during = PersistenceError::of_commit(lost());
        assert!(matches!(during, PersistenceError::OutcomeUnknown(_)));
        assert!(!during.is_lost_connection());
        let refused = PersistenceError::of_commit(DbErr::Custom("refused".to_owned()));
        assert!(matches!(refused, PersistenceError::Statement(_)));
    }

    #[test]
    fn codes_of_both_engines_are_sorted_by_what_helps() {
        for (code, kind) in [
            ("53100", Kind::StorageFull),
            ("13", Kind::StorageFull),
            ("25006", Kind::ReadOnly),
            ("1032", Kind::ReadOnly),
            ("55P03", Kind::Busy),
            ("5", Kind::Busy),
            ("517", Kind::Busy),
            ("40P01", Kind::Contention),
            ("57P02", Kind::Unavailable),
            ("53300", Kind::Unavailable),
            ("778", Kind::Unavailable),
            ("57014", Kind::Timeout),
            ("42601", Kind::Other),
        ] {
            assert!(code_kind(code) == kind, "{code}");
        }
    }
}
