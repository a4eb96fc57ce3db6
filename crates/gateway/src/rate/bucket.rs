//! One bucket of points.

use std::time::{Duration, Instant};

use super::{Budget, Rate};

/// Parts of a point, so that what trickles in within a millisecond is not lost.
const PARTS: u64 = 1_000_000;

/// One bucket of points.
#[derive(Debug)]
pub(super) struct Bucket {
    parts: u64,
    /// The rate of the last time, which may change with the next.
    rate: Rate,
    /// Until when the bucket has been filled.
    filled_at: Instant,
}

impl Bucket {
    pub(super) fn full(rate: Rate, now: Instant) -> Self {
        Self {
            parts: u64::from(rate.capacity) * PARTS,
            rate,
            filled_at: now,
        }
    }

    /// Puts in what has come back since the last time.
    pub(super) fn restore(&mut self, rate: Rate, now: Instant) {
        self.rate = rate;
        let micros = now.saturating_duration_since(self.filled_at).as_micros();
        let micros = u64::try_from(micros).unwrap_or(u64::MAX);
        // A point in a second is a part in a microsecond.
        self.add(micros.saturating_mul(rate.per_second.into()));
        self.filled_at = self.filled_at.max(now);
    }

    /// Takes points out; when there are not enough, nothing, and tells how many parts are missing.
    pub(super) fn take(&mut self, points: u32) -> Result<(), u64> {
        let wanted = u64::from(points) * PARTS;
        match self.parts.checked_sub(wanted) {
            Some(left) => {
                self.parts = left;
                Ok(())
            }
            None => Err(wanted - self.parts),
        }
    }

    pub(super) fn give(&mut self, points: u32) {
        self.add(u64::from(points) * PARTS);
    }

    /// Whether nothing is missing at a moment.
    pub(super) fn is_full(&mut self, now: Instant) -> bool {
        self.restore(self.rate, now);
        self.points() >= self.rate.capacity
    }

    /// What is there.
    pub(super) fn budget(&self) -> Budget {
        Budget {
            limit: self.rate.capacity,
            remaining: self.points(),
            restored_per_second: self.rate.per_second,
        }
    }

    /// How long it takes until so many parts have come back.
    pub(super) fn time_for(&self, parts: u64) -> Duration {
        Duration::from_micros(parts.div_ceil(u64::from(self.rate.per_second.max(1))))
    }

    fn add(&mut self, parts: u64) {
        let full = u64::from(self.rate.capacity) * PARTS;
        self.parts = self.parts.saturating_add(parts).min(full);
    }

    /// Whole points.
    fn points(&self) -> u32 {
        u32::try_from(self.parts / PARTS).unwrap_or(u32::MAX)
    }
}
