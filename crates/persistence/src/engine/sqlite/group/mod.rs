//! One writer, many transactions: those that wait for each other share one commit.
//!
//! A commit has to wait until the disk has it, which takes longer than most transactions do. So a
//! task owns the connection that writes and lends it out, in the order in which it was asked for:
//!
//! 1. The first who asks gets the connection after `BEGIN IMMEDIATE`.
//! 2. Whoever has finished gives it back and waits. While others have asked in the meantime, the
//!    next one gets it behind a savepoint, so that giving up, failing, panicking or being cancelled
//!    takes back what the last one did and nothing else.
//! 3. When nobody has asked, or the group is large or old enough, one `COMMIT` makes all of them
//!    durable. Only then is each of them told, and what it left for that moment is done, in the
//!    order of the group.
//!
//! A transaction that is alone costs the same statements as ever and no savepoint. When the commit
//! fails, or SQLite has taken back the whole transaction because of one statement (a full disk),
//! everybody in the group is told so and nothing of them is there.

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, TransactionTrait};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::{DatabaseSettings, PersistenceError};

/// Transactions that may wait for the connection; more are refused.
const QUEUE: usize = 1_024;

type Result<T> = std::result::Result<T, PersistenceError>;

/// What is done when a transaction is durable.
pub(crate) type Durable = Box<dyn FnOnce() + Send>;

/// Whoever writes stands in line here; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Writers {
    desk: Arc<Mutex<Option<Desk>>>,
    /// How long a transaction waits for its turn.
    wait: Duration,
    /// Whether a lock of another program is waited for at the moment.
    locked_out: Arc<AtomicBool>,
}

/// The task that lends out the connection, and the way to it.
#[derive(Debug)]
struct Desk {
    queue: mpsc::Sender<Request>,
    lender: JoinHandle<()>,
}

/// Somebody who waits for a turn.
type Request = oneshot::Sender<Result<Turn>>;

/// The connection, lent for one transaction; what was done is taken back unless it is kept.
pub(crate) struct Turn {
    loan: Option<Loan>,
    /// Why a statement failed: SQLite may have taken back more than this statement.
    failure: Mutex<Option<DbErr>>,
}

/// The connection and the way back. Transactions of SeaORM are not used beyond being the only way
/// to hold on to a connection of a pool: after SQLite has rolled back by itself, the driver would
/// still believe in the transaction.
struct Loan {
    line: DatabaseTransaction,
    back: oneshot::Sender<Returned>,
}

/// What comes back.
struct Returned {
    line: DatabaseTransaction,
    outcome: Outcome,
}

/// What becomes of what was done in a turn.
enum Outcome {
    Kept(Kept),
    /// It is taken back; if a statement failed, the group may have failed with it.
    GivenUp(Option<DbErr>),
}

/// A transaction that waits for the commit of its group.
struct Kept {
    durable: Durable,
    told: oneshot::Sender<Result<()>>,
}

impl Writers {
    /// Starts the task that lends out the connection of a pool of one.
    pub(super) fn start(writer: DatabaseConnection, settings: &DatabaseSettings) -> Self {
        let (queue, requests) = mpsc::channel(QUEUE);
        let locked_out = Arc::<AtomicBool>::default();
        let lender = Lender {
            writer,
            requests,
            locked_out: Arc::clone(&locked_out),
            most: settings.transactions_per_commit,
            longest: settings.commit_delay,
        };
        let lender = tokio::spawn(lender.serve());
        Self {
            desk: Arc::new(Mutex::new(Some(Desk { queue, lender }))),
            wait: settings.acquire_timeout,
            locked_out,
        }
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

    /// Lets those finish who have asked, and gives the connection back to its pool.
    pub(crate) async fn close(&self) {
        let desk = self.desk().take();
        if let Some(Desk { queue, lender }) = desk {
            drop(queue);
            // Nobody cancels the task, and there is nothing to hear from it.
            let _ = lender.await;
        }
    }

    fn queue(&self) -> Result<mpsc::Sender<Request>> {
        let desk = self.desk();
        let queue = desk.as_ref().map(|desk| desk.queue.clone());
        queue.ok_or_else(closed)
    }

    fn desk(&self) -> MutexGuard<'_, Option<Desk>> {
        lock(&self.desk)
    }
}

