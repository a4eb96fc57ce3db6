//! The schema of a database and the ways up and down.

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, IntoDatabaseExecutor};

use crate::engine::{Pools, Reader};
use crate::write::finish;
use crate::{DatabaseSettings, PersistenceError};

/// Names the lock that keeps migrations of several processes apart on PostgreSQL.
const MIGRATION_LOCK: i64 = 0x0072_6f6c_6567_7261;

/// One migration and whether the database has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaStep {
    /// The name of the migration; names sort in the order of application.
    pub name: String,
    /// Whether the database has it.
    pub applied: bool,
}

/// The schema of a database that need not be up to date.
#[derive(Debug)]
pub struct Schema {
    pools: Pools,
}

impl Schema {
    /// Connects without changing the schema; creates an SQLite file that is missing.
    pub async fn connect(settings: &DatabaseSettings) -> Result<Self, PersistenceError> {
        let pools = Pools::connect(settings, finish).await?;
        Ok(Self { pools })
    }

    /// Every migration in order; fails when the database has one that this release does not know,
    /// or another layout.
    pub async fn status(&self) -> Result<Vec<SchemaStep>, PersistenceError> {
        steps(&self.pools.writer).await
    }

    /// Applies what is missing, all or nothing; several processes may do so at once.
    ///
    /// A database that is up to date is only read, so that a start does not wait for writers.
    pub async fn up(&self) -> Result<(), PersistenceError> {
        if self.status().await?.iter().all(|step| step.applied) {
            return Ok(());
        }
        let transaction = self.begin().await?;
        // Another process may have migrated while this one waited for the lock.
        steps(&transaction).await?;
        let applied = Migrator::up(&transaction, None).await;
        applied.map_err(PersistenceError::Migration)?;
        Ok(transaction.commit().await?)
    }

    /// Takes back the last migrations, all of them when `steps` is `None`; data is lost.
    pub async fn down(&self, steps: Option<u32>) -> Result<(), PersistenceError> {
        let transaction = self.begin().await?;
        let reverted = Migrator::down(&transaction, steps).await;
        reverted.map_err(PersistenceError::Migration)?;
        Ok(transaction.commit().await?)
    }

    /// Closes all connections.
    pub async fn close(self) -> Result<(), PersistenceError> {
        self.pools.close().await
    }

    /// The connection that writes and the one that reads.
    pub(crate) fn connections(&self) -> (Reader, Reader) {
        let Pools { writer, reader, .. } = self.pools.clone();
        (Reader::Pool(writer), reader)
    }

    pub(crate) fn into_pools(self) -> Pools {
        self.pools
    }

    /// Begins a transaction that no other migration runs beside.
    async fn begin(&self) -> Result<DatabaseTransaction, PersistenceError> {
        let transaction = self.pools.begin_alone().await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            transaction
                .execute_unprepared(&format!(
                    "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '30s'; \
                     SELECT PG_ADVISORY_XACT_LOCK({MIGRATION_LOCK})"
                ))
                .await?;
        }
        Ok(transaction)
    }
}

async fn steps<'c>(db: impl IntoDatabaseExecutor<'c>) -> Result<Vec<SchemaStep>, PersistenceError> {
    let applied = migration::applied(db).await?;
    let known = migration::known();
    let unknown: Vec<&str> = applied
        .iter()
        .filter(|name| !known.contains(name))
        .map(String::as_str)
        .collect();
    if unknown.iter().any(|name| migration::FORMER.contains(name)) {
        return Err(PersistenceError::FormerSchema);
    }
    if !unknown.is_empty() {
        return Err(PersistenceError::NewerSchema {
            unknown: unknown.join(", "),
        });
    }
    let step = |name: String| SchemaStep {
        applied: applied.contains(&name),
        name,
    };
    Ok(known.into_iter().map(step).collect())
}
