//! An open database.

use std::time::Duration;

use sea_orm::DatabaseConnection;

use crate::change::ChangeClock;
use crate::engine::{Pools, WriteFigures};
use crate::schema::Schema;
use crate::{DatabaseSettings, PersistenceError, Reads, Transaction};

/// An open, migrated database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    pools: Pools,
    reads: Reads,
    clock: ChangeClock,
}

impl Database {
    /// Opens the database, creating an SQLite file that is missing, and migrates it.
    pub async fn open(settings: &DatabaseSettings) -> Result<Self, PersistenceError> {
        let schema = Schema::connect(settings).await?;
        schema.up().await?;
        let pools = schema.into_pools();
        let reads = Reads::new(pools.reader.clone());
        let head = reads.catalogue_version().await?;
        let database = Self {
            pools,
            reads,
            clock: ChangeClock::starting_at(head),
        };
        database.build_missing_index().await?;
        Ok(database)
    }

    /// Builds the index of a database that has none yet, or one of an older release.
    async fn build_missing_index(&self) -> Result<(), PersistenceError> {
        if self.reads.has_current_index().await? {
            return Ok(());
        }
        let mut transaction = self.begin().await?;
        transaction.reindex(|_roles| ()).await?;
        transaction.commit(&[]).await?;
        Ok(())
    }

    /// The reading side.
    #[must_use]
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// Which change last touched what.
    #[must_use]
    pub fn clock(&self) -> &ChangeClock {
        &self.clock
    }

    /// Begins a transaction; one that is dropped without a commit leaves nothing behind.
    pub async fn begin(&self) -> Result<Transaction, PersistenceError> {
        let transaction = self.pools.begin().await?;
        Ok(Transaction::new(transaction, self.clock.clone()))
    }

    /// Reads that all see one state of the catalogue, for as long as `time`: that of the first of
    /// them. They have a connection of their own, which is closed when the last clone is dropped.
    pub async fn snapshot_apart(&self, time: Duration) -> Result<Reads, PersistenceError> {
        Ok(Reads::new(self.pools.snapshot_apart(time).await?))
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), PersistenceError> {
        self.pools.reader.ask("SELECT 1").await.map(|_rows| ())
    }

    /// What there is to know about writing now, in numbers.
    #[must_use]
    pub fn write_figures(&self) -> WriteFigures {
        self.pools.write_figures()
    }

    /// Finishes what is under way and closes all connections.
    pub async fn close(self) -> Result<(), PersistenceError> {
        self.pools.close().await
    }

    /// The connection that follows the changes.
    pub(crate) fn watcher(&self) -> &DatabaseConnection {
        &self.pools.watcher
    }
}
