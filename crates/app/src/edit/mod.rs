//! Writing by hand: creating, editing and deleting roles, categories and skills, once for each key.

mod receipt;
mod refusal;
mod running;
mod write;

use std::time::Duration;

use domain::Timestamp;
use domain::limits::ContentLimits;
use persistence::{Attempt, Recorded, Transaction};

use crate::catalogue::Catalogue;
use crate::store::Store;
use crate::{AppError, StoreOptions};

pub use receipt::{EditAction, Edited, Receipt};
pub use refusal::{Refusal, RefusalCode};
pub(crate) use running::RunningWrites;
use write::Writes;
pub use write::{CategoryWrite, Edit, EditOutcome, RoleWrite, SkillWrite};

/// For how long a write that comes again gets the answer of the first one.
const OUTCOMES_KEPT: Duration = Duration::from_hours(7 * 24);

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
        self.write(Writes::Roles(writes), options, attempt).await
    }

    /// Writes a category, as [`Self::write_roles`] writes roles.
    pub async fn write_category(
        &self,
        write: CategoryWrite<'_>,
        options: StoreOptions<'_>,
        attempt: Option<&Attempt>,
    ) -> Result<Receipt, AppError> {
        self.write(Writes::Category(write), options, attempt).await
    }

    /// Writes a skill, as [`Self::write_roles`] writes roles.
    pub async fn write_skill(
        &self,
        write: SkillWrite<'_>,
        options: StoreOptions<'_>,
        attempt: Option<&Attempt>,
    ) -> Result<Receipt, AppError> {
        self.write(Writes::Skill(write), options, attempt).await
    }

    async fn write(
        &self,
        writes: Writes<'_>,
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
        writes: Writes<'_>,
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
            edited: store.run(writes, &self.limits).await?,
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
    async fn run(
        &mut self,
        writes: Writes<'_>,
        limits: &ContentLimits,
    ) -> Result<Vec<Edited>, AppError> {
        match writes {
            Writes::Roles(writes) => self.write_roles(writes, limits).await,
            Writes::Category(write) => Ok(vec![self.write_category(write, limits).await?]),
            Writes::Skill(write) => Ok(vec![self.write_skill(write, limits).await?]),
        }
    }

    /// What came out when a write ran before, or why it cannot run; `None` when it has to run.
    async fn find_receipt(&mut self, attempt: &Attempt) -> Result<Option<Receipt>, AppError> {
        match earlier_outcome(&self.transaction, attempt, self.now).await? {
            Ok(None) => Ok(None),
            Ok(Some(text)) => {
                let receipt = Receipt::from_text(&text);
                let unreadable = || AppError::Outcome(attempt.key.clone());
                receipt.ok_or_else(unreadable).map(Some)
            }
            Err(refusal) => Ok(Some(Receipt::refused(refusal))),
        }
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

/// What was noted when a write ran before, or why it cannot run; `None` when it has to run.
pub(crate) async fn earlier_outcome(
    transaction: &Transaction,
    attempt: &Attempt,
    now: Timestamp,
) -> Result<Result<Option<String>, Refusal>, AppError> {
    let oldest = now.earlier_by(OUTCOMES_KEPT);
    Ok(match transaction.find_outcome(attempt, oldest).await? {
        Recorded::Nothing => Ok(None),
        Recorded::Running => Err(in_progress()),
        Recorded::Other => Err(reused()),
        Recorded::Outcome(text) => Ok(Some(text)),
    })
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
