//! The change sequence.

use domain::change::NewChange;
use sea_orm::{ActiveValue, ConnectionTrait, DbBackend, EntityTrait};

use super::{ROWS_PER_STATEMENT, Result, Transaction};
use crate::entity::change::{ActiveModel, Entity};

/// Names the lock that gives transactions their place in the sequence on PostgreSQL.
const SEQUENCE_LOCK: i64 = 0x0072_6f6c_6573_6571;

impl Transaction {
    /// Waits until no other transaction is between its changes and its commit.
    ///
    /// What is read from here on includes everything that was committed before; SQLite has one
    /// writer anyway.
    pub(super) async fn lock_changes(&self) -> Result<()> {
        if self.inner.get_database_backend() == DbBackend::Postgres {
            let lock = format!("SELECT PG_ADVISORY_XACT_LOCK({SEQUENCE_LOCK})");
            self.inner.execute_unprepared(&lock).await?;
        }
        Ok(())
    }

    pub(super) async fn insert_changes(&self, changes: &[NewChange]) -> Result<()> {
        for chunk in changes.chunks(ROWS_PER_STATEMENT) {
            Entity::insert_many(chunk.iter().map(row))
                .exec_without_returning(&self.inner)
                .await?;
        }
        Ok(())
    }
}

fn row(change: &NewChange) -> ActiveModel {
    let NewChange {
        at,
        entity,
        id,
        op,
        revision,
        actor,
    } = change;
    ActiveModel {
        seq: ActiveValue::NotSet,
        at: ActiveValue::Set(at.to_string()),
        entity: ActiveValue::Set(entity.as_str().to_owned()),
        entity_id: ActiveValue::Set(id.to_string()),
        op: ActiveValue::Set(op.as_str().to_owned()),
        revision: ActiveValue::Set(i32::try_from(*revision).unwrap_or(i32::MAX)),
        actor: ActiveValue::Set(actor.clone()),
    }
}
