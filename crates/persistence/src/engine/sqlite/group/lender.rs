//! The thread that owns the connection between groups, and makes them durable.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use sea_orm::DbErr;

use super::{Group, GroupSize, Kept, Line, Opening, Queue, Request, Turn};
use crate::PersistenceError;
use crate::engine::{CommitTimes, Finish, Writing};
use crate::error::refused;

/// Owns the connection and lends it out.
pub(super) struct Lender {
    pub(super) opening: Opening,
    pub(super) size: GroupSize,
    pub(super) queue: Queue,
    pub(super) locked_out: Arc<AtomicBool>,
    pub(super) commits: Arc<CommitTimes>,
    pub(super) finish: Finish,
}

impl Lender {
    /// Lends the connection out until nobody can ask any more.
    pub(super) fn serve(self, line: Line) {
        let mut line = Some(line);
        while let Some(request) = self.queue.next() {
            let opened = match line.take() {
                Some(line) => Ok(line),
                None => self.opening.open(),
            };
            match opened {
                // The panic hook has logged what happened. Those who were not told find out that
                // nobody knows, and a connection that is lost has rolled back.
                Ok(opened) => {
                    let ended = catch_unwind(AssertUnwindSafe(|| self.group(opened, request)));
                    line = ended.unwrap_or_default();
                }
                Err(error) => drop(request.send(Err(error.into()))),
            }
        }
        if let Some(line) = line
            && let Err(error) = line.batch("PRAGMA optimize")
        {
            // Another program may hold the lock; nothing is lost, the next end catches up.
            tracing::info!(%error, "the statistics of the database are not fresh");
        }
    }

    /// Runs one group; returns the connection if it can still be used.
    fn group(&self, line: Line, first: Request) -> Option<Line> {
        self.locked_out.store(true, Ordering::Relaxed);
        let begun = line.step("BEGIN IMMEDIATE");
        self.locked_out.store(false, Ordering::Relaxed);
        if let Err(error) = begun {
            // Whatever SQLite left open is not wanted; usually that is nothing.
            let _ = line.batch("ROLLBACK");
            let error = PersistenceError::from(error);
            let usable = !matches!(error, PersistenceError::Unavailable(_));
            drop(first.send(Err(error)));
            return usable.then_some(line);
        }
        let (back, returned) = crossbeam_channel::bounded(1);
        let group = Group {
            line,
            kept: Vec::new(),
            began: Instant::now(),
            marked: false,
            size: self.size,
            queue: self.queue.clone(),
            back,
        };
        group.lend(first);
        // A group always comes back. If it did not, its connection would have rolled back.
        returned.recv().ok()?.commit(self)
    }
}

impl Group {
    /// Makes what is kept durable and tells everybody.
    fn commit(self, lender: &Lender) -> Option<Line> {
        let group = self.finish(lender.finish)?;
        if group.kept.is_empty() {
            // What was not kept is taken back; after a failure SQLite has usually done so.
            let _ = group.line.batch("ROLLBACK");
            return Some(group.line);
        }
        let begin = Instant::now();
        match group.line.step("COMMIT") {
            Ok(()) => {
                lender.commits.note(begin.elapsed());
                for Kept { left, told } in group.kept {
                    (left.durable)();
                    // An error means that nobody waits any more; the transaction stays.
                    let _ = told.send(Ok(()));
                }
                Some(group.line)
            }
            Err(error) => Some(group.fail(&refused(error)).line),
        }
    }

    /// Does what was left to be done before the commit, once for all; when that fails, all of them
    /// have failed.
    fn finish(self, finish: Finish) -> Option<Self> {
        let roles = self.kept.iter().flat_map(|kept| &kept.left.roles);
        let roles: BTreeSet<i64> = roles.copied().collect();
        if roles.is_empty() {
            return Some(self);
        }
        let writing = Writing::Turn(Box::new(Turn::new(self)));
        let finished = at_once(finish(writing, roles))?;
        let (Writing::Turn(turn), outcome) = finished else {
            return None;
        };
        let (group, failure) = turn.into_group()?;
        Some(match outcome {
            Ok(()) => group,
            Err(error) => {
                let error = failure.unwrap_or_else(|| DbErr::Custom(error.to_string()));
                group.fail(&error)
            }
        })
    }
}

/// What comes of work that never waits, because its statements run where they are called.
fn at_once<T>(work: impl Future<Output = T>) -> Option<T> {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(work).poll(&mut context) {
        Poll::Ready(done) => Some(done),
        Poll::Pending => None,
    }
}
