//! Refusals for the audit log, which strangers can cause as often as they like.
//!
//! So they are written by and by, those that are alike together, and only so many kinds of them
//! at a time; the rest is counted.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::access::Author;
use domain::audit::{AccessAction, NewEntry};
use domain::id::KeyId;
use domain::{Clock, Timestamp};
use persistence::{Database, PersistenceError};
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// How often refusals are written.
const INTERVAL: Duration = Duration::from_secs(10);
/// Kinds of refusals that are told apart each time.
const MOST_KINDS: usize = 20;
/// Who stands in the log for all that are not told apart.
const OTHERS: &str = "others";

/// Refusals that wait to be written; cheap to clone.
#[derive(Clone)]
pub struct Denials {
    inner: Arc<Inner>,
}

struct Inner {
    database: Database,
    clock: Arc<dyn Clock>,
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    /// In the order in which they began.
    kinds: Vec<(Kind, Noted)>,
    others: Option<Noted>,
}

/// What refusals that are alike have in common.
#[derive(PartialEq, Eq)]
struct Kind {
    actor: String,
    key: Option<KeyId>,
    address: Option<IpAddr>,
    action: AccessAction,
    detail: String,
}

/// Refusals that are alike.
struct Noted {
    first_at: Timestamp,
    /// The request that was the first one.
    request: Option<String>,
    count: u64,
}

/// Refusals are written for as long as this is kept.
#[derive(Debug)]
#[must_use = "dropping it ends the writing"]
pub struct DenialWriting(JoinHandle<()>);

impl Drop for DenialWriting {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Denials {
    /// Refusals that will stand in the log of a database.
    #[must_use]
    pub fn new(database: Database, clock: Arc<dyn Clock>) -> Self {
        let waiting = Mutex::default();
        Self {
            inner: Arc::new(Inner {
                database,
                clock,
                waiting,
            }),
        }
    }

    /// Notes that somebody was refused; `detail` is one of few texts.
    pub fn note(&self, author: Author<'_>, action: AccessAction, detail: &str) {
        let kind = Kind {
            actor: author.name.to_owned(),
            key: author.key,
            address: author.address,
            action,
            detail: detail.to_owned(),
        };
        let noted = Noted {
            first_at: self.inner.clock.now(),
            request: author.request.map(str::to_owned),
            count: 1,
        };
        self.waiting().add(kind, noted);
    }

    /// Writes what waits; it goes on waiting when that fails.
    pub async fn write(&self) -> Result<(), PersistenceError> {
        let Waiting { kinds, others } = std::mem::take(&mut *self.waiting());
        if kinds.is_empty() && others.is_none() {
            return Ok(());
        }
        let mut entries: Vec<NewEntry<'_>> = kinds
            .iter()
            .map(|(kind, noted)| kind.entry(noted))
            .collect();
        entries.extend(others.as_ref().map(of_others));
        let written = self.try_write(&entries).await;
        if written.is_err() {
            let mut waiting = self.waiting();
            kinds
                .into_iter()
                .for_each(|(kind, noted)| waiting.add(kind, noted));
            others
                .into_iter()
                .for_each(|noted| waiting.add_other(noted));
        }
        written
    }

    async fn try_write(&self, entries: &[NewEntry<'_>]) -> Result<(), PersistenceError> {
        let transaction = self.inner.database.begin().await?;
        transaction.commit_audited(&[], entries).await?;
        Ok(())
    }

    /// Starts to write by and by what is noted.
    pub fn follow(&self) -> DenialWriting {
        let denials = self.clone();
        DenialWriting(tokio::spawn(async move {
            loop {
                sleep(INTERVAL).await;
                if let Err(error) = denials.write().await {
                    let cause: &dyn Error = &error;
                    tracing::warn!(error = cause, "refusals cannot be audited");
                }
            }
        }))
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // What waits is right after every step.
        let waiting = self.inner.waiting.lock();
        waiting.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn add(&mut self, kind: Kind, noted: Noted) {
        let mut kinds = self.kinds.iter_mut();
        if let Some((_, known)) = kinds.find(|(known, _)| *known == kind) {
            known.join(noted);
        } else if self.kinds.len() < MOST_KINDS {
            self.kinds.push((kind, noted));
        } else {
            self.add_other(noted);
        }
    }

    fn add_other(&mut self, noted: Noted) {
        match &mut self.others {
            Some(others) => others.join(noted),
            None => {
                self.others = Some(Noted {
                    request: None,
                    ..noted
                });
            }
        }
    }
}

impl Kind {
    fn entry<'k>(&'k self, noted: &'k Noted) -> NewEntry<'k> {
        let author = Author {
            name: &self.actor,
            key: self.key,
            request: noted.request.as_deref(),
            address: self.address,
        };
        NewEntry {
            count: noted.count,
            detail: Some(self.detail.as_str().into()),
            ..NewEntry::of_access(noted.first_at, author, self.action)
        }
    }
}

impl Noted {
    fn join(&mut self, other: Self) {
        self.count += other.count;
        if other.first_at < self.first_at {
            self.first_at = other.first_at;
            self.request = other.request;
        }
    }
}

fn of_others(noted: &Noted) -> NewEntry<'_> {
    let author = Author::named(OTHERS);
    NewEntry {
        count: noted.count,
        detail: Some("further refusals, which are not told apart".into()),
        ..NewEntry::of_access(noted.first_at, author, AccessAction::Denied)
    }
}

impl fmt::Debug for Denials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let waiting = self.waiting().kinds.len();
        f.debug_struct("Denials")
            .field("waiting", &waiting)
            .finish_non_exhaustive()
    }
}
