//! Questions that people ask.

mod filter;
mod query;

use std::borrow::Cow;

use async_graphql::{ID, Object};
use domain::read::FaqTree;
use gateway_macros::written;

use super::connection::Listed;
use super::nullable;
use super::role::Role;
use crate::error::ApiError;

pub(crate) use query::FaqQuery;

/// A question that people ask about a role, and its answer.
pub(crate) struct Faq<'t>(pub(crate) Cow<'t, FaqTree>);

impl<'t> From<Cow<'t, FaqTree>> for Faq<'t> {
    fn from(tree: Cow<'t, FaqTree>) -> Self {
        Self(tree)
    }
}

impl Listed for Faq<'_> {
    const CONNECTION: &'static str = "FaqConnection";
    const CONNECTION_DESCRIPTION: &'static str = "A page of a list of questions.";
    const EDGE: &'static str = "FaqEdge";
    const EDGE_DESCRIPTION: &'static str = "A question and its place in a list.";
}

/// A question that people ask about a role, and its answer.
#[written]
#[Object]
impl Faq<'_> {
    /// The id of the question.
    pub(crate) async fn id(&self) -> ID {
        self.0.faq.id.to_string().into()
    }

    /// The question.
    fn question(&self) -> &str {
        &self.0.faq.question
    }

    /// The answer; blank lines separate paragraphs.
    fn answer(&self) -> &str {
        &self.0.faq.answer
    }

    /// The place among the questions of the role, from 0.
    fn position(&self) -> u32 {
        self.0.position
    }

    /// The role that the question is about; null when the caller may not see it.
    fn role(&self) -> Option<Result<Role<'_>, ApiError>> {
        let role = self.0.role.get();
        nullable(role.map(|tree| Role(Cow::Borrowed(tree))))
    }
}