/// The value behind a lock, which is never half changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn closed() -> PersistenceError {
    PersistenceError::unavailable("the database is closed")
}

impl Turn {
    /// The connection, for statements.
    pub(crate) fn line(&self) -> std::result::Result<&DatabaseTransaction, DbErr> {
        let loan = self.loan.as_ref();
        loan.map(|loan| &loan.line)
            .ok_or_else(|| DbErr::Custom("the turn to write is over".to_owned()))
    }

    /// Notes what came of a statement.
    pub(crate) fn note<T>(
        &self,
        outcome: std::result::Result<T, DbErr>,
    ) -> std::result::Result<T, DbErr> {
        if let Err(error) = &outcome {
            lock(&self.failure).get_or_insert_with(|| error.clone());
        }
        outcome
    }

    /// Keeps what was done and waits until it is durable, together with the rest of the group.
    pub(crate) async fn keep(mut self, durable: Durable) -> Result<()> {
        let failure = lock(&self.failure).clone();
        if let Some(error) = failure {
            return Err(error.into());
        }
        let Some(Loan { line, back }) = self.loan.take() else {
            return Err(closed());
        };
        let (told, news) = oneshot::channel();
        let outcome = Outcome::Kept(Kept { durable, told });
        // When the lender is gone, the connection is, too: it rolls back, and nobody is told.
        let _ = back.send(Returned { line, outcome });
        news.await.unwrap_or_else(|_gone| {
            Err(PersistenceError::OutcomeUnknown(DbErr::Custom(
                "the database was closed during a commit".to_owned(),
            )))
        })
    }
}

impl fmt::Debug for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Turn").finish_non_exhaustive()
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(Loan { line, back }) = self.loan.take() {
            let outcome = Outcome::GivenUp(lock(&self.failure).take());
            let _ = back.send(Returned { line, outcome });
        }
    }
}

/// Owns the connection and lends it out.
struct Lender {
    writer: DatabaseConnection,
    requests: mpsc::Receiver<Request>,
    locked_out: Arc<AtomicBool>,
    /// Transactions that share a commit at most.
    most: usize,
    /// How long a group takes in others at most.
    longest: Duration,
}

/// A group that grows.
struct Group {
    line: DatabaseTransaction,
    kept: Vec<Kept>,
    began: Instant,
    /// Whether what comes next stands behind a savepoint.
    marked: bool,
}

impl Lender {
    async fn serve(mut self) {
        let mut line = None;
        while let Some(request) = self.next().await {
            let taken = match line.take() {
                Some(taken) => Ok(taken),
                None => self.take_line().await,
            };
            match taken {
                Ok(taken) => line = self.group(taken, request).await,
                Err(error) => drop(request.send(Err(error))),
            }
        }
    }

    /// The next who still waits.
    async fn next(&mut self) -> Option<Request> {
        loop {
            let request = self.requests.recv().await?;
            if !request.is_closed() {
                return Some(request);
            }
        }
    }

    /// The next who waits already.
    fn next_at_once(&mut self) -> Option<Request> {
        loop {
            let request = self.requests.try_recv().ok()?;
            if !request.is_closed() {
                return Some(request);
            }
        }
    }

    /// Whether others may still join. A group of nobody is over: its transaction ends with it.
    fn may_grow(&self, group: &Group) -> bool {
        let Group { kept, began, .. } = group;
        !kept.is_empty() && kept.len() < self.most && began.elapsed() < self.longest
    }

    /// Takes the connection out of its pool, without a transaction.
    async fn take_line(&self) -> Result<DatabaseTransaction> {
        let line = self.writer.begin().await?;
        line.execute_unprepared("ROLLBACK").await?;
        Ok(line)
    }

