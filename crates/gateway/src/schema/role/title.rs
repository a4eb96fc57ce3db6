//! Other names of a role.

use std::borrow::Cow;

use async_graphql::{Enum, Object};
use gateway_macros::{Written, written};

use crate::cost;
use crate::schema::connection::Listed;

/// Another name of a role.
pub(crate) struct RoleTitle<'t>(Cow<'t, domain::role::RoleTitle>);

impl<'t> From<Cow<'t, domain::role::RoleTitle>> for RoleTitle<'t> {
    fn from(title: Cow<'t, domain::role::RoleTitle>) -> Self {
        Self(title)
    }
}

impl Listed for RoleTitle<'_> {
    const CONNECTION: &'static str = "RoleTitleConnection";
    const CONNECTION_DESCRIPTION: &'static str = "A page of the other names of a role.";
    const EDGE: &'static str = "RoleTitleEdge";
    const EDGE_DESCRIPTION: &'static str = "Another name of a role and its place in a list.";
}

/// Another name of a role.
#[written]
#[Object]
impl RoleTitle<'_> {
    /// The name.
    fn text(&self) -> &str {
        &self.0.text
    }

    /// What sort of name it is.
    fn kind(&self) -> TitleKind {
        self.0.kind.into()
    }

    /// A short form of the name, such as "CEO"; null when the source gives none.
    fn short_form(&self) -> Option<&str> {
        self.0.short_form.as_deref()
    }

    /// Whether people in the role have told the source that they are called so.
    fn reported(&self) -> bool {
        self.0.reported
    }

    /// Whether the source shows the name to people who look for work.
    fn featured(&self) -> bool {
        self.0.featured
    }

    /// Where the source has the name from, by its own codes; empty when it does not say.
    #[graphql(directive = cost::BoundedList::apply())]
    fn sources(&self) -> Vec<&str> {
        self.0.sources.iter().map(String::as_str).collect()
    }
}

/// What sort of name a title is.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::TitleKind")]
pub(super) enum TitleKind {
    /// The name that is used first.
    Preferred,
    /// Another usual name.
    Alternate,
    /// A name to find the role by, not to show.
    Hidden,
    /// A short form.
    Abbreviation,
    /// The name for one gender.
    GenderedForm,
    /// A name of the past.
    Former,
}
