//! One transaction's time with the connection, and how it goes from hand to hand.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Mutex;

use sea_orm::{DbErr, Statement};
use tokio::sync::oneshot;

use super::{Group, GroupSize, Kept, Line, MOST_ROLES, Request, Result, closed, lock};
use crate::PersistenceError;
use crate::engine::{Left, Rows};
use crate::error::refused;

/// The connection, lent for one transaction; what was done is taken back unless it is kept.
pub(crate) struct Turn(Mutex<Lent>);

/// What a transaction has of its group.
struct Lent {
    /// The group so far; gone when the turn is over.
    group: Option<Group>,
    /// Why a statement failed: SQLite may have taken back more than this statement.
    failure: Option<DbErr>,
}

impl Turn {
    pub(super) fn new(group: Group) -> Self {
        Self(Mutex::new(Lent {
            group: Some(group),
            failure: None,
        }))
    }

    /// The group with what was done, and why a statement of it failed.
    pub(super) fn into_group(self) -> Option<(Group, Option<DbErr>)> {
        let mut lent = lock(&self.0);
        Some((lent.group.take()?, lent.failure.take()))
    }

    /// The rows of a statement.
    pub(crate) fn rows(&self, statement: Statement) -> Result<Rows> {
        self.with(|line| line.rows(statement))
    }

    /// Runs a statement that brings nothing back.
    pub(crate) fn execute(&self, statement: Statement) -> Result<()> {
        self.with(|line| line.execute(statement))
    }

    /// Runs statements that are not kept prepared and bring nothing back.
    pub(crate) fn batch(&self, sql: &str) -> Result<()> {
        self.with(|line| line.batch(sql))
    }

    /// The roles that those before have left to be indexed.
    pub(crate) fn left_by_others(&self) -> BTreeSet<i64> {
        let lent = lock(&self.0);
        let kept = lent.group.iter().flat_map(|group| &group.kept);
        kept.flat_map(|kept| kept.left.roles.iter().copied())
            .collect()
    }

    /// Does something with the connection, and notes when it fails.
    fn with<T>(&self, work: impl FnOnce(&Line) -> rusqlite::Result<T>) -> Result<T> {
        let mut lent = lock(&self.0);
        let group = lent.group.as_ref().ok_or_else(closed)?;
        work(&group.line).map_err(|error| {
            let error = refused(error);
            lent.failure.get_or_insert_with(|| error.clone());
            error.into()
        })
    }

    /// Keeps what was done and waits until it is durable, together with the rest of the group.
    pub(crate) async fn keep(self, left: Left) -> Result<()> {
        let news = self.pass_on(left)?;
        // When the lender is gone, the connection is, too: it has rolled back.
        news.await.unwrap_or_else(|_gone| {
            Err(PersistenceError::OutcomeUnknown(DbErr::Custom(
                "the database was closed during a commit".to_owned(),
            )))
        })
    }

    /// Leaves what was done to the group, whose fate is told.
    fn pass_on(self, left: Left) -> Result<oneshot::Receiver<Result<()>>> {
        let mut lent = lock(&self.0);
        if let Some(error) = &lent.failure {
            return Err(error.clone().into());
        }
        let mut group = lent.group.take().ok_or_else(closed)?;
        let (told, news) = oneshot::channel();
        group.kept.push(Kept { left, told });
        group.pass_on();
        Ok(news)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let lent = self.0.get_mut();
        let lent = lent.unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(group) = lent.group.take() {
            group.give_up(lent.failure.take());
        }
    }
}

impl fmt::Debug for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Turn").finish_non_exhaustive()
    }
}

impl Group {
    /// Lends the connection to somebody, or to the next one if that one has gone away.
    pub(super) fn lend(self, request: Request) {
        // Whoever goes away in the meantime gives the turn back by dropping it.
        drop(request.send(Ok(Turn::new(self))));
    }

    /// Lends the connection to the next who waits, behind everything that is kept, or gives it back.
    fn pass_on(mut self) {
        let next = if self.may_grow() {
            self.queue.next_at_once()
        } else {
            None
        };
        match next {
            None => self.give_back(),
            Some(request) => match self.mark() {
                Ok(()) => self.lend(request),
                Err(error) => {
                    self.fail(&error).give_back();
                    drop(request.send(Err(error.into())));
                }
            },
        }
    }

    /// Takes back what was done last; if a statement failed, the group may have failed with it.
    fn give_up(self, failure: Option<DbErr>) {
        if !self.marked {
            // The group has nobody else, and ends with this transaction.
            return self.give_back();
        }
        match self.line.step("ROLLBACK TO turn") {
            Ok(()) => self.pass_on(),
            // The savepoint is gone with everything before it: SQLite has taken back all.
            Err(gone) => {
                let error = failure.unwrap_or_else(|| refused(gone));
                self.fail(&error).give_back();
            }
        }
    }

    fn give_back(self) {
        let back = self.back.clone();
        // When nobody takes it, the connection is closed, and rolls back.
        let _ = back.send(self);
    }

    /// Whether others may still join. A group of nobody is over: its transaction ends with it.
    fn may_grow(&self) -> bool {
        let GroupSize { most, longest } = self.size;
        let roles: usize = self.kept.iter().map(|kept| kept.left.roles.len()).sum();
        let has_room = self.kept.len() < most && roles < MOST_ROLES;
        !self.kept.is_empty() && has_room && self.began.elapsed() < longest
    }

    /// Sets the savepoint behind everything that is kept.
    fn mark(&mut self) -> std::result::Result<(), DbErr> {
        if self.marked {
            self.line.step("RELEASE turn").map_err(refused)?;
        }
        self.line.step("SAVEPOINT turn").map_err(refused)?;
        self.marked = true;
        Ok(())
    }

    /// Takes everything back and tells everybody; the group is empty afterwards.
    pub(super) fn fail(mut self, error: &DbErr) -> Self {
        // Usually SQLite has done so.
        let _ = self.line.batch("ROLLBACK");
        for Kept { told, .. } in self.kept.drain(..) {
            let _ = told.send(Err(error.clone().into()));
        }
        self
    }
}
