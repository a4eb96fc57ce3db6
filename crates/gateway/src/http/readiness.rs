//! Whether the server should be sent requests.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

/// How long an answer of the database counts.
const FRESH: Duration = Duration::from_secs(1);
/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether the server should be sent requests, as `/readyz` tells.
///
/// Asking is cheap however often it is done: the database is asked by one request at a time, and
/// its answer counts for all that ask within the next second.
#[derive(Default)]
pub(super) struct Readiness {
    stopping: AtomicBool,
    last: Mutex<Option<Seen>>,
}

/// What the server says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Send requests.
    Ready,
    /// The catalogue cannot be read.
    Unreadable,
    /// The server is about to stop.
    Stopping,
}

#[derive(Clone, Copy)]
struct Seen {
    at: Instant,
    ready: bool,
}

impl Readiness {
    /// From now on no more requests are wanted, and connections end with their next answer.
    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the server is about to stop.
    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Asks the database with `ping`, unless it has just answered. A database that does not answer
    /// in time while the server `is_busy` has work to do and is there; sending requests elsewhere
    /// would only move the load.
    pub(super) async fn check(
        &self,
        ping: impl Future<Output = bool>,
        is_busy: impl FnOnce() -> bool,
    ) -> Verdict {
        if self.is_stopping() {
            return Verdict::Stopping;
        }
        let mut last = self.last.lock().await;
        let fresh = last.filter(|seen| seen.at.elapsed() < FRESH);
        let seen = match fresh {
            Some(seen) => seen,
            None => Seen {
                ready: timeout(PATIENCE, ping).await.unwrap_or_else(|_| is_busy()),
                at: Instant::now(),
            },
        };
        *last = Some(seen);
        if seen.ready {
            Verdict::Ready
        } else {
            Verdict::Unreadable
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use tokio::time::advance;

    use super::*;

    fn idle() -> bool {
        false
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_counts_for_a_second() {
        let readiness = Readiness::default();
        assert_eq!(readiness.check(ready(true), idle).await, Verdict::Ready);
        assert_eq!(readiness.check(ready(false), idle).await, Verdict::Ready);
        advance(FRESH).await;
        let failed = readiness.check(ready(false), idle).await;
        assert_eq!(failed, Verdict::Unreadable);
        assert_eq!(readiness.check(pending(), idle).await, Verdict::Unreadable);
    }

    #[tokio::test(start_paused = true)]
    async fn a_database_that_is_slow_under_load_is_busy_and_one_that_is_slow_otherwise_is_away() {
        for (busy, verdict) in [(true, Verdict::Ready), (false, Verdict::Unreadable)] {
            let readiness = Readiness::default();
            let before = Instant::now();
            assert_eq!(readiness.check(pending(), || busy).await, verdict);
            assert_eq!(before.elapsed(), PATIENCE);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_database_is_asked_once_for_all_that_ask_together() {
        let readiness = Readiness::default();
        let never = async {
            panic!("asked twice");
        };
        let slow = async {
            tokio::time::sleep(FRESH).await;
            true
        };
        let (first, second) =
            tokio::join!(readiness.check(slow, idle), readiness.check(never, idle));
        assert_eq!((first, second), (Verdict::Ready, Verdict::Ready));
    }

    #[tokio::test]
    async fn a_server_that_stops_says_so_without_asking() {
        let readiness = Readiness::default();
        assert_eq!(readiness.check(ready(true), idle).await, Verdict::Ready);
        readiness.stop();
        assert_eq!(readiness.check(pending(), idle).await, Verdict::Stopping);
    }
}
