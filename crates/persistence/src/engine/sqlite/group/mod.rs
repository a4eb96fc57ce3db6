//! One writer, many transactions: those that wait for each other share one commit.
//!
//! A commit has to wait until the disk has it, which takes longer than most transactions do. So
//! there is one connection that writes, which goes from hand to hand in the order in which it was
//! asked for:
//!
//! 1. A thread owns it (`lender`). The first who asks gets it after `BEGIN IMMEDIATE`.
//! 2. Whoever has finished passes it on and waits. While others have asked in the meantime, the
//!    next one gets it behind a savepoint, so that giving up, failing, panicking or being cancelled
//!    takes back what the last one did and nothing else.
//! 3. When nobody has asked, or the group is large or old enough, the connection goes back to the
//!    thread. What each has left to be done before its commit is done once for all of them, and one
//!    `COMMIT` makes them durable. Only then is each of them told, and what it left for that moment
//!    is done, in the order of the group.
//!
//! A transaction that is alone costs the same statements as ever and no savepoint. When the commit
//! fails, or SQLite has taken back the whole transaction because of one statement (a full disk),
//! everybody in the group is told so and nothing of them is there.

mod lender;
#[cfg(test)]
mod tests;
mod turn;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender};
use tokio::sync::oneshot;

use super::line::{Line, Opening};
use crate::engine::{CommitTimes, Finish, Left};
use crate::{DatabaseSettings, PersistenceError};
use lender::Lender;

pub(crate) use turn::Turn;

/// Transactions that may wait for the connection; more are refused.
const QUEUE: usize = 1_024;
/// A group with so many roles to be indexed takes in nobody else: indexing them takes longer than
/// everything else, and those who come later wait for it.
const MOST_ROLES: usize = 32;

type Result<T> = std::result::Result<T, PersistenceError>;

/// Whoever writes stands in line here; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Writers {
    desk: Arc<Mutex<Option<Desk>>>,
    /// How long a transaction waits for its turn.
    wait: Duration,
    /// Whether a lock of another program is waited for at the moment.
    locked_out: Arc<AtomicBool>,
    /// The log beside the file.
    wal: PathBuf,
}

/// The thread that lends out the connection, and the way to it.
#[derive(Debug)]
struct Desk {
    queue: Sender<Request>,
    lender: JoinHandle<()>,
}

/// Somebody who waits for a turn.
type Request = oneshot::Sender<Result<Turn>>;

/// Those who wait, in the order in which they have asked.
#[derive(Clone)]
struct Queue(Receiver<Request>);

/// A group that grows: transactions on one connection that share a commit.
struct Group {
    line: Line,
    kept: Vec<Kept>,
    began: Instant,
    /// Whether what comes next stands behind a savepoint.
    marked: bool,
    size: GroupSize,
    queue: Queue,
    /// Where the connection goes when nobody else joins.
    back: Sender<Group>,
}

/// How large a group may become.
#[derive(Clone, Copy)]
struct GroupSize {
    /// Transactions that share a commit at most.
    most: usize,
    /// How long a group takes in others at most.
    longest: Duration,
}

/// A transaction that waits for the commit of its group.
struct Kept {
    left: Left,
    told: oneshot::Sender<Result<()>>,
}

impl Writers {
    /// Starts the thread that lends out the connection to a file.
    pub(super) fn start(
        path: &Path,
        settings: &DatabaseSettings,
        commits: Arc<CommitTimes>,
        finish: Finish,
    ) -> Result<Self> {
        let opening = Opening::new(path, settings);
        let line = opening.open()?;
        let (queue, requests) = crossbeam_channel::bounded(QUEUE);
        let locked_out = Arc::<AtomicBool>::default();
        let size = GroupSize {
            most: settings.transactions_per_commit,
            longest: settings.commit_delay,
        };
        let lender = Lender {
            opening,
            size,
            queue: Queue(requests),
            locked_out: Arc::clone(&locked_out),
            commits,
            finish,
        };
        let lender = std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || lender.serve(line))
            .map_err(|error| {
                let problem = format!("the thread that writes cannot be started: {error}");
                PersistenceError::unavailable(&problem)
            })?;
        Ok(Self {
            desk: Arc::new(Mutex::new(Some(Desk { queue, lender }))),
            wait: settings.acquire_timeout,
            locked_out,
            wal: beside(path, "-wal"),
        })
    }

    /// How many wait for a turn.
    pub(crate) fn queued(&self) -> usize {
        lock(&self.desk).as_ref().map_or(0, |desk| desk.queue.len())
    }

    /// The size of the log; 0 while there is none.
    pub(crate) fn wal_bytes(&self) -> u64 {
        std::fs::metadata(&self.wal).map_or(0, |file| file.len())
    }

    /// The next turn.
    pub(crate) async fn turn(&self) -> Result<Turn> {
        let (request, turn) = oneshot::channel();
        let sent = self.queue()?.try_send(request);
        sent.map_err(|_full| PersistenceError::unavailable("too many writes are waiting"))?;
        match tokio::time::timeout(self.wait, turn).await {
            Ok(Ok(turn)) => turn,
            Ok(Err(_closed)) => Err(closed()),
            Err(_late) if self.locked_out.load(Ordering::Relaxed) => Err(PersistenceError::busy(
                "another program holds the lock of the file",
            )),
            Err(_late) => Err(PersistenceError::unavailable(
                "no turn to write came up in time",
            )),
        }
    }

    /// Lets those finish who have asked, and closes the connection.
    pub(crate) async fn close(&self) {
        let desk = lock(&self.desk).take();
        if let Some(Desk { queue, lender }) = desk {
            drop(queue);
            // The thread ends by itself, and there is nothing to hear from it.
            let _ = tokio::task::spawn_blocking(|| lender.join()).await;
        }
    }

    fn queue(&self) -> Result<Sender<Request>> {
        let desk = lock(&self.desk);
        let queue = desk.as_ref().map(|desk| desk.queue.clone());
        queue.ok_or_else(closed)
    }
}

impl Queue {
    /// The next who still waits; `None` when nobody can ask any more.
    fn next(&self) -> Option<Request> {
        self.0.iter().find(|request| !request.is_closed())
    }

    /// The next who waits already.
    fn next_at_once(&self) -> Option<Request> {
        self.0.try_iter().find(|request| !request.is_closed())
    }
}

/// The path of a file that SQLite keeps beside another one.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The value behind a lock, which is never half changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn closed() -> PersistenceError {
    PersistenceError::unavailable("the database is closed")
}
