//! Related roles.

use std::borrow::Cow;

use async_graphql::{Enum, Object};
use gateway_macros::{Written, written};

use super::Role;
use crate::cost;
use crate::schema::connection::Listed;

/// Another role and how it relates.
pub(crate) struct RelatedRole<'t>(Cow<'t, domain::read::RelatedRole>);

impl<'t> From<Cow<'t, domain::read::RelatedRole>> for RelatedRole<'t> {
    fn from(related: Cow<'t, domain::read::RelatedRole>) -> Self {
        Self(related)
    }
}

impl Listed for RelatedRole<'_> {
    const CONNECTION: &'static str = "RelatedRoleConnection";
    const CONNECTION_DESCRIPTION: &'static str = "A page of a list of related roles.";
    const EDGE: &'static str = "RelatedRoleEdge";
    const EDGE_DESCRIPTION: &'static str = "A related role and its place in a list.";
}

/// Another role and how it relates to the one that names it.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl RelatedRole<'_> {
    /// How the other role relates.
    fn kind(&self) -> RelationKind {
        self.0.kind.into()
    }

    /// How near the other role is; null when the source does not rank related roles.
    fn nearness(&self) -> Option<Nearness> {
        self.0.nearness.map(Into::into)
    }

    /// The other role.
    fn role(&self) -> Role<'_> {
        Role(Cow::Borrowed(&self.0.role))
    }
}

/// How near another role is, as far as its source ranks them.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::Nearness")]
pub(super) enum Nearness {
    /// The other role is among the nearest few.
    Nearest,
    /// The other role is among the next ones.
    Near,
    /// The other role is further away.
    Further,
}

/// How one role relates to another.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::RelationKind")]
pub(super) enum RelationKind {
    /// The work is similar.
    Similar,
    /// The other role is broader.
    Broader,
    /// The other role is narrower.
    Narrower,
    /// The other role is a next step.
    CareerNext,
    /// This role specialises the other.
    Specialises,
    /// Both are the same role under two names.
    SameAs,
}
