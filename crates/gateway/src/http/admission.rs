//! How many requests run at once, and who waits.
//!
//! The state is shared by all workers: a limit is one of the server and not of a thread. What it
//! holds is bounded by what runs and waits, since nothing is remembered of a caller that has
//! neither.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::GatewaySettings;
use crate::rate::Account;

/// Lets requests run as far as there is room; cheap to clone.
#[derive(Clone)]
pub(super) struct Admission {
    room: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    callers: Arc<Mutex<HashMap<Account, usize>>>,
    limits: Arc<Limits>,
}

struct Limits {
    /// Whether callers have places of their own.
    tells_apart: bool,
    running: usize,
    waiting: usize,
    patience: std::time::Duration,
}

/// How many requests there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Load {
    /// Requests that run.
    pub(crate) running: usize,
    /// Requests that wait for their turn.
    pub(crate) waiting: usize,
}

/// Why a request may not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// The caller has as many requests here as it may have.
    Caller {
        /// How many that are.
        limit: usize,
    },
    /// The server has no room, and none came in time.
    Server,
}

/// The right to run; dropping it makes room for the next request.
#[derive(Debug)]
pub(super) struct Ticket {
    _room: OwnedSemaphorePermit,
    _place: Place,
}

impl Admission {
    /// Nobody is there yet.
    pub(super) fn new(settings: &GatewaySettings) -> Self {
        Self::with_places(settings, true)
    }

    /// Nobody is there yet, and nobody is told from others.
    pub(super) fn for_strangers(settings: &GatewaySettings) -> Self {
        Self::with_places(settings, false)
    }

    fn with_places(settings: &GatewaySettings, tells_apart: bool) -> Self {
        let settings = &settings.edge;
        let running = settings.concurrency.min(Semaphore::MAX_PERMITS);
        Self {
            room: Arc::new(Semaphore::new(running)),
            waiting: Arc::default(),
            callers: Arc::default(),
            limits: Arc::new(Limits {
                tells_apart,
                running,
                waiting: settings.queue,
                patience: settings.queue_deadline,
            }),
        }
    }

    /// Waits for the turn of a request; whoever came first runs first.
    pub(super) async fn turn(&self, place: Place) -> Result<Ticket, Refused> {
        if let Ok(room) = Arc::clone(&self.room).try_acquire_owned() {
            return Ok(Ticket {
                _room: room,
                _place: place,
            });
        }
        let _waiting = self.line_up()?;
        let room = Arc::clone(&self.room).acquire_owned();
        match timeout(self.limits.patience, room).await {
            Ok(Ok(room)) => Ok(Ticket {
                _room: room,
                _place: place,
            }),
            Ok(Err(_)) | Err(_) => Err(Refused::Server),
        }
    }

    /// How many requests run and wait.
    pub(super) fn load(&self) -> Load {
        Load {
            running: self.limits.running - self.room.available_permits().min(self.limits.running),
            waiting: self.waiting.load(Ordering::Relaxed),
        }
    }

    /// Gives a request one of the places of its caller, who has so many of them.
    pub(super) fn enter(&self, caller: Account, places: usize) -> Result<Place, Refused> {
        let limit = if self.limits.tells_apart {
            places
        } else {
            usize::MAX
        };
        let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = callers.get(&caller).copied().unwrap_or_default();
        if taken >= limit {
            return Err(Refused::Caller { limit });
        }
        callers.insert(caller, taken + 1);
        Ok(Place {
            caller,
            callers: Arc::clone(&self.callers),
        })
    }

    fn line_up(&self) -> Result<Waiting, Refused> {
        let limit = self.limits.waiting;
        let one_more = |waiting: usize| (waiting < limit).then_some(waiting + 1);
        let line = &self.waiting;
        match line.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more) {
            Ok(_) => Ok(Waiting(Arc::clone(line))),
            Err(_) => Err(Refused::Server),
        }
    }
}

