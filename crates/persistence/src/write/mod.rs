//! Writes: one transaction at a time, in domain values.
//!
//! Each module holds the statements of one aggregate. Lists are written with one statement per
//! table, those of new roles for many roles at once.

mod access;
mod audit;
mod category;
mod category_edit;
mod change;
mod child;
mod concept;
mod edit;
mod former;
mod idempotency;
mod identity;
mod import;
mod link;
mod pending;
mod prune;
mod revision;
mod role;
mod row;
mod scheme;
mod search;
mod skill;
mod skill_edit;
mod slug;
mod source;
mod trusted_document;

use std::collections::BTreeSet;

use domain::audit::NewEntry;
use domain::change::NewChange;
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, DbBackend, EntityTrait, IntoActiveModel, ModelTrait,
    QueryTrait, Select, Statement, StatementBuilder, TryIntoModel,
};

pub use category::CategoryNode;
pub use category_edit::{CategoryFit, CategoryUse, PlacedCategory};
pub use child::RoleChildren;
pub use concept::{ConceptRecord, KnownConcept};
pub use former::Called;
pub use idempotency::{Attempt, Recorded};
pub use link::RoleLinks;
pub use role::{KnownRole, RoleRecord};
pub(crate) use search::{INDEX_VERSION, bands, stored_kind, unpack};
pub use skill_edit::SpelledSkill;
pub use slug::SlugScope;

use crate::PersistenceError;
use crate::change::ChangeClock;
use crate::engine::{Finished, Left, Rows, Writing};
use crate::sql::Sql;

use change::Numbered;
use pending::NewRole;
use row::{Keyed, RowKeys};

type Result<T> = std::result::Result<T, PersistenceError>;

/// Brings the index in line with the roles that transactions have touched that share a commit.
pub(crate) fn finish(inner: Writing, touched: BTreeSet<i64>) -> Finished {
    // Nobody learns of a commit by this clock.
    let mut transaction = Transaction::new(inner, ChangeClock::starting_at(0));
    transaction.touched = touched;
    Box::pin(async move {
        let indexed = transaction.index_touched().await;
        (transaction.inner, indexed)
    })
}

/// Rows of one statement: SQLite takes 32,766 values at most, and the widest table has 27 columns.
const ROWS_PER_STATEMENT: usize = 1_000;
/// The same for rows with keys: roles are long, and more of them at once leave the caches of the
/// processor before they are written.
const KEYED_ROWS_PER_STATEMENT: usize = 16;

/// One transaction on the writer; dropped without a commit, it leaves nothing behind.
#[derive(Debug)]
pub struct Transaction {
    inner: Writing,
    keys: RowKeys,
    pending: Vec<NewRole>,
    /// The keys of the roles that the index has to look at again.
    touched: BTreeSet<i64>,
    /// Whether relations lead elsewhere than before for another reason than what changes say.
    leads_elsewhere: bool,
    clock: ChangeClock,
}

impl Transaction {
    pub(crate) fn new(inner: Writing, clock: ChangeClock) -> Self {
        Self {
            inner,
            keys: RowKeys::default(),
            pending: Vec::new(),
            touched: BTreeSet::new(),
            leads_elsewhere: false,
            clock,
        }
    }

