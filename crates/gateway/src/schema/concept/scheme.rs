//! Outside schemes.

use std::borrow::Cow;

use async_graphql::{ID, Object};
use domain::concept::Release;
use domain::read::SchemeTree;
use gateway_macros::written;

use super::Concept;
use super::filter::{ConceptFilter, ConceptsArguments};
use crate::cost;
use crate::error::ApiError;
use crate::schema::connection::{Connection, Listed, PageArguments};
use crate::schema::role::DatePrecision;
use crate::schema::scalar::{Date, DateTime};

/// An outside scheme of concepts.
pub(crate) struct Scheme<'t>(pub(crate) Cow<'t, SchemeTree>);

impl<'t> From<Cow<'t, SchemeTree>> for Scheme<'t> {
    fn from(tree: Cow<'t, SchemeTree>) -> Self {
        Self(tree)
    }
}

impl Listed for Scheme<'_> {
    const CONNECTION: &'static str = "SchemeConnection";
    const CONNECTION_DESCRIPTION: &'static str = "A page of a list of schemes.";
    const EDGE: &'static str = "SchemeEdge";
    const EDGE_DESCRIPTION: &'static str = "A scheme and its place in a list.";
}

/// An outside scheme of concepts, such as O*NET-SOC, ESCO or ISCO-08, as far as it was imported.
#[written]
#[Object]
impl Scheme<'_> {
    /// The id of the scheme; it never changes.
    pub(crate) async fn id(&self) -> ID {
        self.0.scheme.id.to_string().into()
    }

    /// The key of the scheme, such as `onet-soc`; it never changes.
    fn key(&self) -> &str {
        &self.0.scheme.key
    }

    /// The name of the scheme.
    fn name(&self) -> &str {
        &self.0.scheme.name
    }

    /// Where the scheme is published; null when it is not known.
    fn homepage(&self) -> Option<&str> {
        self.0.scheme.homepage.as_deref()
    }

    /// The SPDX identifier of the licence of its texts; null when it is not known.
    fn licence(&self) -> Option<&str> {
        self.0.scheme.licence.as_deref()
    }

    /// The credit line that must be shown with its texts; null when none is asked for.
    fn attribution(&self) -> Option<&str> {
        self.0.scheme.attribution.as_deref()
    }

    /// What the addresses of its concepts begin with; null when it is not known.
    fn uri_prefix(&self) -> Option<&str> {
        self.0.scheme.uri_prefix.as_deref()
    }

    /// The releases that were imported, the newest one first.
    #[graphql(directive = cost::BoundedList::apply())]
    fn releases(&self) -> Vec<SchemeRelease<'_>> {
        self.0.scheme.releases.iter().map(SchemeRelease).collect()
    }

    /// The concepts of the scheme, by code. Codes are texts: `10` comes before `9`.
    #[graphql(directive = cost::Page::apply())]
    fn concepts(
        &self,
        #[graphql(desc = "Which concepts; all of them when it is left out.")] filter: Option<
            ConceptFilter,
        >,
        #[graphql(desc = "The size of a page from the start: 0 to 100, 20 by default.")]
        first: Option<i32>,
        #[graphql(desc = "Start behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The size of a page from the end, in place of `first`: 0 to 100.")]
        last: Option<i32>,
        #[graphql(desc = "End before this cursor; goes together with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<'_, Concept<'_>>, ApiError> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        Connection::planned(&self.0.concepts, ConceptsArguments { filter, page })
    }
}

/// A release of a scheme.
pub(super) struct SchemeRelease<'t>(&'t Release);

/// A release of a scheme that was imported.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl SchemeRelease<'_> {
    /// The name of the release, such as `29.3`.
    fn name(&self) -> &str {
        &self.0.name
    }

    /// The day of the release; the first day of the period when only the month or the year is
    /// known, and null when nothing is known.
    fn released_on(&self) -> Option<Date> {
        Some(Date(self.0.released_on?.first_day()))
    }

    /// How precisely `releasedOn` is known; null when it is null.
    fn released_on_precision(&self) -> Option<DatePrecision> {
        Some(self.0.released_on?.precision().into())
    }

    /// When something of the release was imported for the first time.
    fn imported_at(&self) -> DateTime {
        DateTime(self.0.imported_at)
    }
}
