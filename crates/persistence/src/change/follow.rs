//! Following the changes of other processes.

use std::time::Duration;

use domain::change::{Aspects, ChangeEntity, Touch};
use sea_orm::{
    ColumnTrait, DatabaseConnection, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use super::{ChangeClock, FRESH, Ordering};
use crate::entity::change::{Column, Entity, Model};
use crate::{Database, PersistenceError};

/// How often the database is asked for changes, whether or not somebody tells of them.
const INTERVAL: Duration = Duration::from_millis(250);
/// Changes that are read at once.
const PAGE: u64 = 1_000;
/// How long to wait before listening is tried again.
#[cfg(feature = "postgres")]
const LISTEN_AGAIN: Duration = Duration::from_secs(1);
/// The channel on which commits tell of themselves on PostgreSQL.
pub(crate) const CHANNEL: &str = "rolegraph_change";

/// Changes of other processes are followed for as long as this is kept.
#[derive(Debug)]
#[must_use = "dropping it ends the following"]
pub struct Following {
    tasks: Vec<JoinHandle<()>>,
}

impl Drop for Following {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Database {
    /// Starts to follow the changes of other processes.
    ///
    /// The database is asked four times a second. On PostgreSQL commits also tell of themselves,
    /// which makes following faster and is not relied on.
    pub fn follow(&self) -> Following {
        let (clock, connection) = (self.clock().clone(), self.watcher().clone());
        let mut tasks = Vec::new();
        #[cfg(feature = "postgres")]
        if sea_orm::ConnectionTrait::get_database_backend(&connection) == DbBackend::Postgres {
            tasks.push(tokio::spawn(listen(clock.clone(), connection.clone())));
        }
        tasks.push(tokio::spawn(follow(clock, connection)));
        Following { tasks }
    }

    /// Makes sure that the changes up to `version` are known, if there are so many; returns up to
    /// which they are.
    pub async fn catch_up(&self, version: u64) -> Result<u64, PersistenceError> {
        let clock = self.clock();
        if clock.head() < version {
            look(clock, self.watcher(), version).await?;
        }
        Ok(clock.head())
    }
}

async fn follow(clock: ChangeClock, connection: DatabaseConnection) {
    let mut is_away = false;
    loop {
        let looked = timeout(FRESH, look(&clock, &connection, u64::MAX)).await;
        match looked {
            Ok(Ok(())) => is_away = false,
            Ok(Err(error)) if !is_away => {
                is_away = true;
                let cause: &dyn std::error::Error = &error;
                tracing::warn!(error = cause, "changes cannot be followed");
            }
            Err(_slow) if !is_away => {
                is_away = true;
                tracing::warn!("changes cannot be followed: the database takes too long");
            }
            Ok(Err(_)) | Err(_) => {}
        }
        let _ = timeout(INTERVAL, clock.inner.bell.notified()).await;
        if is_away {
            sleep(INTERVAL).await;
        }
    }
}

/// Takes in whatever was committed by others since the last time, unless somebody else has just
/// read as far as `wanted`.
async fn look(
    clock: &ChangeClock,
    connection: &DatabaseConnection,
    wanted: u64,
) -> Result<(), PersistenceError> {
    let _one_at_a_time = clock.inner.looking.lock().await;
    if clock.head() >= wanted {
        return Ok(());
    }
    let began = clock.inner.started.elapsed();
    loop {
        let rows = page(connection, clock.head()).await?;
        let is_last = u64::try_from(rows.len()).is_ok_and(|rows| rows < PAGE);
        let changes: Vec<(u64, Touch)> = rows.into_iter().map(touched).collect::<Result<_, _>>()?;
        if let Some((last, _)) = changes.last() {
            clock.take_in(*last, &changes);
        }
        if is_last {
            break;
        }
    }
    let looked = u64::try_from(began.as_millis()).unwrap_or(u64::MAX);
    let looked = looked.saturating_add(1);
    clock.inner.looked.fetch_max(looked, Ordering::Release);
    Ok(())
}

async fn page(connection: &DatabaseConnection, head: u64) -> Result<Vec<Model>, PersistenceError> {
    let rows = Entity::find()
        .filter(Column::Seq.gt(i64::try_from(head).unwrap_or(i64::MAX)))
        .order_by_asc(Column::Seq)
        .limit(PAGE);
    Ok(rows.all(connection).await?)
}

/// What a row of the sequence says was touched.
fn touched(row: Model) -> Result<(u64, Touch), PersistenceError> {
    let Model {
        seq,
        at: _,
        entity,
        entity_id,
        op: _,
        aspects,
        slugs,
        revision: _,
        actor: _,
    } = row;
    let key = seq.to_string();
    let corrupt = |problem: &dyn std::fmt::Display| PersistenceError::Corrupt {
        table: "change",
        key: key.clone(),
        problem: problem.to_string(),
    };
    let slugs = slugs.as_deref().unwrap_or_default().split_whitespace();
    let slugs = slugs.map(domain::Slug::parse).collect::<Result<_, _>>();
    let touch = Touch {
        entity: ChangeEntity::parse(&entity).map_err(|error| corrupt(&error))?,
        id: Uuid::try_parse(&entity_id).map_err(|error| corrupt(&error))?,
        aspects: Aspects::from_bits(aspects.cast_unsigned()),
        slugs: slugs.map_err(|error| corrupt(&error))?,
    };
    Ok((seq.try_into().unwrap_or(0), touch))
}

/// Rings the bell whenever another process tells of changes that are not known here.
#[cfg(feature = "postgres")]
async fn listen(clock: ChangeClock, connection: DatabaseConnection) {
    loop {
        if let Err(error) = listen_once(&clock, &connection).await {
            let cause: &dyn std::error::Error = &error;
            tracing::debug!(error = cause, "nobody tells of changes at the moment");
        }
        sleep(LISTEN_AGAIN).await;
    }
}

#[cfg(feature = "postgres")]
async fn listen_once(
    clock: &ChangeClock,
    connection: &DatabaseConnection,
) -> Result<(), sqlx::Error> {
    let pool = connection.get_postgres_connection_pool();
    let mut listener = sqlx::postgres::PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        let heard = listener.recv().await?;
        let is_known = heard
            .payload()
            .parse()
            .is_ok_and(|last| clock.head() >= last);
        if !is_known {
            clock.inner.bell.notify_one();
        }
    }
}
