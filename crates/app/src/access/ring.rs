//! Keys in memory, so that recognising a caller asks no database.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use domain::access::{AccessKey, KeyHandle, KeyRefusal, Principal, ShownToken};
use domain::id::KeyId;
use domain::{Clock, Timestamp};
use persistence::{Database, PersistenceError};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// How often it is asked whether keys have changed. Two of these and a look are less than the
/// second within which revoking a key has effect everywhere.
const INTERVAL: Duration = Duration::from_millis(250);
/// How long one look may take before the next one is tried.
const PATIENCE: Duration = Duration::from_millis(500);
/// After how many looks the uses of keys are written.
const LOOKS_PER_NOTE: u32 = 120;
/// A key that was never used.
const NEVER: i64 = i64::MIN;

/// All keys of a database as they were a moment ago; cheap to clone.
#[derive(Clone)]
pub struct KeyRing {
    inner: Arc<Inner>,
}

struct Inner {
    database: Database,
    clock: Arc<dyn Clock>,
    table: RwLock<Arc<Table>>,
    /// One look at a time.
    looking: tokio::sync::Mutex<()>,
    /// Uses that are written already.
    noted: Mutex<HashMap<KeyId, i64>>,
}

/// The keys of one revision.
struct Table {
    revision: u64,
    holders: HashMap<KeyHandle, Arc<Holder>>,
}

/// Somebody who has shown a key that holds.
#[derive(Debug)]
pub struct Holder {
    /// Who it is.
    pub principal: Arc<Principal>,
    /// The key as it is stored.
    pub key: AccessKey,
    /// When the key was shown last, in microseconds of the epoch.
    used: Arc<AtomicI64>,
}

impl Holder {
    /// When the key was shown last.
    #[must_use]
    pub fn last_used_at(&self) -> Option<Timestamp> {
        let used = self.used.load(Ordering::Relaxed);
        let used = chrono::DateTime::from_timestamp_micros(used).map(Timestamp::new);
        used.max(self.key.last_used_at)
    }
}

/// Changes of keys are followed for as long as this is kept.
#[derive(Debug)]
#[must_use = "dropping it ends the following"]
pub struct KeyFollowing(JoinHandle<()>);

impl Drop for KeyFollowing {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl KeyRing {
    /// The keys of a database as they are now.
    pub async fn open(database: Database, clock: Arc<dyn Clock>) -> Result<Self, PersistenceError> {
        let table = Table::load(&database, None).await?;
        Ok(Self {
            inner: Arc::new(Inner {
                database,
                clock,
                table: RwLock::new(Arc::new(table)),
                looking: tokio::sync::Mutex::default(),
                noted: Mutex::default(),
            }),
        })
    }

    /// Whoever shows a key at an address.
    pub fn recognise(
        &self,
        shown: &ShownToken,
        address: IpAddr,
    ) -> Result<Arc<Holder>, KeyRefusal> {
        let table = self.table();
        let holder = table.holders.get(&shown.handle);
        let holder = holder.ok_or(KeyRefusal::Unknown)?;
        let now = self.inner.clock.now();
        holder.key.check(&shown.digest, address, now)?;
        let used = now.moment().timestamp_micros();
        holder.used.fetch_max(used, Ordering::Relaxed);
        Ok(Arc::clone(holder))
    }

    /// Takes in what has changed since the last look.
    pub async fn refresh(&self) -> Result<(), PersistenceError> {
        let _one_at_a_time = self.inner.looking.lock().await;
        let database = &self.inner.database;
        let known = self.table();
        if database.access_revision().await? != known.revision {
            let table = Table::load(database, Some(&known)).await?;
            let place = self.inner.table.write();
            *place.unwrap_or_else(PoisonError::into_inner) = Arc::new(table);
        }
        Ok(())
    }

    /// Writes when keys were used last, as far as that is not written yet.
    pub async fn note_uses(&self) -> Result<(), PersistenceError> {
        let uses = self.unnoted_uses();
        if uses.is_empty() {
            return Ok(());
        }
        let transaction = self.inner.database.begin().await?;
        let moments: Vec<(KeyId, Timestamp)> = uses
            .iter()
            .filter_map(|(id, used)| {
                let moment = chrono::DateTime::from_timestamp_micros(*used)?;
                Some((*id, Timestamp::new(moment)))
            })
            .collect();
        transaction.update_access_key_uses(&moments).await?;
        transaction.commit(&[]).await?;
        let noted = self.inner.noted.lock();
        noted.unwrap_or_else(PoisonError::into_inner).extend(uses);
        Ok(())
    }

    fn unnoted_uses(&self) -> Vec<(KeyId, i64)> {
        let noted = self.inner.noted.lock();
        let noted = noted.unwrap_or_else(PoisonError::into_inner);
        let table = self.table();
        let uses = table.holders.values().map(|holder| {
            let used = holder.used.load(Ordering::Relaxed);
            (holder.key.id, used)
        });
        let mut uses: Vec<_> = uses
            .filter(|(id, used)| noted.get(id).copied().unwrap_or(NEVER) < *used)
            .collect();
        uses.sort_unstable();
        uses
    }

    /// Starts to follow the changes that others make to keys, and to write when keys are used.
    pub fn follow(&self) -> KeyFollowing {
        KeyFollowing(tokio::spawn(follow(self.clone())))
    }

    fn table(&self) -> Arc<Table> {
        let table = self.inner.table.read();
        Arc::clone(&table.unwrap_or_else(PoisonError::into_inner))
    }
}

impl Table {
    /// The keys as they are now; what is known of their uses stays known.
    async fn load(database: &Database, known: Option<&Self>) -> Result<Self, PersistenceError> {
        // The number comes first, so that keys are at least as new as it says.
        let revision = database.access_revision().await?;
        let keys = database.access_keys().await?;
        let holders = keys.into_iter().map(|key| {
            let handle = KeyHandle::of(key.id);
            let known = known.and_then(|known| known.holders.get(&handle));
            let used = known.map_or_else(
                || Arc::new(AtomicI64::new(NEVER)),
                |known| Arc::clone(&known.used),
            );
            let principal = Arc::new(key.principal());
            let holder = Holder {
                principal,
                key,
                used,
            };
            (handle, Arc::new(holder))
        });
        Ok(Self {
            revision,
            holders: holders.collect(),
        })
    }
}

async fn follow(ring: KeyRing) {
    let mut is_away = false;
    for look in 1_u32.. {
        let problem: Option<Box<dyn Error + Send + Sync>> =
            match timeout(PATIENCE, ring.refresh()).await {
                Ok(Ok(())) => None,
                Ok(Err(error)) => Some(Box::new(error)),
                Err(slow) => Some(Box::new(slow)),
            };
        if let Some(problem) = &problem
            && !is_away
        {
            let cause: &dyn Error = problem.as_ref();
            tracing::warn!(error = cause, "changes of keys cannot be followed");
        }
        is_away = problem.is_some();
        if look % LOOKS_PER_NOTE == 0
            && let Err(error) = ring.note_uses().await
        {
            let cause: &dyn Error = &error;
            tracing::warn!(error = cause, "uses of keys cannot be noted");
        }
        sleep(INTERVAL).await;
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.table().holders.len();
        f.debug_struct("KeyRing")
            .field("keys", &keys)
            .finish_non_exhaustive()
    }
}
