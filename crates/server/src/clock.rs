//! The real time, real ids and real secrets: the only place that reads them.

use domain::access::SecretSource;
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

/// Secrets from the operating system.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemSecrets;

impl SecretSource for SystemSecrets {
    /// Without randomness there is no secret, and nothing may go on without one.
    #[expect(
        clippy::expect_used,
        reason = "a system that gives no random bytes cannot make keys"
    )]
    fn next_secret(&self) -> [u8; 32] {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).expect("the operating system gives random bytes");
        secret
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