    /// Brings the index up to date, resolves relations, appends `changes` to the change sequence and commits.
    ///
    /// The changes come last and under a lock, so that commits appear in the order of their
    /// changes: a reader that has seen one change has missed none before it. When this returns,
    /// the clock knows them, so that nobody who is told of the commit is shown anything older.
    /// The audit log gets an entry for each change. Returns the catalogue version that the commit
    /// led to.
    pub async fn commit(self, changes: &[NewChange<'_>]) -> Result<u64> {
        self.commit_audited(changes, &[]).await
    }

    /// The same with further entries for the audit log.
    pub async fn commit_audited(
        mut self,
        changes: &[NewChange<'_>],
        entries: &[NewEntry<'_>],
    ) -> Result<u64> {
        self.insert_pending().await?;
        self.lock_changes().await?;
        if !self.inner.is_finished_together() {
            self.index_touched().await?;
        }
        self.update_relation_targets(changes).await?;
        self.update_concept_targets(changes).await?;
        let touches = self.touches(changes).await?;
        let numbered = self.insert_changes(changes, &touches).await?;
        self.insert_audit(changes, &numbered, entries).await?;
        let Self {
            inner,
            clock,
            touched,
            ..
        } = self;
        let Numbered { first, last, .. } = numbered;
        let durable = move || {
            if first <= last {
                clock.apply(first, last, &touches);
            }
        };
        let left = Left {
            roles: touched,
            durable: Box::new(durable),
        };
        inner.commit(left).await?;
        Ok(last)
    }

    /// Ends the transaction as if it had never been.
    pub async fn rollback(self) -> Result<()> {
        self.inner.rollback().await
    }

    async fn insert_all<M, A>(&self, rows: Vec<M>) -> Result<()>
    where
        M: ModelTrait + IntoActiveModel<A>,
        A: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
    {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk = rows.by_ref().take(ROWS_PER_STATEMENT);
            let chunk = chunk.map(IntoActiveModel::into_active_model);
            self.execute(M::Entity::insert_many(chunk)).await?;
        }
        Ok(())
    }

    /// Adds rows whose keys the database gives out, and notes these by the ids of the rows.
    async fn insert_keyed<M, A>(&mut self, rows: Vec<M>) -> Result<()>
    where
        M: Keyed + IntoActiveModel<A>,
        A: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
    {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk = rows.by_ref().take(KEYED_ROWS_PER_STATEMENT).map(|row| {
                let mut row = row.into_active_model();
                row.not_set(M::KEY);
                row
            });
            let mut insert = M::Entity::insert_many(chunk).into_query();
            // Neither engine promises the order in which it returns rows.
            insert.returning(Query::returning().columns([M::UUID, M::KEY]));
            for row in self.ask(self.backend().build(&insert)).await?.iter() {
                let uuid = row::uuid(M::TABLE, row.text(0).unwrap_or_default())?;
                self.keys.note(uuid, row.integer(1).unwrap_or_default());
            }
        }
        Ok(())
    }

    /// What a query of SeaORM brings back.
    async fn select<Q: QueryTrait>(&self, query: Q) -> Result<Rows>
    where
        Q::QueryStatement: StatementBuilder,
    {
        self.ask(self.backend().build(&query.into_query())).await
    }

    /// All rows that are selected of a table.
    async fn all<E: EntityTrait>(&self, select: Select<E>) -> Result<Vec<E::Model>>
    where
        E::ActiveModel: TryIntoModel<E::Model>,
    {
        let rows = self.select(select).await?;
        rows.iter().map(row::model::<E>).collect()
    }

    /// The row that is selected of a table, if it is there.
    async fn one<E: EntityTrait>(&self, select: Select<E>) -> Result<Option<E::Model>>
    where
        E::ActiveModel: TryIntoModel<E::Model>,
    {
        Ok(self.all(select).await?.into_iter().next())
    }

    /// Runs a statement of SeaORM that brings nothing back.
    async fn execute<Q: QueryTrait>(&self, write: Q) -> Result<()>
    where
        Q::QueryStatement: StatementBuilder,
    {
        let statement = self.backend().build(&write.into_query());
        self.inner.execute(statement).await
    }

    /// The rows that a statement brings back.
    async fn rows(&self, write: impl FnOnce(&mut Sql)) -> Result<Rows> {
        let mut sql = Sql::new(self.backend());
        write(&mut sql);
        let statement = sql.finish()?.statement;
        self.ask(statement).await
    }

    /// The rows that a finished statement brings back.
    async fn ask(&self, statement: Statement) -> Result<Rows> {
        self.inner.rows(statement).await
    }

    /// Runs a statement that brings nothing back.
    async fn run(&self, write: impl FnOnce(&mut Sql)) -> Result<()> {
        let mut sql = Sql::new(self.backend());
        write(&mut sql);
        self.inner.execute(sql.finish()?.statement).await
    }

    /// Keeps other transactions from changing rows before this one ends; SQLite has one writer
    /// anyway.
    async fn lock_rows(&self, table: &str, which: impl FnOnce(&mut Sql)) -> Result<()> {
        if self.backend() == DbBackend::Postgres {
            self.run(|sql| {
                sql.push(&format!("SELECT id FROM {table} WHERE "));
                which(sql);
                // Transactions that wait for each other's rows do so in one order.
                sql.push(" ORDER BY id FOR UPDATE");
            })
            .await?;
        }
        Ok(())
    }

    /// The engine, for the words of its SQL.
    fn backend(&self) -> DbBackend {
        self.inner.backend()
    }
}
