//! What a running server does by itself, whether or not anybody asks anything.

use std::time::Duration;

use app::{AuditLog, Catalogue};
use tokio::task::JoinHandle;

/// How long after one round the next one begins.
const INTERVAL: Duration = Duration::from_hours(1);
/// In how many rounds the head of the audit log is told once.
const ROUNDS_PER_HEAD: u32 = 24;

/// The database is looked after for as long as this is kept.
#[must_use = "dropping it ends the upkeep"]
pub(crate) struct Upkeep(JoinHandle<()>);

impl Upkeep {
    /// Takes away old changes and the outcomes of old writes, now and every hour, and tells the
    /// head of the audit log, now and every day.
    pub(crate) fn start(catalogue: Catalogue, change_retention: Duration) -> Self {
        Self(tokio::spawn(async move {
            let log = AuditLog::new(catalogue.database().clone());
            for round in 0_u32.. {
                if round % ROUNDS_PER_HEAD == 0 {
                    tell_head(&log).await;
                }
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

/// Where only the log of the server is kept elsewhere, it tells whether somebody has cut the audit
/// log or made it anew.
async fn tell_head(log: &AuditLog) {
    match log.head().await {
        Ok(head) => tracing::info!(
            audit.seq = head.seq,
            audit.hash = head.hash,
            "the head of the audit log"
        ),
        Err(error) => {
            let cause: &dyn std::error::Error = &error;
            tracing::warn!(error = cause, "the audit log cannot be read");
        }
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
