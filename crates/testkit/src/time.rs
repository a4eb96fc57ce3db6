//! Time, ids and secrets that are the same in every run.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::Duration;
use domain::access::SecretSource;
use domain::id::IdSource;
use domain::{Clock, Timestamp};
use uuid::Uuid;

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct ManualClock(Mutex<Timestamp>);

impl Default for ManualClock {
    fn default() -> Self {
        let start = Timestamp::parse("2026-01-01T00:00:00Z").expect("the text is a moment");
        Self(Mutex::new(start))
    }
}

impl ManualClock {
    /// Moves the clock forward.
    pub fn advance(&self, seconds: i64) {
        let mut now = self.0.lock().expect("no test thread dies with the clock");
        *now = Timestamp::new(now.moment() + Duration::seconds(seconds));
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("no test thread dies with the clock")
    }
}

/// Ids that count from 1, in the form of `UUIDv7`.
#[derive(Debug, Default)]
pub struct SequentialIds(AtomicU64);

impl SequentialIds {
    /// Ids that no other generation gives, for programs that are started again.
    #[must_use]
    pub fn of_generation(number: u32) -> Self {
        Self(AtomicU64::new(u64::from(number) << 32))
    }
}

impl IdSource for SequentialIds {
    fn next_uuid(&self) -> Uuid {
        const VERSION_7: u128 = 0x7000 << 64;
        const VARIANT: u128 = 0x8000 << 48;
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Uuid::from_u128(VERSION_7 | VARIANT | u128::from(number))
    }
}

/// Secrets that count from 1.
#[derive(Debug, Default)]
pub struct SequentialSecrets(AtomicU64);

impl SecretSource for SequentialSecrets {
    fn next_secret(&self) -> [u8; 32] {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        let mut secret = [0; 32];
        secret[..8].copy_from_slice(&number.to_le_bytes());
        secret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_count_and_have_the_right_form() {
        let ids = SequentialIds::default();
        assert_eq!(
            ids.next_uuid().to_string(),
            "00000000-0000-7000-8000-000000000001"
        );
        assert_eq!(ids.next_uuid().get_version_num(), 7);
    }

    #[test]
    fn the_clock_moves_only_when_told() {
        let clock = ManualClock::default();
        assert_eq!(clock.now(), clock.now());
        clock.advance(90);
        assert_eq!(clock.now().to_string(), "2026-01-01T00:01:30.000000Z");
    }
}
