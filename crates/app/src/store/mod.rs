//! Storing roles in one transaction, with everything they refer to.

mod category;
mod role;
mod skill;
mod slug;
mod source;

use domain::Timestamp;
use domain::change::{ChangeEntity, ChangeOp, NewChange};
use domain::id::{Id, IdSource};
use persistence::Transaction;

use crate::{AppError, StoreOptions};

/// A transaction that stores roles, and the changes it has made so far.
pub(crate) struct Store<'a> {
    transaction: Transaction,
    ids: &'a dyn IdSource,
    now: Timestamp,
    actor: &'a str,
    changes: Vec<NewChange>,
}

impl<'a> Store<'a> {
    pub(crate) fn new(
        transaction: Transaction,
        ids: &'a dyn IdSource,
        now: Timestamp,
        actor: &'a str,
    ) -> Self {
        Self {
            transaction,
            ids,
            now,
            actor,
            changes: Vec::new(),
        }
    }

    /// Commits, unless nothing changed or nothing was to be written.
    pub(crate) async fn end(self, options: StoreOptions<'_>) -> Result<(), AppError> {
        if options.dry_run || self.changes.is_empty() {
            self.transaction.rollback().await?;
        } else {
            self.transaction.commit(&self.changes).await?;
        }
        Ok(())
    }

    /// Notes a change of an entity without revisions.
    fn changed(&mut self, entity: ChangeEntity, id: impl Id, op: ChangeOp) {
        self.revised(entity, id, op, 1);
    }

    /// Notes a change that led to a revision.
    fn revised(&mut self, entity: ChangeEntity, id: impl Id, op: ChangeOp, revision: u32) {
        self.changes.push(NewChange {
            at: self.now,
            entity,
            id: id.uuid(),
            op,
            revision,
            actor: self.actor.to_owned(),
        });
    }
}
