//! What waits to be sent on a socket, within bounds.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::time::Duration;

use actix_web::web::Bytes;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use super::close::Close;
use crate::http::budget::{Budget, Share};

/// What waits to be sent on a socket. One thread owns it, as it does the socket.
///
/// Whoever makes messages waits for room first, so that a slow client slows down what it asked
/// for; a client that leaves no room for too long loses its socket. Few messages, of which clients
/// cannot cause many, are put in without waiting.
pub(super) struct Outbox {
    state: RefCell<State>,
    /// Rings when there is something to send, and when there is room.
    changed: Notify,
    sending: Budget,
    limits: Limits,
}

/// When there is no room any more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// With so many messages.
    pub(super) messages: usize,
    /// With so many bytes.
    pub(super) bytes: usize,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<(Frame, Option<Share>)>,
    bytes: usize,
    /// Since when there is no room.
    full_since: Option<Instant>,
    /// How the socket ends, once that is known.
    close: Option<Close>,
}

/// What is sent.
#[derive(Clone, Debug)]
pub(super) enum Frame {
    /// A message.
    Text(Bytes),
    /// A sign of life of ours.
    Ping,
    /// The answer to a sign of life of the client.
    Pong(Bytes),
}

impl Frame {
    fn len(&self) -> usize {
        match self {
            Self::Text(bytes) | Self::Pong(bytes) => bytes.len(),
            Self::Ping => 0,
        }
    }
}

impl Outbox {
    /// An empty one; what waits in it counts among all that is being sent.
    pub(super) fn new(limits: Limits, sending: Budget) -> Self {
        Self {
            state: RefCell::default(),
            changed: Notify::new(),
            sending,
            limits,
        }
    }

    /// Puts something in, whether or not there is room.
    pub(super) fn put(&self, frame: Frame) {
        let share = self.sending.take(frame.len());
        if share.is_none() {
            return self.close(Close::Overload);
        }
        let mut state = self.state.borrow_mut();
        if state.close.is_some() {
            return;
        }
        state.bytes += frame.len();
        state.waiting.push_back((frame, share));
        if self.is_full(&state) {
            state.full_since.get_or_insert_with(Instant::now);
        }
        drop(state);
        self.changed.notify_waiters();
    }

    /// Waits until there is room.
    pub(super) async fn room(&self) {
        self.until(|state| (!self.is_full(state)).then_some(()))
            .await;
    }

    /// Waits until there is something to send. It stays here until [`Self::sent`].
    pub(super) async fn first(&self) -> Frame {
        self.until(|state| Some(state.waiting.front()?.0.clone()))
            .await
    }

    /// What was first has been sent.
    pub(super) fn sent(&self) {
        let mut state = self.state.borrow_mut();
        if let Some((frame, _share)) = state.waiting.pop_front() {
            state.bytes -= frame.len();
        }
        if !self.is_full(&state) {
            state.full_since = None;
        }
        drop(state);
        self.changed.notify_waiters();
    }

    /// Waits until everything has been sent.
    pub(super) async fn empty(&self) {
        self.until(|state| state.waiting.is_empty().then_some(()))
            .await;
    }

    /// Waits until there has been no room for too long.
    pub(super) async fn stuck(&self, patience: Duration) {
        loop {
            let since = self.until(|state| state.full_since).await;
            sleep_until(since + patience).await;
            if self.state.borrow().full_since == Some(since) {
                return;
            }
        }
    }

    /// Decides how the socket ends, unless that is decided already.
    pub(super) fn close(&self, close: Close) {
        self.state.borrow_mut().close.get_or_insert(close);
        self.changed.notify_waiters();
    }

    /// Waits until it is decided how the socket ends.
    pub(super) async fn closed(&self) -> Close {
        self.until(|state| state.close).await
    }

    async fn until<T>(&self, ready: impl Fn(&State) -> Option<T>) -> T {
        loop {
            // Listening comes before looking, so that no ring is missed.
            let changed = self.changed.notified();
            if let Some(value) = ready(&self.state.borrow()) {
                return value;
            }
            changed.await;
        }
    }

    fn is_full(&self, state: &State) -> bool {
        state.waiting.len() >= self.limits.messages || state.bytes >= self.limits.bytes
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(5);

    fn outbox(messages: usize, bytes: usize) -> Outbox {
        Outbox::new(Limits { messages, bytes }, Budget::of(100))
    }

    fn text(bytes: usize) -> Frame {
        Frame::Text(vec![b'a'; bytes].into())
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_leaves_no_room_is_stuck_after_a_while() {
        for outbox in [outbox(2, 100), outbox(100, 2)] {
            outbox.put(text(1));
            outbox.room().now_or_never().unwrap();
            outbox.put(text(1));
            assert!(outbox.room().now_or_never().is_none());
            let began = Instant::now();
            outbox.stuck(PATIENCE).await;
            assert_eq!(began.elapsed(), PATIENCE);
            outbox.sent();
            outbox.room().now_or_never().unwrap();
            assert!(outbox.stuck(PATIENCE).now_or_never().is_none());
        }
    }

    #[tokio::test]
    async fn what_is_first_stays_until_it_was_sent() {
        let outbox = outbox(5, 100);
        assert!(outbox.first().now_or_never().is_none());
        outbox.put(text(3));
        for _ in 0..2 {
            assert!(outbox.first().now_or_never().is_some());
        }
        assert!(outbox.empty().now_or_never().is_none());
        outbox.sent();
        outbox.empty().now_or_never().unwrap();
    }

    #[tokio::test]
    async fn what_the_server_has_no_room_for_ends_the_socket() {
        let outbox = outbox(5, 1_000);
        outbox.put(text(90));
        assert!(outbox.closed().now_or_never().is_none());
        outbox.put(text(20));
        outbox.close(Close::Normal);
        assert_eq!(outbox.closed().now_or_never(), Some(Close::Overload));
    }
}
