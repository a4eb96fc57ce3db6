//! What callers may spend: a bucket of points for each, which fills up again as time passes.

mod bucket;

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::id::KeyId;
use domain::read::page::fingerprint;

use bucket::Bucket;

/// Callers that are remembered before those with a full bucket are forgotten.
const SWEEP_AT: usize = 10_000;

/// Who pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Account {
    /// Whoever is at an address, or in a network that is one caller.
    Address(IpAddr),
    /// The holder of a key, wherever it is.
    Key(KeyId),
    /// Whoever is called so, by the number of the name.
    User(u64),
}

impl Account {
    /// The account of somebody who is known by a token.
    pub(crate) fn user(name: &str) -> Self {
        Self::User(fingerprint(name))
    }
}

/// How large a bucket is and how fast it fills up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rate {
    /// What a full bucket holds.
    pub(crate) capacity: u32,
    /// What comes back each second.
    pub(crate) per_second: u32,
}

/// The buckets of all callers; a caller that is not remembered has a full one.
#[derive(Debug)]
pub(crate) struct Buckets<K> {
    known: Mutex<Known<K>>,
}

#[derive(Debug)]
struct Known<K> {
    buckets: HashMap<K, Bucket>,
    sweep_at: usize,
}

/// What a caller has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Budget {
    /// What a full bucket holds.
    pub(crate) limit: u32,
    /// What can be spent now.
    pub(crate) remaining: u32,
    /// What comes back each second.
    pub(crate) restored_per_second: u32,
}

impl Budget {
    /// How long it takes until the bucket is full again, in whole seconds.
    pub(crate) fn full_after_seconds(&self) -> u32 {
        let missing = self.limit.saturating_sub(self.remaining);
        missing.div_ceil(self.restored_per_second.max(1))
    }
}

/// The bucket does not hold enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exhausted {
    /// How long it takes until it does.
    pub(crate) wait: Duration,
    /// What the caller has left.
    pub(crate) budget: Budget,
}

impl<K: Eq + Hash> Buckets<K> {
    /// Full buckets for everybody.
    pub(crate) fn new() -> Self {
        Self {
            known: Mutex::new(Known {
                buckets: HashMap::new(),
                sweep_at: SWEEP_AT,
            }),
        }
    }

    /// Takes points out of the bucket of a caller, all of them or none.
    pub(crate) fn charge(
        &self,
        caller: K,
        rate: Rate,
        points: u32,
        now: Instant,
    ) -> Result<Budget, Exhausted> {
        let mut known = self.known();
        sweep(&mut known, now);
        let bucket = known
            .buckets
            .entry(caller)
            .or_insert_with(|| Bucket::full(rate, now));
        bucket.restore(rate, now);
        let taken = bucket.take(points);
        let budget = bucket.budget();
        match taken {
            Ok(()) => Ok(budget),
            Err(missing) => Err(Exhausted {
                wait: bucket.time_for(missing),
                budget,
            }),
        }
    }

    /// Gives points back that were charged and not used.
    pub(crate) fn refund(&self, caller: &K, points: u32) -> Option<Budget> {
        let mut known = self.known();
        let bucket = known.buckets.get_mut(caller)?;
        bucket.give(points);
        Some(bucket.budget())
    }

    fn known(&self) -> MutexGuard<'_, Known<K>> {
        // Whoever panicked while holding the lock left whole numbers behind.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets callers whose buckets are full, when many are known.
fn sweep<K: Eq + Hash>(known: &mut Known<K>, now: Instant) {
    if known.buckets.len() < known.sweep_at {
        return;
    }
    known.buckets.retain(|_, bucket| !bucket.is_full(now));
    known.sweep_at = SWEEP_AT.max(known.buckets.len().saturating_mul(2));
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate {
        capacity: 100,
        per_second: 10,
    };

    fn buckets() -> Buckets<u32> {
        Buckets::new()
    }

    #[test]
    fn a_bucket_is_emptied_and_fills_up_again() {
        let (buckets, start) = (buckets(), Instant::now());
        assert_eq!(buckets.charge(1, RATE, 60, start).unwrap().remaining, 40);
        let exhausted = buckets.charge(1, RATE, 60, start).unwrap_err();
        assert_eq!(exhausted.wait, Duration::from_secs(2));
        assert_eq!(exhausted.budget.remaining, 40);
        assert_eq!(exhausted.budget.full_after_seconds(), 6);
        let later = start + exhausted.wait;
        assert_eq!(buckets.charge(1, RATE, 60, later).unwrap().remaining, 0);
        let much_later = later + Duration::from_hours(1);
        assert_eq!(
            buckets.charge(1, RATE, 0, much_later).unwrap().remaining,
            100
        );
    }

    #[test]
    fn small_amounts_of_time_are_not_lost() {
        let (buckets, start) = (buckets(), Instant::now());
        buckets.charge(1, RATE, 100, start).unwrap();
        for millis in 1..=1_000 {
            let _ = buckets.charge(1, RATE, 101, start + Duration::from_millis(millis));
        }
        let budget = buckets
            .charge(1, RATE, 0, start + Duration::from_secs(1))
            .unwrap();
        assert_eq!(budget.remaining, 10);
    }

    #[test]
    fn what_was_not_used_comes_back_but_never_more_than_fits() {
        let (buckets, start) = (buckets(), Instant::now());
        buckets.charge(1, RATE, 60, start).unwrap();
        assert_eq!(buckets.refund(&1, 20).unwrap().remaining, 60);
        assert_eq!(buckets.refund(&1, 1_000).unwrap().remaining, 100);
        assert_eq!(buckets.refund(&2, 20), None);
    }

    #[test]
    fn callers_do_not_share_a_bucket() {
        let (buckets, start) = (buckets(), Instant::now());
        assert!(buckets.charge(1, RATE, 100, start).is_ok());
        assert!(buckets.charge(1, RATE, 1, start).is_err());
        assert!(buckets.charge(2, RATE, 100, start).is_ok());
    }

    #[test]
    fn a_bucket_takes_on_a_new_rate() {
        let (buckets, start) = (buckets(), Instant::now());
        buckets.charge(1, RATE, 40, start).unwrap();
        let wider = Rate {
            capacity: 1_000,
            per_second: 20,
        };
        let later = start + Duration::from_secs(1);
        assert_eq!(buckets.charge(1, wider, 0, later).unwrap().remaining, 80);
        let narrower = Rate {
            capacity: 50,
            per_second: 1,
        };
        assert_eq!(buckets.charge(1, narrower, 0, later).unwrap().remaining, 50);
    }

    #[test]
    fn callers_with_full_buckets_are_forgotten() {
        let (buckets, start) = (buckets(), Instant::now());
        let later = start + Duration::from_mins(1);
        for caller in 0..50_000 {
            let now = if caller < 20_000 { start } else { later };
            buckets.charge(caller, RATE, 1, now).unwrap();
        }
        assert!(buckets.known().buckets.len() <= 40_000);
    }
}
