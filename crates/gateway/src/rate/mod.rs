//! What callers may spend: a bucket of points for each, which fills up again as time passes.

mod bucket;

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::RateSettings;
use bucket::Bucket;

/// Callers that are remembered before those with a full bucket are forgotten.
const SWEEP_AT: usize = 10_000;

/// The buckets of all callers; a caller that is not remembered has a full one.
#[derive(Debug)]
pub(crate) struct Buckets<K> {
    capacity: u32,
    per_second: u32,
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
    pub(crate) fn new(settings: &RateSettings) -> Self {
        Self {
            capacity: settings.bucket,
            per_second: settings.restored_per_second,
            known: Mutex::new(Known {
                buckets: HashMap::new(),
                sweep_at: SWEEP_AT,
            }),
        }
    }

    /// Takes points out of the bucket of a caller, all of them or none.
    pub(crate) fn charge(&self, caller: K, points: u32, now: Instant) -> Result<Budget, Exhausted> {
        let mut known = self.known();
        self.sweep(&mut known, now);
        let bucket = known
            .buckets
            .entry(caller)
            .or_insert_with(|| Bucket::full(self.capacity, now));
        bucket.restore(self.capacity, self.per_second, now);
        let taken = bucket.take(points);
        let budget = self.budget(bucket);
        match taken {
            Ok(()) => Ok(budget),
            Err(missing) => Err(Exhausted {
                wait: Bucket::time_for(missing, self.per_second),
                budget,
            }),
        }
    }

    /// Gives points back that were charged and not used.
    pub(crate) fn refund(&self, caller: &K, points: u32) -> Option<Budget> {
        let mut known = self.known();
        let bucket = known.buckets.get_mut(caller)?;
        bucket.give(points, self.capacity);
        Some(self.budget(bucket))
    }

    fn budget(&self, bucket: &Bucket) -> Budget {
        Budget {
            limit: self.capacity,
            remaining: bucket.points(),
            restored_per_second: self.per_second,
        }
    }

    /// Forgets callers whose buckets are full, when many are known.
    fn sweep(&self, known: &mut Known<K>, now: Instant) {
        if known.buckets.len() < known.sweep_at {
            return;
        }
        known.buckets.retain(|_, bucket| {
            bucket.restore(self.capacity, self.per_second, now);
            bucket.points() < self.capacity
        });
        known.sweep_at = SWEEP_AT.max(known.buckets.len().saturating_mul(2));
    }

    fn known(&self) -> MutexGuard<'_, Known<K>> {
        // Whoever panicked while holding the lock left whole numbers behind.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buckets() -> Buckets<u32> {
        Buckets::new(&RateSettings {
            bucket: 100,
            restored_per_second: 10,
            ..RateSettings::default()
        })
    }

    #[test]
    fn a_bucket_is_emptied_and_fills_up_again() {
        let (buckets, start) = (buckets(), Instant::now());
        assert_eq!(buckets.charge(1, 60, start).unwrap().remaining, 40);
        let exhausted = buckets.charge(1, 60, start).unwrap_err();
        assert_eq!(exhausted.wait, Duration::from_secs(2));
        assert_eq!(exhausted.budget.remaining, 40);
        assert_eq!(exhausted.budget.full_after_seconds(), 6);
        let later = start + exhausted.wait;
        assert_eq!(buckets.charge(1, 60, later).unwrap().remaining, 0);
        let much_later = later + Duration::from_hours(1);
        assert_eq!(buckets.charge(1, 0, much_later).unwrap().remaining, 100);
    }

    #[test]
    fn small_amounts_of_time_are_not_lost() {
        let (buckets, start) = (buckets(), Instant::now());
        buckets.charge(1, 100, start).unwrap();
        for millis in 1..=1_000 {
            let _ = buckets.charge(1, 101, start + Duration::from_millis(millis));
        }
        let budget = buckets
            .charge(1, 0, start + Duration::from_secs(1))
            .unwrap();
        assert_eq!(budget.remaining, 10);
    }

    #[test]
    fn what_was_not_used_comes_back_but_never_more_than_fits() {
        let (buckets, start) = (buckets(), Instant::now());
        buckets.charge(1, 60, start).unwrap();
        assert_eq!(buckets.refund(&1, 20).unwrap().remaining, 60);
        assert_eq!(buckets.refund(&1, 1_000).unwrap().remaining, 100);
        assert_eq!(buckets.refund(&2, 20), None);
    }

    #[test]
    fn callers_do_not_share_a_bucket() {
        let (buckets, start) = (buckets(), Instant::now());
        assert!(buckets.charge(1, 100, start).is_ok());
        assert!(buckets.charge(1, 1, start).is_err());
        assert!(buckets.charge(2, 100, start).is_ok());
    }

    #[test]
    fn callers_with_full_buckets_are_forgotten() {
        let (buckets, start) = (buckets(), Instant::now());
        let later = start + Duration::from_mins(1);
        for caller in 0..50_000 {
            let now = if caller < 20_000 { start } else { later };
            buckets.charge(caller, 1, now).unwrap();
        }
        assert!(buckets.known().buckets.len() <= 40_000);
    }
}
