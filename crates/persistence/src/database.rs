//! An open database.

use crate::{DatabaseSettings, PersistenceError, Reads};

/// An open, migrated database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    reads: Reads,
}

impl Database {
    /// Opens the database, creating an SQLite file that is missing, and migrates it.
    #[expect(clippy::unused_async, reason = "placeholder")]
    pub async fn open(_settings: &DatabaseSettings) -> Result<Self, PersistenceError> {
        Err(PersistenceError::CursorMismatch)
    }

    /// The reading side.
    #[must_use]
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// Whether the database answers.
    #[expect(clippy::unused_async, reason = "placeholder")]
    pub async fn ping(&self) -> Result<(), PersistenceError> {
        Ok(())
    }

    /// Finishes what is under way and closes all connections.
    #[expect(clippy::unused_async, reason = "placeholder")]
    pub async fn close(self) -> Result<(), PersistenceError> {
        Ok(())
    }
}