/// One of the places of a caller; dropping it gives the place back.
#[derive(Debug)]
pub(super) struct Place {
    caller: Account,
    callers: Arc<Mutex<HashMap<Account, usize>>>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut taken) = callers.entry(self.caller) {
            if *taken.get() > 1 {
                *taken.get_mut() -= 1;
            } else {
                taken.remove();
            }
        }
    }
}

/// One request in the line; dropping it leaves the line.
struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;
    use std::time::Duration;

    use futures_util::FutureExt as _;

    use super::*;
    use crate::EdgeSettings;

    const PLACES: usize = 2;

    fn admission(concurrency: usize, queue: usize) -> Admission {
        let edge = EdgeSettings {
            concurrency,
            queue,
            queue_deadline: Duration::from_secs(1),
            ..EdgeSettings::default()
        };
        Admission::new(&GatewaySettings {
            edge,
            ..GatewaySettings::default()
        })
    }

    async fn enter(admission: &Admission, caller: Account) -> Result<Ticket, Refused> {
        admission.turn(admission.enter(caller, PLACES)?).await
    }

    fn caller(number: u8) -> Account {
        Account::Address(IpAddr::from([192, 0, 2, number]))
    }

    fn load(running: usize, waiting: usize) -> Load {
        Load { running, waiting }
    }

    #[tokio::test]
    async fn a_caller_has_a_largest_number_of_requests_and_is_forgotten_without_any() {
        let admission = admission(8, 8);
        let first = enter(&admission, caller(1)).await.unwrap();
        let _second = enter(&admission, caller(1)).await.unwrap();
        let refused = enter(&admission, caller(1)).await.unwrap_err();
        assert_eq!(refused, Refused::Caller { limit: 2 });
        let other = enter(&admission, caller(2)).await.unwrap();
        drop((first, other));
        assert_eq!(admission.load(), load(1, 0));
        assert_eq!(admission.callers.lock().unwrap().len(), 1);
        assert!(enter(&admission, caller(1)).await.is_ok());
    }

    #[tokio::test]
    async fn requests_that_wait_run_in_the_order_in_which_they_came() {
        let admission = admission(1, 2);
        let running = enter(&admission, caller(1)).await.unwrap();
        let mut first = Box::pin(enter(&admission, caller(2)));
        let mut second = Box::pin(enter(&admission, caller(3)));
        assert!((&mut first).now_or_never().is_none());
        assert!((&mut second).now_or_never().is_none());
        assert_eq!(admission.load(), load(1, 2));
        let too_many = enter(&admission, caller(4)).await;
        assert_eq!(too_many.unwrap_err(), Refused::Server);
        drop(running);
        assert!((&mut second).now_or_never().is_none());
        let first = (&mut first).now_or_never().unwrap().unwrap();
        assert_eq!(admission.load(), load(1, 1));
        drop(first);
        assert!((&mut second).now_or_never().unwrap().is_ok());
        assert_eq!(admission.load(), load(0, 0));
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_longer_than_the_deadline() {
        let admission = admission(1, 8);
        let _running = enter(&admission, caller(1)).await.unwrap();
        let before = tokio::time::Instant::now();
        let refused = enter(&admission, caller(2)).await.unwrap_err();
        assert_eq!(refused, Refused::Server);
        assert_eq!(before.elapsed().as_secs(), 1);
        assert_eq!(admission.load(), load(1, 0));
        assert_eq!(admission.callers.lock().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn whoever_leaves_the_line_is_not_counted_any_more() {
        let admission = admission(1, 8);
        let _running = enter(&admission, caller(1)).await.unwrap();
        let mut waiting = Box::pin(enter(&admission, caller(2)));
        assert!((&mut waiting).now_or_never().is_none());
        drop(waiting);
        assert_eq!(admission.load(), load(1, 0));
        assert_eq!(admission.callers.lock().unwrap().len(), 1);
    }
}
