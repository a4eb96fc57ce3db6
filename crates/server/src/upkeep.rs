//! What a running server does by itself, whether or not anybody asks anything.

use std::time::Duration;

use app::Catalogue;
use tokio::task::JoinHandle;

/// How long after one round the next one begins.
const INTERVAL: Duration = Duration::from_hours(1);

/// The database is looked after for as long as this is kept.
#[must_use = "dropping it ends the upkeep"]
pub(crate) struct Upkeep(JoinHandle<()>);

impl Upkeep {
    /// Takes away old changes and the outcomes of old writes, now and every hour.
    pub(crate) fn start(catalogue: Catalogue, change_retention: Duration) -> Self {
        Self(tokio::spawn(async move {
            loop {
                prune(&catalogue, change_retention).await;
                forget(&catalogue).await;
                tokio::time::sleep(INTERVAL).await;
            }
        }))
    }
}

impl Drop for Upkeep {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn prune(catalogue: &Catalogue, change_retention: Duration) {
    match catalogue.prune_changes(change_retention).await {
        Ok(0) => {}
        Ok(changes) => tracing::info!(changes, "old changes are not kept any more"),
        Err(error) => {
            let cause: &dyn std::error::Error = &error;
            tracing::warn!(error = cause, "old changes could not be taken away");
        }
    }
}

async fn forget(catalogue: &Catalogue) {
    if let Err(error) = catalogue.forget_outcomes().await {
        let cause: &dyn std::error::Error = &error;
        tracing::warn!(
            error = cause,
            "the outcomes of old writes could not be taken away"
        );
    }
}
