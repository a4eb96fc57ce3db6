//! A transaction that writes, on either engine.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use sea_orm::{ConnectionTrait as _, DatabaseTransaction, DbBackend, Statement};
#[cfg(feature = "sqlite")]
use tokio::task::coop::consume_budget;

#[cfg(feature = "sqlite")]
use super::sqlite::Turn;
use super::{CommitTimes, Rows};
use crate::PersistenceError;

/// A transaction that writes; dropped without a commit, it leaves nothing behind.
#[derive(Debug)]
pub(crate) enum Writing {
    /// A transaction with a commit of its own.
    Alone(DatabaseTransaction, Arc<CommitTimes>),
    /// A turn on the one connection that writes. Its statements run where they are called, so that
    /// a long transaction lets others have the thread from time to time.
    #[cfg(feature = "sqlite")]
    Turn(Box<Turn>),
}

/// What a transaction leaves to be done around its commit.
pub(crate) struct Left {
    /// The keys of the roles that have to be indexed before; none when that was done.
    pub(crate) roles: BTreeSet<i64>,
    /// Called when the commit is durable, before anybody is told of it.
    pub(crate) durable: Box<dyn FnOnce() + Send>,
}

/// Indexes roles before the commit of transactions that share it.
pub(crate) type Finish = fn(Writing, BTreeSet<i64>) -> Finished;

/// The transaction in which roles were indexed, and what came of it.
pub(crate) type Finished =
    Pin<Box<dyn Future<Output = (Writing, Result<(), PersistenceError>)> + Send>>;

impl Writing {
    /// Whether what is left to be done before the commit is done for several transactions at once.
    pub(crate) fn is_finished_together(&self) -> bool {
        match self {
            Self::Alone(..) => false,
            #[cfg(feature = "sqlite")]
            Self::Turn(_) => true,
        }
    }

    /// The roles that transactions which share the commit have left to be indexed so far.
    pub(crate) fn left_by_others(&self) -> BTreeSet<i64> {
        match self {
            Self::Alone(..) => BTreeSet::new(),
            #[cfg(feature = "sqlite")]
            Self::Turn(turn) => turn.left_by_others(),
        }
    }

    /// Commits, and does what is left to be done.
    pub(crate) async fn commit(self, left: Left) -> Result<(), PersistenceError> {
        match self {
            Self::Alone(transaction, times) => {
                let begin = Instant::now();
                let committed = transaction.commit().await;
                committed.map_err(PersistenceError::of_commit)?;
                times.note(begin.elapsed());
                (left.durable)();
                Ok(())
            }
            #[cfg(feature = "sqlite")]
            Self::Turn(turn) => turn.keep(left).await,
        }
    }

    /// Ends the transaction as if it had never been.
    pub(crate) async fn rollback(self) -> Result<(), PersistenceError> {
        match self {
            Self::Alone(transaction, _) => Ok(transaction.rollback().await?),
            #[cfg(feature = "sqlite")]
            Self::Turn(turn) => {
                drop(turn);
                Ok(())
            }
        }
    }

    /// The rows of a statement.
    pub(crate) async fn rows(&self, statement: Statement) -> Result<Rows, PersistenceError> {
        match self {
            Self::Alone(transaction, _) => {
                Rows::of_pool(&transaction.query_all_raw(statement).await?)
            }
            #[cfg(feature = "sqlite")]
            Self::Turn(turn) => {
                consume_budget().await;
                turn.rows(statement)
            }
        }
    }

    /// Runs a statement that brings nothing back.
    pub(crate) async fn execute(&self, statement: Statement) -> Result<(), PersistenceError> {
        match self {
            Self::Alone(transaction, _) => {
                transaction.execute_raw(statement).await?;
                Ok(())
            }
            #[cfg(feature = "sqlite")]
            Self::Turn(turn) => {
                consume_budget().await;
                turn.execute(statement)
            }
        }
    }

    /// Runs statements that are not kept prepared and bring nothing back.
    pub(crate) async fn batch(&self, sql: &str) -> Result<(), PersistenceError> {
        match self {
            Self::Alone(transaction, _) => {
                transaction.execute_unprepared(sql).await?;
                Ok(())
            }
            #[cfg(feature = "sqlite")]
            Self::Turn(turn) => turn.batch(sql),
        }
    }

    /// The engine, for the words of its SQL.
    pub(crate) fn backend(&self) -> DbBackend {
        match self {
            Self::Alone(transaction, _) => transaction.get_database_backend(),
            #[cfg(feature = "sqlite")]
            Self::Turn(_) => DbBackend::Sqlite,
        }
    }
}
