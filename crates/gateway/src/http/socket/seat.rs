//! How many sockets and streams there are, and when all of them have to go.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use crate::rate::Account;

/// The sockets and streams of all callers; cheap to clone.
#[derive(Clone)]
pub(in crate::http) struct Seats {
    taken: Arc<Mutex<HashMap<Account, usize>>>,
    leaving: watch::Sender<bool>,
}

/// The right to have a socket or a stream; dropping it makes room for another one.
pub(in crate::http) struct Seat {
    account: Account,
    taken: Arc<Mutex<HashMap<Account, usize>>>,
    leaving: watch::Receiver<bool>,
}

/// The caller has as many as it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) struct NoSeat {
    /// How many that are.
    pub(in crate::http) limit: usize,
}

impl Seats {
    /// Nobody is there yet.
    pub(in crate::http) fn new() -> Self {
        Self {
            taken: Arc::default(),
            leaving: watch::Sender::new(false),
        }
    }

    /// Gives a caller one of its seats.
    pub(in crate::http) fn take(&self, account: Account, limit: usize) -> Result<Seat, NoSeat> {
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = all.get(&account).copied().unwrap_or_default();
        if taken >= limit {
            return Err(NoSeat { limit });
        }
        all.insert(account, taken + 1);
        Ok(Seat {
            account,
            taken: Arc::clone(&self.taken),
            leaving: self.leaving.subscribe(),
        })
    }

    /// From now on everybody has to go.
    pub(in crate::http) fn leave(&self) {
        self.leaving.send_replace(true);
    }
}

impl Seat {
    /// Waits until everybody has to go.
    pub(in crate::http) async fn leaving(&self) {
        let mut leaving = self.leaving.clone();
        // When nobody could say so any more, it is time as well.
        let _told = leaving.wait_for(|leaving| *leaving).await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut taken) = all.entry(self.account) {
            if *taken.get() > 1 {
                *taken.get_mut() -= 1;
            } else {
                taken.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    #[tokio::test]
    async fn a_caller_has_a_largest_number_of_seats_until_all_have_to_go() {
        let seats = Seats::new();
        let caller = |last: u8| Account::Address(IpAddr::from([192, 0, 2, last]));
        let seat = seats.take(caller(1), 1).ok().unwrap();
        assert_eq!(seats.take(caller(1), 1).err(), Some(NoSeat { limit: 1 }));
        assert!(seats.take(caller(2), 1).is_ok());
        drop(seat);
        let seat = seats.take(caller(1), 1).ok().unwrap();
        seats.leave();
        seat.leaving().await;
    }
}
