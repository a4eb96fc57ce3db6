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
mod source;

use std::collections::HashSet;

use domain::Slug;
use domain::change::NewChange;
use sea_orm::sea_query::IntoCondition;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, ModelTrait, QueryFilter, QuerySelect,
};

pub use category::CategoryNode;
pub use child::RoleChildren;
pub use link::RoleLinks;
pub use role::RoleRecord;

use self::row::corrupt;
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

    async fn insert_all<M, A>(&self, rows: impl IntoIterator<Item = M>) -> Result<()>
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

    /// Which of `candidates` stand in a column of slugs.
    async fn held_slugs<C: ColumnTrait>(
        &self,
        column: C,
        scope: impl IntoCondition,
        candidates: &[Slug],
    ) -> Result<HashSet<Slug>>
    where
        C::EntityName: EntityTrait,
    {
        let scope = scope.into_condition();
        let mut held = HashSet::new();
        for chunk in candidates.chunks(ROWS_PER_STATEMENT) {
            let found: Vec<String> = C::EntityName::find()
                .select_only()
                .column(column)
                .filter(scope.clone())
                .filter(column.is_in(chunk.iter().map(Slug::as_str)))
                .into_tuple()
                .all(&self.inner)
                .await?;
            for slug in found {
                held.insert(Slug::parse(&slug).map_err(|error| corrupt("slug", &slug, &error))?);
            }
        }
        Ok(held)
    }
}
