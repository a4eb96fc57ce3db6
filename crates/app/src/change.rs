//! Old changes: taken away when nobody may ask for them any more.

use std::time::Duration;

use domain::Timestamp;

use crate::{AppError, Catalogue};

/// Changes that one transaction takes away: few, so that writers wait for moments only.
const BATCH: u32 = 500;

impl Catalogue {
    /// Takes away the changes that are older than `kept`, a few at a time; returns how many. The
    /// newest change stays, however old it is.
    ///
    /// Nothing else of the catalogue changes, and no change rows are written.
    pub async fn prune_changes(&self, kept: Duration) -> Result<u64, AppError> {
        let before = self.clock.now().earlier_by(kept);
        let mut pruned = 0;
        loop {
            let batch = self.prune_some(before).await?;
            pruned += batch;
            if batch < u64::from(BATCH) {
                return Ok(pruned);
            }
        }
    }

    async fn prune_some(&self, before: Timestamp) -> Result<u64, AppError> {
        let mut attempt = 1;
        loop {
            let pruned = self.try_prune(before).await;
            if !self.is_worth_another(&pruned, &mut attempt).await {
                return pruned;
            }
        }
    }

    async fn try_prune(&self, before: Timestamp) -> Result<u64, AppError> {
        let transaction = self.database.begin().await?;
        let pruned = transaction.prune_changes(before, BATCH).await?;
        transaction.commit(&[]).await?;
        Ok(pruned)
    }
}
