//! Writing roles by hand: creating, editing and deleting them, once for each key.

mod receipt;
mod running;

use std::time::Duration;

use domain::id::RoleId;
use domain::role::RoleDraft;
use domain::{Slug, Timestamp};
use persistence::{Attempt, Recorded};

use crate::catalogue::Catalogue;
use crate::store::Store;
use crate::{AppError, StoreOptions};

pub use receipt::{EditAction, Edited, Receipt, Refusal, RefusalCode};
pub(crate) use running::RunningWrites;

/// For how long a write that comes again gets the answer of the first one.
pub const OUTCOMES_KEPT: Duration = Duration::from_hours(7 * 24);

/// An edit of what a role says; it tells what of it cannot be done. It may be done several times,
/// each time to the role as it is then.
pub type Edit<'w> = &'w (dyn Fn(&mut RoleDraft) -> Vec<Refusal> + Send + Sync);

/// What is to be done to one role.
#[derive(Clone, Copy)]
pub enum RoleWrite<'w> {
    /// Adds a role.
    Create {
        /// What it says.
        draft: &'w RoleDraft,
        /// Whether its slug may become another one that nobody holds.
        any_slug: bool,
    },
    /// Changes a role.
    Edit {
        /// Which role.
        role: RoleId,
        /// The revision that it has, as far as the sender knows.
        expected: Option<u32>,
        /// The slug by which it is called from now on.
        slug: Option<&'w Slug>,
        /// What it says from now on.
        edit: Edit<'w>,
    },
    /// Lets a role say again what it said in a revision that was published.
    Restore {
        /// Which role.
        role: RoleId,
        /// Which revision.
        revision: u32,
        /// The revision that it has, as far as the sender knows.
        expected: Option<u32>,
    },
    /// Takes a role out of the catalogue.
    Delete {
        /// Which role.
        role: RoleId,
        /// The revision that it has, as far as the sender knows.
        expected: Option<u32>,
    },
    /// Adds a role or changes it, whichever it takes: source, locale and slug name it.
    Upsert(&'w RoleDraft),
}

impl Catalogue {
    /// Writes roles in one transaction. One that is refused keeps none of the others back.
    ///
    /// A write with an `attempt` runs once: when it comes again, what came out the first time comes
    /// out again.
    pub async fn write_roles(
        &self,
        writes: &[RoleWrite<'_>],
        options: StoreOptions<'_>,
        attempt: Option<&Attempt>,
    ) -> Result<Receipt, AppError> {
        let turn = attempt.map(|attempt| self.running.start(attempt));
        if let Some(None) = turn {
            return Ok(Receipt::refused(in_progress()));
        }
        let mut number = 1;
        loop {
            let written = self.try_writes(writes, options, attempt).await;
            if !self.is_worth_another(&written, &mut number).await {
                return written;
            }
        }
    }

    async fn try_writes(
        &self,
        writes: &[RoleWrite<'_>],
        options: StoreOptions<'_>,
        attempt: Option<&Attempt>,
    ) -> Result<Receipt, AppError> {
        let mut store = self.begin(options).await?;
        if let Some(attempt) = attempt
            && let Some(receipt) = store.find_receipt(attempt).await?
        {
            store.give_up().await?;
            return Ok(receipt);
        }
        let receipt = Receipt {
            edited: store.write_all(writes, &self.limits).await?,
            ..Receipt::default()
        };
        if let Some(attempt) = attempt {
            store.note_receipt(attempt, &receipt).await?;
        }
        store.end(options).await?;
        Ok(receipt)
    }

    /// Forgets the answers to writes that nobody will send again.
    pub async fn forget_outcomes(&self) -> Result<(), AppError> {
        let transaction = self.database.begin().await?;
        let oldest = self.clock.now().earlier_by(OUTCOMES_KEPT);
        transaction.delete_outcomes(oldest).await?;
        transaction.commit(&[]).await?;
        Ok(())
    }
}

impl Store<'_> {
    /// What came out when a write ran before, or why it cannot run; `None` when it has to run.
    async fn find_receipt(&mut self, attempt: &Attempt) -> Result<Option<Receipt>, AppError> {
        let oldest: Timestamp = self.now.earlier_by(OUTCOMES_KEPT);
        let recorded = self.transaction.find_outcome(attempt, oldest).await?;
        Ok(match recorded {
            Recorded::Nothing => None,
            Recorded::Running => Some(Receipt::refused(in_progress())),
            Recorded::Other => Some(Receipt::refused(reused())),
            Recorded::Outcome(text) => {
                let receipt = Receipt::from_text(&text);
                Some(receipt.ok_or_else(|| AppError::Outcome(attempt.key.clone()))?)
            }
        })
    }

    async fn note_receipt(&mut self, attempt: &Attempt, receipt: &Receipt) -> Result<(), AppError> {
        self.notes_outcome = true;
        let outcome = receipt.to_text();
        Ok(self
            .transaction
            .insert_outcome(attempt, self.now, &outcome)
            .await?)
    }
}

fn in_progress() -> Refusal {
    Refusal::new(
        RefusalCode::IdempotencyInProgress,
        &["idempotencyKey"],
        "a write with this idempotency key runs at this moment: ask again in a second",
    )
}

fn reused() -> Refusal {
    Refusal::new(
        RefusalCode::IdempotencyKeyReused,
        &["idempotencyKey"],
        "another write had this idempotency key: send every write with a key of its own",
    )
}
