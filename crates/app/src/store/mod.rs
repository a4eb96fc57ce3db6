//! Storing roles in one transaction, with everything they refer to.

mod aspect;
mod category;
mod category_edit;
mod concept;
mod document;
mod edit;
mod import;
mod role;
mod skill;
mod skill_edit;
mod slug;
mod source;

use std::collections::HashMap;

use domain::access::Author;
use domain::change::{Aspects, ChangeEntity, ChangeOp, NewChange};
use domain::id::{Id, IdSource, SkillId};
use domain::role::Role;
use domain::source::Source;
use domain::{Locale, Slug, Timestamp};
use persistence::{KnownRole, Transaction};

use category::CategoryTree;
use document::DocumentName;

use crate::{AppError, StoreOptions};

pub use concept::StoredConcept;
pub(crate) use document::Document;

/// A transaction that stores roles, the changes it has made so far, and what it knows of the
/// catalogue.
pub(crate) struct Store<'a> {
    pub(crate) transaction: Transaction,
    pub(crate) ids: &'a dyn IdSource,
    pub(crate) now: Timestamp,
    author: Author<'a>,
    changes: Vec<NewChange<'a>>,
    /// Whether the transaction notes what came out of it.
    pub(crate) notes_outcome: bool,
    /// The roles that documents were stored as.
    documents: HashMap<DocumentName, KnownRole>,
    /// Whether slugs of roles are held.
    slugs: HashMap<(Locale, Slug), bool>,
    /// By name.
    sources: HashMap<String, Source>,
    categories: CategoryTree,
    /// By sort key; `None` for those that are not there.
    skills: HashMap<String, Option<SkillId>>,
}

impl<'a> Store<'a> {
    pub(crate) fn new(
        transaction: Transaction,
        ids: &'a dyn IdSource,
        now: Timestamp,
        author: Author<'a>,
    ) -> Self {
        Self {
            transaction,
            ids,
            now,
            author,
            changes: Vec::new(),
            notes_outcome: false,
            documents: HashMap::new(),
            slugs: HashMap::new(),
            sources: HashMap::new(),
            categories: CategoryTree::default(),
            skills: HashMap::new(),
        }
    }

    /// Commits, unless nothing changed or nothing was to be written.
    pub(crate) async fn end(self, options: StoreOptions<'_>) -> Result<(), AppError> {
        let is_idle = self.changes.is_empty() && !self.notes_outcome;
        if options.dry_run || is_idle {
            self.transaction.rollback().await?;
        } else {
            self.transaction.commit(&self.changes).await?;
        }
        Ok(())
    }

    /// Ends as if nothing had been done.
    pub(crate) async fn give_up(self) -> Result<(), AppError> {
        Ok(self.transaction.rollback().await?)
    }

    /// Notes that an entity without revisions is new.
    fn created(&mut self, entity: ChangeEntity, id: impl Id) {
        self.changed(entity, id, ChangeOp::Created, Aspects::MEMBERSHIP);
    }

    /// Notes a change of an entity without revisions.
    fn changed(&mut self, entity: ChangeEntity, id: impl Id, op: ChangeOp, aspects: Aspects) {
        self.changes.push(NewChange {
            at: self.now,
            entity,
            id: id.uuid(),
            op,
            aspects,
            revision: 1,
            author: self.author,
        });
    }

    /// Notes a change that led to a revision of a role.
    fn revised(&mut self, role: &Role, op: ChangeOp, aspects: Aspects) {
        self.changes.push(NewChange {
            at: self.now,
            entity: ChangeEntity::Role,
            id: role.id.uuid(),
            op,
            aspects,
            revision: role.revision,
            author: self.author,
        });
    }
}
