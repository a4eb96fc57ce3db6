//! The change feed: what was committed, in the order of the commits.

mod connection;
mod event;
mod query;
mod role;
mod subscription;

use async_graphql::{Enum, ID, Object};
use domain::id::{CategoryId, ConceptId, Id as _, RoleId, SchemeId, SkillId};
use domain::read::Part;
use gateway_macros::{Written, written};

use super::node::{Found, Node, NodeId};
use super::scalar::{DateTime, int};
use crate::cache::Reading;
use crate::error::ApiError;
use crate::plan::NodeParts;

pub(crate) use event::{AnyEvent, AnyTelling};
pub(crate) use query::ChangeQuery;
pub(crate) use role::RoleChange;
pub(crate) use subscription::{Subscription, open};

/// What a change is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Enum, Written)]
#[graphql(remote = "domain::change::ChangeEntity")]
pub(crate) enum ChangeEntity {
    /// A role with everything that belongs to it.
    Role,
    /// A category.
    Category,
    /// A skill.
    Skill,
    /// A source of texts; it cannot be looked up as a node.
    Source,
    /// A concept of an outside scheme.
    Concept,
    /// An outside scheme.
    Scheme,
}

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::change::ChangeOp")]
pub(crate) enum ChangeOp {
    /// It is new.
    Created,
    /// It says something else than before.
    Updated,
    /// Everyone sees it from now on.
    Published,
    /// Only editors see it from now on.
    Unpublished,
    /// It is gone for good: the change is its tombstone.
    Deleted,
}

/// A change that was committed.
pub(crate) struct Change {
    change: domain::read::Change,
    node: Part<Option<Node>>,
}

impl Change {
    /// Changes, with what has changed as far as that is wanted: one statement for each kind.
    async fn of_all(
        changes: Vec<domain::read::Change>,
        parts: Option<&NodeParts>,
        reads: &Reading,
    ) -> Result<Vec<Self>, ApiError> {
        let found = match parts {
            Some(parts) => {
                let ids: Vec<NodeId> = changes.iter().filter_map(node_id).collect();
                Some(Found::load(reads, ids, parts).await?)
            }
            None => None,
        };
        let node = |change: &domain::read::Change| match &found {
            Some(found) => Part::Loaded(node_id(change).and_then(|id| found.node(id))),
            None => Part::NotLoaded,
        };
        let changes = changes.into_iter().map(|change| Self {
            node: node(&change),
            change,
        });
        Ok(changes.collect())
    }
}

/// A committed change of something that has an id. Changes are told in the order of their commits,
/// each once, and never change themselves.
#[written]
#[Object]
impl Change {
    /// Marks the place of the change: give it back as `after` to go on behind it.
    fn cursor(&self) -> String {
        self.place()
    }

    /// What kind of thing has changed.
    fn entity(&self) -> ChangeEntity {
        self.change.entity.into()
    }

    /// The id of what has changed, also when it is gone.
    fn entity_id(&self) -> ID {
        ID(self.change.entity.id(self.change.id))
    }

    /// What happened.
    fn op(&self) -> ChangeOp {
        self.change.op.into()
    }

    /// The revision after the change; 1 for what has no revisions.
    fn revision(&self) -> i32 {
        int(self.change.revision)
    }

    /// When it happened.
    fn at(&self) -> DateTime {
        DateTime(self.change.at)
    }

    /// What has changed, as it is now and not as it was then; null when it is gone, not public or
    /// a source.
    fn node(&self) -> Option<Result<&Node, ApiError>> {
        match self.change_node() {
            Ok(node) => node.map(Ok),
            Err(error) => Some(Err(error)),
        }
    }
}

impl Change {
    fn place(&self) -> String {
        self.change.place.to_string()
    }

    fn change_node(&self) -> Result<Option<&Node>, ApiError> {
        Ok(self.node.get()?.as_ref())
    }
}

/// What a change is about, when that can be looked up.
fn node_id(change: &domain::read::Change) -> Option<NodeId> {
    let id = change.id;
    match ChangeEntity::from(change.entity) {
        ChangeEntity::Role => Some(NodeId::Role(RoleId::from_uuid(id))),
        ChangeEntity::Category => Some(NodeId::Category(CategoryId::from_uuid(id))),
        ChangeEntity::Skill => Some(NodeId::Skill(SkillId::from_uuid(id))),
        ChangeEntity::Concept => Some(NodeId::Concept(ConceptId::from_uuid(id))),
        ChangeEntity::Scheme => Some(NodeId::Scheme(SchemeId::from_uuid(id))),
        ChangeEntity::Source => None,
    }
}
