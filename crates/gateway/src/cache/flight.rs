//! Answers that are being made, so that those who want the same wait for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Kept, Key};

/// Answers that are being made, by what was asked.
#[derive(Debug, Default)]
pub(super) struct Flights {
    under_way: Mutex<HashMap<Key, UnderWay>>,
}

/// An answer that is being made, and how many want it.
#[derive(Debug, Default)]
struct UnderWay {
    passengers: usize,
    state: Arc<tokio::sync::Mutex<State>>,
}

/// How far an answer has come, for whoever has its turn.
#[derive(Debug, Default)]
pub(super) enum State {
    /// Nobody has made it; whoever has the turn does.
    #[default]
    Waiting,
    /// Somebody has made it.
    Landed(Arc<Kept>),
    /// Somebody has made one that cannot be shared; everybody makes their own.
    Diverted,
}

/// A place in the queue for an answer.
#[derive(Debug)]
pub(super) struct Flight<'f> {
    flights: &'f Flights,
    key: Key,
    state: Arc<tokio::sync::Mutex<State>>,
}

impl Flights {
    /// Joins those who wait for an answer.
    pub(super) fn join(&self, key: Key) -> Flight<'_> {
        let mut under_way = self.under_way();
        let found = under_way.entry(key).or_default();
        found.passengers += 1;
        Flight {
            flights: self,
            key,
            state: Arc::clone(&found.state),
        }
    }

    fn under_way(&self) -> MutexGuard<'_, HashMap<Key, UnderWay>> {
        // Nothing that is done with it can panic in between.
        let under_way = self.under_way.lock();
        under_way.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Flight<'_> {
    /// Waits for its turn.
    pub(super) async fn state(&self) -> tokio::sync::MutexGuard<'_, State> {
        self.state.lock().await
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        let mut under_way = self.flights.under_way();
        if let Some(found) = under_way.get_mut(&self.key) {
            found.passengers = found.passengers.saturating_sub(1);
            if found.passengers == 0 {
                under_way.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flight_ends_with_its_last_passenger() {
        let flights = Flights::default();
        let key = Key::for_testing(1);
        let (one, other) = (flights.join(key), flights.join(key));
        assert!(Arc::ptr_eq(&one.state, &other.state));
        drop(one);
        assert_eq!(flights.under_way().len(), 1);
        drop(other);
        assert!(flights.under_way().is_empty());
    }
}
