//! The real time and real ids: the only place that reads them.

use domain::id::IdSource;
use domain::{Clock, Timestamp};
use uuid::Uuid;

/// The clock of the machine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "every other place takes a Clock, and this is the real one"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::new(chrono::Utc::now())
    }
}

/// Ids from time and randomness.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemIds;

impl IdSource for SystemIds {
    #[expect(
        clippy::disallowed_methods,
        reason = "every other place takes an IdSource, and this is the real one"
    )]
    fn next_uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_distinct_and_of_version_7() {
        let ids = [SystemIds.next_uuid(), SystemIds.next_uuid()];
        assert_ne!(ids[0], ids[1]);
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
    }
}
