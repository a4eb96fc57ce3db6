//! The audit log: reading it, and whether it is whole.

use domain::audit::{AuditHead, Chain, GENESIS, SealedEntry};
use persistence::{Database, PersistenceError};

/// Entries that are read at once.
const PAGE: u32 = 1_000;

/// The audit log of a database; cheap to clone.
#[derive(Clone, Debug)]
pub struct AuditLog(Database);

/// What came of looking through the whole log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditReport {
    /// The last entry that follows from all before it.
    pub head: AuditHead,
    /// What is wrong behind it; `None` when the log is whole.
    pub damage: Option<AuditDamage>,
}

/// What is wrong with a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditDamage {
    /// The first place that is wrong.
    pub seq: u64,
    /// What is wrong there.
    pub problem: String,
}

impl AuditLog {
    /// The log of a database.
    #[must_use]
    pub const fn new(database: Database) -> Self {
        Self(database)
    }

    /// The last entry.
    pub async fn head(&self) -> Result<AuditHead, PersistenceError> {
        self.0.audit_head().await
    }

    /// The entries behind a place, some of them; none when there are no more.
    pub async fn page(&self, after: u64) -> Result<Vec<SealedEntry>, PersistenceError> {
        self.0.audit_entries(after, PAGE).await
    }

    /// Looks through the whole log, whose hashes have to follow from each other.
    ///
    /// A chain does not know where it ends. So the newest change has to have its entry, and the
    /// hash that somebody has noted has to be that of an entry.
    pub async fn verify(&self, noted: Option<&str>) -> Result<AuditReport, PersistenceError> {
        let newest = self.0.reads().catalogue_version().await?;
        let mut walk = Walk {
            noted: noted.filter(|noted| *noted != GENESIS),
            ..Walk::default()
        };
        loop {
            let page = self.page(walk.chain.head().seq).await?;
            if page.is_empty() {
                break;
            }
            if let Some(damage) = page.iter().find_map(|sealed| walk.step(sealed)) {
                return Ok(walk.report(Some(damage)));
            }
        }
        let damage = walk.missing_at_the_end(newest);
        Ok(walk.report(damage))
    }
}

/// A walk through a log.
#[derive(Debug, Default)]
struct Walk<'n> {
    chain: Chain,
    /// The hash that was not met yet.
    noted: Option<&'n str>,
    /// The number of the newest change that has an entry.
    change: Option<u64>,
}

impl Walk<'_> {
    /// Goes on to an entry; tells what is wrong with it.
    fn step(&mut self, sealed: &SealedEntry) -> Option<AuditDamage> {
        if let Err(broken) = self.chain.follow(sealed) {
            return Some(AuditDamage {
                seq: broken.seq(),
                problem: broken.to_string(),
            });
        }
        self.noted = self.noted.filter(|noted| *noted != sealed.hash);
        let change = sealed.entry.change;
        let change = change.and_then(|change| u64::try_from(change).ok());
        self.change = self.change.max(change);
        None
    }

    fn missing_at_the_end(&self, newest: u64) -> Option<AuditDamage> {
        let problem = if let Some(noted) = self.noted {
            format!("no entry has the hash {noted}: entries are missing or were made anew")
        } else {
            // Changes from before there was a log have no entries.
            let audited = self.change.filter(|audited| *audited < newest)?;
            format!("the changes {} to {newest} have no entry", audited + 1)
        };
        let seq = self.chain.head().seq + 1;
        Some(AuditDamage { seq, problem })
    }

    fn report(&self, damage: Option<AuditDamage>) -> AuditReport {
        AuditReport {
            head: self.chain.head().clone(),
            damage,
        }
    }
}
