//! The hits of a search, a page at a time.

use std::borrow::Cow;

use async_graphql::Object;
use domain::read::{Edge, NotLoaded};
use gateway_macros::written;
use search::request::{Found, Hit};

use super::facet::SearchFacets;
use super::highlight::Highlight;
use crate::cost;
use crate::error::ApiError;
use crate::schema::connection::{Count, PageInfo};
use crate::schema::faq::Faq;
use crate::schema::role::Role;

/// A page of the roles that answer a query.
pub(super) struct SearchConnection(pub(super) Found);

/// A page of the roles that answer a query.
#[written]
#[Object(directive = cost::cost::apply(2))]
impl SearchConnection {
    /// The roles of the page with their cursors and with what was found in them, the best first.
    fn edges(&self) -> Vec<SearchEdge<'_>> {
        self.0.hits.edges.iter().map(SearchEdge).collect()
    }

    /// The roles of the page, the best first.
    fn nodes(&self) -> Vec<Role<'_>> {
        let edges = self.0.hits.edges.iter();
        edges
            .map(|edge| Role(Cow::Borrowed(&edge.node.role)))
            .collect()
    }

    /// Where the page stands among all hits.
    fn page_info(&self) -> PageInfo {
        let hits = &self.0.hits;
        let cursors = hits.edges.first().zip(hits.edges.last());
        let cursors = cursors.map(|(first, last)| (&first.cursor, &last.cursor));
        PageInfo::new(hits.has_next, hits.has_previous, cursors)
    }

    /// How many roles answer the query, whatever the page. Counting costs a little more than the
    /// page alone, and stops at 10,000.
    #[graphql(directive = cost::cost::apply(5))]
    fn total_count(&self) -> Result<Count, ApiError> {
        let total = self.0.hits.total.ok_or(NotLoaded)?;
        Ok(Count::from(total))
    }

    /// What all hits have in common, whatever the page: how many of them have which value. Each
    /// facet leaves aside what the filter chooses in it, so that it shows what else there is to
    /// choose.
    fn facets(&self) -> SearchFacets<'_> {
        SearchFacets(&self.0.facets)
    }

    /// The query with words that no role has replaced by the nearest ones that roles have, and
    /// everything else as it was typed; null when enough roles have all the words, or when no word
    /// is near.
    fn did_you_mean(&self) -> Option<&str> {
        self.0.did_you_mean.as_deref()
    }
}

/// A role that answers a query, and its place among the hits.
pub(super) struct SearchEdge<'t>(&'t Edge<Hit>);

/// A role that answers a query, and its place among the hits.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl SearchEdge<'_> {
    /// Marks the place of the role: give it back as `after` to continue from here with the same
    /// query and filter.
    fn cursor(&self) -> String {
        self.0.cursor.to_string()
    }

    /// The role itself.
    fn node(&self) -> Role<'_> {
        Role(Cow::Borrowed(&self.0.node.role))
    }

    /// How well the role answers the query, from 0 to about 2.5, the more the better. Scores are
    /// comparable within one query only.
    fn score(&self) -> f64 {
        f64::from(self.0.node.score) / 1_000.0
    }

    /// The places of the role where the query was found, by field in the order of the page; empty
    /// when there are none to show, as for a blank query.
    #[graphql(directive = cost::cost::apply(2), directive = cost::BoundedList::apply())]
    fn highlights(&self) -> Result<Vec<Highlight<'_>>, ApiError> {
        let highlights = self.0.node.highlights.get()?;
        Ok(highlights.iter().map(Highlight).collect())
    }

    /// The questions of the role that have words of the query in the question or in the answer, in
    /// editorial order.
    #[graphql(directive = cost::BoundedList::apply())]
    fn faqs(&self) -> Result<Vec<Faq<'_>>, ApiError> {
        let faqs = self.0.node.faqs.get()?;
        Ok(faqs.iter().map(|tree| Faq(Cow::Borrowed(tree))).collect())
    }
}
