//! An open database.

use crate::engine::Pools;
use crate::schema::Schema;
use crate::{DatabaseSettings, PersistenceError, Reads, Transaction};

/// An open, migrated database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    pools: Pools,
    reads: Reads,
}

impl Database {
    /// Opens the database, creating an SQLite file that is missing, and migrates it.
    pub async fn open(settings: &DatabaseSettings) -> Result<Self, PersistenceError> {
        let schema = Schema::connect(settings).await?;
        schema.up().await?;
        let pools = schema.into_pools();
        let reads = Reads::new(pools.reader.clone());
        Ok(Self { pools, reads })
    }

    /// The reading side.
    #[must_use]
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// Begins a transaction; one that is dropped without a commit leaves nothing behind.
    pub async fn begin(&self) -> Result<Transaction, PersistenceError> {
        Ok(Transaction::new(self.pools.begin().await?))
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), PersistenceError> {
        self.pools.reader.ask("SELECT 1").await.map(|_rows| ())
    }

    /// Finishes what is under way and closes all connections.
    pub async fn close(self) -> Result<(), PersistenceError> {
        self.pools.close().await
    }
}
