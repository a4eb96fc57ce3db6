//! The change sequence: one row per committed change, in commit order.

use uuid::Uuid;

use crate::Timestamp;
use crate::text_enum::text_enum;

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

/// A change before it has its place in the sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChange {
    /// When it happened.
    pub at: Timestamp,
    /// What it is about.
    pub entity: ChangeEntity,
    /// The id of the entity, without prefix.
    pub id: Uuid,
    /// What happened.
    pub op: ChangeOp,
    /// The revision of the entity after the change; 1 for entities without revisions.
    pub revision: u32,
    /// Who did it: `import`, `demo` or the name of a key.
    pub actor: String,
}
