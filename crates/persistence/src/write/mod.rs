//! Writes: one transaction at a time, in domain values.
//!
//! Each module holds the statements of one aggregate. Lists are written with one statement per
//! table, so that storing a role takes a fixed and small number of them.

mod category;
mod change;
mod child;
mod link;
mod role;
mod row;
mod skill;
mod slug;
mod source;
mod trusted_document;

use domain::change::NewChange;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    ModelTrait,
};

pub use category::CategoryNode;
pub use child::RoleChildren;
pub use link::RoleLinks;
pub use role::RoleRecord;
pub use slug::SlugScope;

use crate::PersistenceError;

type Result<T> = std::result::Result<T, PersistenceError>;

/// Rows of one statement: SQLite takes 32,766 values at most, and the widest table has 18 columns.
const ROWS_PER_STATEMENT: usize = 1_000;

/// One transaction on the writer; dropped without a commit, it leaves nothing behind.
#[derive(Debug)]
pub struct Transaction {
    inner: DatabaseTransaction,
}

impl Transaction {
    pub(crate) fn new(inner: DatabaseTransaction) -> Self {
        Self { inner }
    }

    /// Resolves relations, appends `changes` to the change sequence and commits.
    ///
    /// The changes come last and under a lock, so that commits appear in the order of their
    /// changes: a reader that has seen one change has missed none before it.
    pub async fn commit(self, changes: &[NewChange]) -> Result<()> {
        self.lock_changes().await?;
        self.update_relation_targets(changes).await?;
        self.insert_changes(changes).await?;
        Ok(self.inner.commit().await?)
    }

    /// Ends the transaction as if it had never been.
    pub async fn rollback(self) -> Result<()> {
        Ok(self.inner.rollback().await?)
    }

    async fn insert_all<M, A>(&self, rows: Vec<M>) -> Result<()>
    where
        M: ModelTrait + IntoActiveModel<A>,
        A: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
    {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk = rows.by_ref().take(ROWS_PER_STATEMENT);
            M::Entity::insert_many(chunk.map(IntoActiveModel::into_active_model))
                .exec_without_returning(&self.inner)
                .await?;
        }
        Ok(())
    }
}
