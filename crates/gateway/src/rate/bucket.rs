//! One bucket of points.

use std::time::{Duration, Instant};

/// Parts of a point, so that what trickles in within a millisecond is not lost.
const PARTS: u64 = 1_000_000;

/// One bucket of points.
#[derive(Debug)]
pub(super) struct Bucket {
    parts: u64,
    /// Until when the bucket has been filled.
    filled_at: Instant,
}

impl Bucket {
    pub(super) fn full(capacity: u32, now: Instant) -> Self {
        Self {
            parts: u64::from(capacity) * PARTS,
            filled_at: now,
        }
    }

    /// Puts in what has come back since the last time.
    pub(super) fn restore(&mut self, capacity: u32, per_second: u32, now: Instant) {
        let micros = now.saturating_duration_since(self.filled_at).as_micros();
        let micros = u64::try_from(micros).unwrap_or(u64::MAX);
        // A point in a second is a part in a microsecond.
        let restored = micros.saturating_mul(per_second.into());
        self.parts = self
            .parts
            .saturating_add(restored)
            .min(u64::from(capacity) * PARTS);
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

    pub(super) fn give(&mut self, points: u32, capacity: u32) {
        let given = u64::from(points) * PARTS;
        self.parts = self
            .parts
            .saturating_add(given)
            .min(u64::from(capacity) * PARTS);
    }

    /// Whole points.
    pub(super) fn points(&self) -> u32 {
        u32::try_from(self.parts / PARTS).unwrap_or(u32::MAX)
    }

    /// How long it takes until so many parts have come back.
    pub(super) fn time_for(parts: u64, per_second: u32) -> Duration {
        Duration::from_micros(parts.div_ceil(u64::from(per_second.max(1))))
    }
}