    /// Runs one group; returns the connection if it can still be used.
    async fn group(
        &mut self,
        line: DatabaseTransaction,
        first: Request,
    ) -> Option<DatabaseTransaction> {
        self.locked_out.store(true, Ordering::Relaxed);
        let begun = line.execute_unprepared("BEGIN IMMEDIATE").await;
        self.locked_out.store(false, Ordering::Relaxed);
        if let Err(error) = begun {
            // Whatever SQLite left open is not wanted; usually that is nothing.
            let _ = line.execute_unprepared("ROLLBACK").await;
            let error = PersistenceError::from(error);
            let usable = !matches!(error, PersistenceError::Unavailable(_));
            drop(first.send(Err(error)));
            return usable.then_some(line);
        }
        let mut group = Group {
            line,
            kept: Vec::new(),
            began: Instant::now(),
            marked: false,
        };
        let mut next = Some(first);
        while let Some(request) = next {
            group = match group.lend(request).await {
                Ok(group) => group,
                Err(line) => return line,
            };
            next = if self.may_grow(&group) {
                self.next_at_once()
            } else {
                None
            };
            if next.is_some()
                && let Err(error) = group.mark().await
            {
                let line = group.fail(&error).await;
                drop(next.map(|request| request.send(Err(error.into()))));
                return Some(line);
            }
        }
        Some(group.commit().await)
    }
}

impl Group {
    /// Lends the connection out once; without a group it has failed, and there may be a connection.
    async fn lend(
        self,
        request: Request,
    ) -> std::result::Result<Self, Option<DatabaseTransaction>> {
        let Self {
            line,
            mut kept,
            began,
            marked,
        } = self;
        let (back, returned) = oneshot::channel();
        let turn = Turn {
            loan: Some(Loan { line, back }),
            failure: Mutex::default(),
        };
        // Whoever has gone away in the meantime gives the turn back by dropping it.
        drop(request.send(Ok(turn)));
        // A turn always comes back. If it did not, its connection would have rolled back.
        let Returned { line, outcome } = returned.await.map_err(|_gone| None)?;
        let failure = match outcome {
            Outcome::Kept(last) => {
                kept.push(last);
                None
            }
            Outcome::GivenUp(failure) => Some(failure),
        };
        let group = Self {
            line,
            kept,
            began,
            marked,
        };
        if let Some(failure) = failure
            && group.marked
            && let Err(gone) = group.line.execute_unprepared("ROLLBACK TO turn").await
        {
            // The savepoint is gone with everything before it: SQLite has taken back all.
            return Err(Some(group.fail(&failure.unwrap_or(gone)).await));
        }
        Ok(group)
    }

    /// Sets the savepoint behind everything that is kept.
    async fn mark(&mut self) -> std::result::Result<(), DbErr> {
        let statement = if self.marked {
            "RELEASE turn; SAVEPOINT turn"
        } else {
            "SAVEPOINT turn"
        };
        self.line.execute_unprepared(statement).await?;
        self.marked = true;
        Ok(())
    }

    /// Makes what is kept durable and tells everybody.
    async fn commit(self) -> DatabaseTransaction {
        if self.kept.is_empty() {
            let _ = self.line.execute_unprepared("ROLLBACK").await;
            return self.line;
        }
        match self.line.execute_unprepared("COMMIT").await {
            Ok(_done) => {
                for Kept { durable, told } in self.kept {
                    durable();
                    // An error means that nobody waits any more; the transaction stays.
                    let _ = told.send(Ok(()));
                }
                self.line
            }
            Err(error) => self.fail(&error).await,
        }
    }

    /// Takes everything back and tells everybody.
    async fn fail(self, error: &DbErr) -> DatabaseTransaction {
        // Usually SQLite has done so.
        let _ = self.line.execute_unprepared("ROLLBACK").await;
        for Kept { told, .. } in self.kept {
            let _ = told.send(Err(error.clone().into()));
        }
        self.line
    }
}
