//! A transaction that writes, on either engine.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

#[cfg(feature = "sqlite")]
use super::sqlite::Turn;
use crate::PersistenceError;

/// A transaction that writes; dropped without a commit, it leaves nothing behind.
#[derive(Debug)]
pub(crate) enum Writing {
    /// A transaction with a commit of its own.
    Alone(DatabaseTransaction),
    /// A turn on the one connection that writes.
    #[cfg(feature = "sqlite")]
    Turn(Turn),
}

impl Writing {
    /// Commits; `durable` is called when the commit is durable, before anybody is told of it.
    pub(crate) async fn commit(
        self,
        durable: impl FnOnce() + Send + 'static,
    ) -> Result<(), PersistenceError> {
        match self {
            Self::Alone(transaction) => {
                let committed = transaction.commit().await;
                committed.map_err(PersistenceError::of_commit)?;
                durable();
                Ok(())
            }
            #[cfg(feature = "sqlite")]
            Self::Turn(turn) => turn.keep(Box::new(durable)).await,
        }
    }

    /// Ends the transaction as if it had never been.
    pub(crate) async fn rollback(self) -> Result<(), PersistenceError> {
        match self {
            Self::Alone(transaction) => Ok(transaction.rollback().await?),
            #[cfg(feature = "sqlite")]
            Self::Turn(turn) => {
                drop(turn);
                Ok(())
            }
        }
    }

    fn transaction(&self) -> Result<&DatabaseTransaction, DbErr> {
        match self {
            Self::Alone(transaction) => Ok(transaction),
            #[cfg(feature = "sqlite")]
            Self::Turn(turn) => turn.line(),
        }
    }

    fn note<T>(&self, outcome: Result<T, DbErr>) -> Result<T, DbErr> {
        match self {
            Self::Alone(_) => outcome,
            #[cfg(feature = "sqlite")]
            Self::Turn(turn) => turn.note(outcome),
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Writing {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Alone(transaction) => transaction.get_database_backend(),
            #[cfg(feature = "sqlite")]
            Self::Turn(_) => DbBackend::Sqlite,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.note(self.transaction()?.execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.note(self.transaction()?.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.note(self.transaction()?.query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.note(self.transaction()?.query_all_raw(statement).await)
    }
}
