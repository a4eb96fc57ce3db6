//! How the database is opened.

use std::fmt;
use std::time::Duration;

use crate::engine::without_password;

/// Settings of a database, resolved: every field has its value.
#[derive(Clone)]
pub struct DatabaseSettings {
    /// `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/NAME`.
    pub url: String,
    /// Connections that read at the same time.
    pub readers: u32,
    /// How long a request waits for a free connection.
    pub acquire_timeout: Duration,
    /// How long one statement may run.
    pub statement_timeout: Duration,
    /// How many transactions that wait for each other may share one commit, on SQLite; 1 gives
    /// each its own.
    pub transactions_per_commit: usize,
    /// How long those that have finished may wait for others to join their commit, on SQLite.
    pub commit_delay: Duration,
}

impl DatabaseSettings {
    /// The usual settings for the database at `url`.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            url: url.into(),
            readers: u32::try_from(cores.clamp(2, 8)).unwrap_or(2),
            acquire_timeout: Duration::from_secs(2),
            statement_timeout: Duration::from_secs(4),
            transactions_per_commit: 256,
            commit_delay: Duration::from_millis(50),
        }
    }
}

impl fmt::Debug for DatabaseSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            url,
            readers,
            acquire_timeout,
            statement_timeout,
            transactions_per_commit,
            commit_delay,
        } = self;
        f.debug_struct("DatabaseSettings")
            .field("url", &without_password(url))
            .field("readers", readers)
            .field("acquire_timeout", acquire_timeout)
            .field("statement_timeout", statement_timeout)
            .field("transactions_per_commit", transactions_per_commit)
            .field("commit_delay", commit_delay)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_settings_hold_no_password() {
        let settings = DatabaseSettings::new("postgres://me:secret@host/roles");
        assert!(!format!("{settings:?}").contains("secret"));
    }
}
