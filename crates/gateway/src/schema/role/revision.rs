//! What a role said whenever it was published.

use std::borrow::Cow;

use async_graphql::{Object, OneofObject};
use domain::read::{AsOf, RevisionTree};
use gateway_macros::written;

use super::Role;
use crate::error::ApiError;
use crate::schema::connection::Listed;
use crate::schema::nullable;
use crate::schema::scalar::DateTime;

/// Names a state of the past of one role.
#[derive(OneofObject)]
pub(super) enum RoleAsOf {
    /// The revision with this number.
    Revision(i32),
    /// Whatever everyone saw at this moment.
    Time(DateTime),
}

impl From<RoleAsOf> for AsOf {
    fn from(as_of: RoleAsOf) -> Self {
        match as_of {
            RoleAsOf::Revision(number) => Self::Revision(revision(number)),
            RoleAsOf::Time(DateTime(moment)) => Self::Time(moment),
        }
    }
}

/// A revision as a client sends it; no role has one below 1.
pub(super) fn revision(number: i32) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// A revision of a role that everyone could see.
pub(crate) struct RoleRevision<'t>(Cow<'t, RevisionTree>);

impl<'t> From<Cow<'t, RevisionTree>> for RoleRevision<'t> {
    fn from(revision: Cow<'t, RevisionTree>) -> Self {
        Self(revision)
    }
}

impl Listed for RoleRevision<'_> {
    const CONNECTION: &'static str = "RoleRevisionConnection";
    const CONNECTION_DESCRIPTION: &'static str = "A page of the history of a role.";
    const EDGE: &'static str = "RoleRevisionEdge";
    const EDGE_DESCRIPTION: &'static str = "A revision of a role and its place in the history.";
}

/// A revision of a role that everyone could see. Revisions of drafts are not kept, and one that is
/// kept never changes.
#[written]
#[Object]
impl RoleRevision<'_> {
    /// The number of the revision.
    fn revision(&self) -> u32 {
        self.0.revision
    }

    /// When it was written, and everyone saw it from then on.
    fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// When the role was withdrawn in this state; null while everyone sees it, and when another
    /// revision took its place.
    fn withdrawn_at(&self) -> Option<DateTime> {
        self.0.withdrawn_at.map(DateTime)
    }

    /// Who wrote it: the name of a key, or of a command such as `import`. Null for callers without
    /// the scope `roles:write`, and in whatever everybody is told alike, such as the results of
    /// searches.
    fn actor(&self) -> Option<&str> {
        self.0.actor.as_deref()
    }

    /// The title that the role had.
    fn title(&self) -> &str {
        &self.0.title
    }

    /// The role as it was. The categories, skills and roles that it led to are shown as they are
    /// now, without those that are gone or that the caller may not see. Null when the revision
    /// cannot be read.
    fn role(&self) -> Option<Result<Role<'_>, ApiError>> {
        let role = self.0.role.get();
        nullable(role.map(|tree| Role(Cow::Borrowed(tree))))
    }
}
