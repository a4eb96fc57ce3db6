//! How the database is opened.

use std::time::Duration;

/// Settings of a database, resolved: every field has its value.
#[derive(Clone, Debug)]
pub struct DatabaseSettings {
    /// `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/NAME`.
    pub url: String,
    /// Connections that read at the same time.
    pub readers: u32,
    /// How long a request waits for a free connection.
    pub acquire_timeout: Duration,
    /// How long one statement may run.
    pub statement_timeout: Duration,
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
        }
    }
}
