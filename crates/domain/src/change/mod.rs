//! The change sequence: one row per committed change, in commit order.

mod aspect;
mod tag;

use uuid::Uuid;

use crate::access::Author;
use crate::id::{CategoryId, ConceptId, Id as _, RoleId, SchemeId, SkillId, SourceId};
use crate::text_enum::text_enum;
use crate::{Slug, Timestamp};

pub use aspect::Aspects;
pub use tag::{Tag, Tags};

text_enum! {
    /// What a change row is about.
    pub enum ChangeEntity {
        /// A role with all its children.
        Role = "ROLE",
        /// A category.
        Category = "CATEGORY",
        /// A skill.
        Skill = "SKILL",
        /// A source.
        Source = "SOURCE",
        /// A concept of an outside scheme.
        Concept = "CONCEPT",
        /// An outside scheme.
        Scheme = "SCHEME",
    }
}

text_enum! {
    /// What happened.
    pub enum ChangeOp {
        /// The entity is new.
        Created = "CREATED",
        /// The entity changed.
        Updated = "UPDATED",
        /// The entity became visible to everyone.
        Published = "PUBLISHED",
        /// The entity is no longer visible to everyone.
        Unpublished = "UNPUBLISHED",
        /// The entity is gone; the row stays as its tombstone.
        Deleted = "DELETED",
    }
}

impl ChangeEntity {
    /// The id of such an entity as clients know it.
    #[must_use]
    pub fn id(self, uuid: Uuid) -> String {
        match self {
            Self::Role => RoleId::from_uuid(uuid).to_string(),
            Self::Category => CategoryId::from_uuid(uuid).to_string(),
            Self::Skill => SkillId::from_uuid(uuid).to_string(),
            Self::Source => SourceId::from_uuid(uuid).to_string(),
            Self::Concept => ConceptId::from_uuid(uuid).to_string(),
            Self::Scheme => SchemeId::from_uuid(uuid).to_string(),
        }
    }
}

/// A change before it has its place in the sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChange<'a> {
    /// When it happened.
    pub at: Timestamp,
    /// What it is about.
    pub entity: ChangeEntity,
    /// The id of the entity, without prefix.
    pub id: Uuid,
    /// What happened.
    pub op: ChangeOp,
    /// What of the entity looks different from outside.
    pub aspects: Aspects,
    /// The revision of the entity after the change; 1 for entities without revisions.
    pub revision: u32,
    /// Who did it.
    pub author: Author<'a>,
}

/// What a change touched, for whoever has to know whether an answer is still right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    /// What the change is about.
    pub entity: ChangeEntity,
    /// The id of the entity, without prefix.
    pub id: Uuid,
    /// What of the entity looks different from outside.
    pub aspects: Aspects,
    /// The slugs that may lead elsewhere than before.
    pub slugs: Vec<Slug>,
}

impl Touch {
    /// The names of everything that was touched.
    pub fn tags(&self) -> impl Iterator<Item = Tag> {
        let lists = self
            .aspects
            .each()
            .map(|aspect| Tag::list(self.entity, aspect));
        [Tag::EVERYTHING, Tag::of_uuid(self.entity, self.id)]
            .into_iter()
            .chain(lists)
            .chain(self.slugs.iter().map(Tag::slug))
    }
}
