//! What waits to be sent on a socket, within bounds.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use actix_web::web::Bytes;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use super::close::Close;
use super::frame::Frame;
use crate::http::budget::{Budget, Share};

/// What waits to be sent on a socket. One thread owns it, as it does the socket. The connection
/// takes a frame when it has sent what it took before, so that this is all that waits.
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
    /// Whether nothing comes any more.
    is_finished: bool,
    /// The connection, when it waits for something to send.
    connection: Option<Waker>,
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
        if state.is_finished {
            return;
        }
        state.bytes += frame.len();
        state.waiting.push_back((frame, share));
        if self.is_full(&state) {
            state.full_since.get_or_insert_with(Instant::now);
        }
        state.wake();
        drop(state);
        self.changed.notify_waiters();
    }

    /// Puts the last frame in, if there is one, behind what waits or in place of it.
    pub(super) fn finish(&self, last: Option<Frame>, in_place: bool) {
        let mut state = self.state.borrow_mut();
        if in_place {
            state.waiting.clear();
            state.bytes = 0;
        }
        if let Some(last) = last {
            state.bytes += last.len();
            state.waiting.push_back((last, None));
        }
        state.is_finished = true;
        state.wake();
    }

    /// Gives the connection what it is to send next.
    pub(super) fn poll(&self, task: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let mut state = self.state.borrow_mut();
        let Some((frame, _share)) = state.waiting.pop_front() else {
            if state.is_finished {
                return Poll::Ready(None);
            }
            state.connection = Some(task.waker().clone());
            return Poll::Pending;
        };
        state.bytes -= frame.len();
        if !self.is_full(&state) {
            state.full_since = None;
        }
        drop(state);
        self.changed.notify_waiters();
        Poll::Ready(Some(frame.encoded()))
    }

    /// Waits until there is room.
    pub(super) async fn room(&self) {
        self.until(|state| (!self.is_full(state)).then_some(()))
            .await;
    }

    /// Waits until the connection has taken everything.
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

impl State {
    fn wake(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection.wake();
        }
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

    /// What the connection gets.
    fn next(outbox: &Outbox) -> Poll<Option<Bytes>> {
        outbox.poll(&mut Context::from_waker(Waker::noop()))
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
            assert!(next(&outbox).is_ready());
            outbox.room().now_or_never().unwrap();
            assert!(outbox.stuck(PATIENCE).now_or_never().is_none());
        }
    }

    #[tokio::test]
    async fn the_last_frame_stands_behind_what_waits_or_in_place_of_it() {
        for (in_place, frames) in [(false, 2), (true, 1)] {
            let outbox = outbox(5, 100);
            assert!(next(&outbox).is_pending());
            outbox.put(text(3));
            outbox.finish(Some(Frame::Close(1000, "")), in_place);
            outbox.put(text(4));
            for _ in 0..frames {
                assert!(outbox.empty().now_or_never().is_none());
                assert!(matches!(next(&outbox), Poll::Ready(Some(_))));
            }
            outbox.empty().now_or_never().unwrap();
            assert_eq!(next(&outbox), Poll::Ready(None));
        }
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
