//! What a role was: its revisions that were published, and what differs between them.

use super::parts::{Merge, RoleParts};
use super::tree::{Part, RoleTree};
use crate::Timestamp;
use crate::role::RoleDiff;

/// Names a state of the past of one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// The revision with this number.
    Revision(u32),
    /// Whatever everyone saw at this moment.
    Time(Timestamp),
}

/// What is wanted of a revision; its scalars always come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RevisionParts {
    /// The role as it was.
    pub role: Option<Box<RoleParts>>,
}

impl Merge for RevisionParts {
    fn merge(&mut self, other: Self) {
        let Self { role } = other;
        self.role.merge(role);
    }
}

/// A revision of a role that was published, with the parts that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionTree {
    /// The number of the revision.
    pub revision: u32,
    /// When it was written.
    pub at: Timestamp,
    /// When the role was withdrawn in this state; `None` while it is not, and when another revision
    /// followed first.
    pub withdrawn_at: Option<Timestamp>,
    /// Who wrote it; `None` for readers who may not know.
    pub actor: Option<String>,
    /// The title that the role had.
    pub title: String,
    /// The role as it was.
    pub role: Part<Box<RoleTree>>,
}

/// Two states of a role that are to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiffRequest {
    /// The revision to compare from.
    pub from: u32,
    /// The revision to compare to; `None` for the role as it stands in the tree.
    pub to: Option<u32>,
}

/// What differs between two states of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The revision that was compared from.
    pub from: u32,
    /// The revision that was compared to.
    pub to: u32,
    /// What differs.
    pub diff: RoleDiff,
}

/// Comparisons that were asked for; `None` where a revision is not there.
pub type Comparisons = Vec<(DiffRequest, Option<Comparison>)>;

impl Merge for Vec<DiffRequest> {
    fn merge(&mut self, other: Self) {
        for request in other {
            if !self.contains(&request) {
                self.push(request);
            }
        }
    }
}
