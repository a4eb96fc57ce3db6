//! Outside schemes such as O*NET-SOC, ESCO and ISCO, and the concepts in them.

mod filter;
mod label;
mod query;
mod scheme;

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::{Enum, ID, Object};
use domain::concept::called;
use domain::id::ConceptId;
use domain::read::ConceptTree;
use gateway_macros::{Written, written};

use super::connection::{Connection, Listed, PageArguments};
use super::role::{DatePrecision, Role, RoleFilter, RoleOrder, RolesArguments};
use super::scalar::{Date, Locale};
use crate::cost;
use crate::error::ApiError;

use label::{ConceptLabel, ConceptNote};

pub(crate) use filter::ConceptsArguments;
pub(crate) use query::ConceptQuery;
pub(crate) use scheme::Scheme;

/// A concept of an outside scheme.
pub(crate) struct Concept<'t>(pub(crate) Cow<'t, ConceptTree>);

impl<'t> From<Cow<'t, ConceptTree>> for Concept<'t> {
    fn from(tree: Cow<'t, ConceptTree>) -> Self {
        Self(tree)
    }
}

impl Listed for Concept<'_> {
    const CONNECTION: &'static str = "ConceptConnection";
    const CONNECTION_DESCRIPTION: &'static str = "A page of a list of concepts.";
    const EDGE: &'static str = "ConceptEdge";
    const EDGE_DESCRIPTION: &'static str = "A concept and its place in a list.";
}

/// A concept was stored against the rules of the domain.
#[derive(Debug, thiserror::Error)]
#[error("the concept {0} has no preferred label")]
struct Nameless(ConceptId);

/// An entry of an outside scheme: an occupation, a group, a skill or whatever else it has. It
/// belongs to the scheme and not to one release of it: concepts that newer releases do not have
/// any more stay, and are obsolete.
#[written]
#[Object]
impl Concept<'_> {
    /// The id of the concept; it never changes.
    pub(crate) async fn id(&self) -> ID {
        self.0.concept.id.to_string().into()
    }

    /// The scheme that the concept belongs to.
    fn scheme(&self) -> Result<Scheme<'_>, ApiError> {
        Ok(Scheme(Cow::Borrowed(&**self.0.scheme.get()?)))
    }

    /// The code as the scheme writes it, unique in the scheme. Codes are texts: `0110` is not 110.
    fn code(&self) -> &str {
        &self.0.concept.code
    }

    /// The address of the concept, unique in the scheme; null when the scheme gives it none.
    fn uri(&self) -> Option<&str> {
        self.0.concept.uri.as_deref()
    }

    /// What sort of thing the concept is.
    fn kind(&self) -> ConceptKind {
        self.0.concept.kind.into()
    }

    /// Whether the concept is still in use.
    fn status(&self) -> ConceptStatus {
        self.0.concept.status.into()
    }

    /// The newest imported release of the scheme that has the concept, such as `29.3`.
    fn release(&self) -> &str {
        &self.0.concept.release
    }

    /// The day on which the makers of the scheme changed the concept last; the first day of the
    /// period when only the month or the year is known, and null when nothing is known.
    fn modified_on(&self) -> Option<Date> {
        Some(Date(self.0.concept.modified_on?.first_day()))
    }

    /// How precisely `modifiedOn` is known; null when it is null.
    fn modified_on_precision(&self) -> Option<DatePrecision> {
        Some(self.0.concept.modified_on?.precision().into())
    }

    /// The preferred label for a reader of `locale`: in that locale, else in its language, else in
    /// English, else in any. The label says in which language it is.
    fn label(
        &self,
        #[graphql(desc = "The language of the reader; English when it is left out.")]
        locale: Option<Locale>,
    ) -> Result<ConceptLabel<'_>, ApiError> {
        let wanted = locale.map_or_else(domain::Locale::english, |Locale(locale)| locale);
        let label = called(self.0.labels.get()?, &wanted);
        let label = label.ok_or_else(|| Nameless(self.0.concept.id));
        let label = label.map_err(|error| ApiError::Internal(Arc::new(error)))?;
        Ok(ConceptLabel(label))
    }

    /// All labels, in every language of the scheme and in its order.
    #[graphql(directive = cost::BoundedList::apply())]
    fn labels(&self) -> Result<Vec<ConceptLabel<'_>>, ApiError> {
        Ok(self.0.labels.get()?.iter().map(ConceptLabel).collect())
    }

    /// What the scheme says about the concept, in every language and in the order of the scheme.
    #[graphql(directive = cost::BoundedList::apply())]
    fn notes(&self) -> Result<Vec<ConceptNote<'_>>, ApiError> {
        Ok(self.0.notes.get()?.iter().map(ConceptNote).collect())
    }

    /// The codes of the concepts of the same scheme that this one has taken the place of.
    fn predecessors(&self) -> &[String] {
        &self.0.concept.predecessors
    }

    /// The concepts right above it, of this or another scheme, as far as these were imported.
    #[graphql(directive = cost::BoundedList::apply())]
    fn broader(&self) -> Result<Vec<Concept<'_>>, ApiError> {
        let broader = self.0.broader.get()?.iter();
        Ok(broader.map(|tree| Concept(Cow::Borrowed(tree))).collect())
    }

    /// The concepts right below it, by code.
    #[graphql(directive = cost::Page::apply())]
    fn narrower(
        &self,
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
        Connection::planned(&self.0.narrower, page)
    }

    /// Other concepts that its scheme says it has to do with, as far as these were imported, in the
    /// order of the scheme.
    #[graphql(directive = cost::Page::apply())]
    fn related(
        &self,
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
        Connection::planned(&self.0.related, page)
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a connection with filter and order"
    )]
    /// The roles that have the code of the concept, of whatever release, and that the caller may
    /// see, by title unless `orderBy` says otherwise.
    #[graphql(directive = cost::Page::apply())]
    fn roles(
        &self,
        #[graphql(desc = "Which roles; all of them when it is left out.")] filter: Option<
            RoleFilter,
        >,
        #[graphql(desc = "In which order; by title when it is left out.")] order_by: Option<
            RoleOrder,
        >,
        #[graphql(desc = "The size of a page from the start: 0 to 100, 20 by default.")]
        first: Option<i32>,
        #[graphql(desc = "Start behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The size of a page from the end, in place of `first`: 0 to 100.")]
        last: Option<i32>,
        #[graphql(desc = "End before this cursor; goes together with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<'_, Role<'_>>, ApiError> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        let arguments = RolesArguments {
            filter,
            order_by,
            page,
        };
        Connection::planned(&self.0.roles, arguments)
    }
}

/// What sort of thing a concept is.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::concept::ConceptKind")]
pub(crate) enum ConceptKind {
    /// Work that people do for a living.
    Occupation,
    /// A group of other concepts.
    Group,
    /// A competence: something that a person can do.
    Skill,
    /// A field of knowledge.
    Knowledge,
    /// An enduring ability.
    Ability,
    /// Something that is done at work.
    Activity,
    /// Software, a language, a framework or a protocol.
    Technology,
    /// A physical tool or instrument.
    Tool,
    /// A way of working.
    WorkStyle,
    /// A field of interest.
    Interest,
    /// A licence, a certificate or a degree.
    Credential,
    /// Anything else.
    Other,
}

/// Whether a concept is still in use.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::concept::ConceptStatus")]
pub(crate) enum ConceptStatus {
    /// The newest imported release of the scheme has it.
    Active,
    /// The newest imported release of the scheme does not have it any more, or says that nobody
    /// should use it.
    Obsolete,
}
