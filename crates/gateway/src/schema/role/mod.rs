//! Roles and everything that they own.

mod code;
mod cover_letter;
mod diff;
mod document;
mod duty;
mod fact;
mod filter;
mod lookup;
mod measure;
mod mutation;
mod qualification;
mod query;
mod relation;
mod revision;
mod salary;
mod section;
mod skill;
mod state;
mod title;

use std::borrow::Cow;

use async_graphql::{ID, Object};
use domain::read::RoleTree;
use gateway_macros::written;

use super::category::Category;
use super::connection::{Connection, Listed, PageArguments, cut};
use super::faq::Faq;
use super::nullable;
use super::scalar::{Date, DateTime, Json, Locale, Slug};
use crate::cost;
use crate::error::ApiError;

use code::{ExternalCode, Source};
use cover_letter::CoverLetterTemplate;
use diff::RoleDiff;
use duty::Duty;
use fact::RoleGlance;
use measure::Distribution;
use qualification::QualificationGroup;
use salary::SalaryObservation;
use section::{Section, SectionKind};
use state::PublicationState;

pub(crate) use diff::request as diff_request;
pub(crate) use filter::{RoleFilter, RoleOrder, RolesArguments};
pub(crate) use mutation::{PartMutation, RoleMutation};
pub(crate) use query::RoleQuery;
pub(crate) use relation::RelatedRole;
pub(crate) use revision::RoleRevision;
pub(crate) use skill::{RoleSkill, RoleSkillsArguments};
pub(crate) use state::DatePrecision;
pub(crate) use title::RoleTitle;

/// A job role: what people do in one occupation, what they need to know, what they earn, and the
/// questions people ask.
pub(crate) struct Role<'t>(pub(crate) Cow<'t, RoleTree>);

impl<'t> From<Cow<'t, RoleTree>> for Role<'t> {
    fn from(tree: Cow<'t, RoleTree>) -> Self {
        Self(tree)
    }
}

impl Listed for Role<'_> {
    const CONNECTION: &'static str = "RoleConnection";
    const CONNECTION_DESCRIPTION: &'static str = "A page of a list of roles.";
    const EDGE: &'static str = "RoleEdge";
    const EDGE_DESCRIPTION: &'static str = "A role and its place in a list.";
}

/// A job role: what people do in one occupation, what they need to know, what they earn, and the
/// questions people ask.
#[written]
#[Object]
impl Role<'_> {
    /// The id of the role; it never changes.
    pub(crate) async fn id(&self) -> ID {
        self.0.role.id.to_string().into()
    }

    /// The readable name for addresses, unique among the roles of one language. It may change;
    /// former slugs keep finding the role.
    fn slug(&self) -> Slug {
        Slug(self.0.role.slug.clone())
    }

    /// The language that the role is written in.
    fn locale(&self) -> Locale {
        Locale(self.0.role.locale.clone())
    }

    /// The preferred title.
    fn title(&self) -> &str {
        &self.0.role.title
    }

    /// What the role is, in a paragraph or a few with blank lines between them; null when nobody
    /// has written it.
    fn summary(&self) -> Option<&str> {
        self.0.role.summary.as_deref()
    }

    /// Who may see the role.
    fn state(&self) -> PublicationState {
        self.0.role.state.into()
    }

    /// The category that the role belongs to first of all; null when it has none.
    fn category(&self) -> Option<Result<Category<'_>, ApiError>> {
        let category = self.0.category.get().map(Option::as_deref);
        let category = category.map_err(ApiError::from).transpose()?;
        Some(category.map(|tree| Category(Cow::Borrowed(tree))))
    }

    /// All categories of the role, the primary one first; at most 16.
    #[graphql(directive = cost::BoundedList::apply())]
    fn categories(&self) -> Result<Vec<Category<'_>>, ApiError> {
        let trees = self.0.categories.get()?.iter();
        Ok(trees.map(|tree| Category(Cow::Borrowed(tree))).collect())
    }

    /// The facts that a reader wants to see first.
    fn at_a_glance(&self) -> Result<RoleGlance<'_>, ApiError> {
        Ok(RoleGlance(self.0.facts.get()?))
    }

    /// What people in the role do, in editorial order.
    #[graphql(directive = cost::BoundedList::apply())]
    fn duties(
        &self,
        #[graphql(desc = "How many duties, from the start; all of them when it is left out.")]
        first: Option<i32>,
    ) -> Result<Vec<Duty<'_>>, ApiError> {
        let duties = shortened(self.0.duties.get()?, first)?;
        Ok(duties.iter().enumerate().map(Duty::new).collect())
    }

    /// The prose of the page in editorial order, whatever its headings.
    #[graphql(directive = cost::BoundedList::apply())]
    fn sections(&self) -> Result<Vec<Section<'_>>, ApiError> {
        let sections = self.0.sections.get()?;
        Ok(sections.iter().enumerate().map(Section::new).collect())
    }

    /// The section about what the role is like; null when there is none.
    fn overview(&self) -> Option<Result<Section<'_>, ApiError>> {
        self.section_of(SectionKind::Overview).transpose()
    }

    /// The section about how demand for the role develops; null when there is none.
    fn career_outlook(&self) -> Option<Result<Section<'_>, ApiError>> {
        self.section_of(SectionKind::CareerOutlook).transpose()
    }

    /// What the role asks for, in groups, in editorial order.
    #[graphql(directive = cost::BoundedList::apply())]
    fn qualification_groups(&self) -> Result<Vec<QualificationGroup<'_>>, ApiError> {
        let groups = self.0.qualification_groups.get()?;
        Ok(groups
            .iter()
            .enumerate()
            .map(QualificationGroup::new)
            .collect())
    }

    /// Questions that people ask about the role, in editorial order.
    #[graphql(directive = cost::BoundedList::apply())]
    fn faqs(
        &self,
        #[graphql(desc = "How many questions, from the start; all of them when it is left out.")]
        first: Option<i32>,
    ) -> Result<Vec<Faq<'_>>, ApiError> {
        let faqs = shortened(self.0.faqs.get()?, first)?;
        Ok(faqs.iter().map(|tree| Faq(Cow::Borrowed(tree))).collect())
    }

    /// A sample cover letter with placeholders; null when there is none.
    fn cover_letter(&self) -> Option<Result<CoverLetterTemplate<'_>, ApiError>> {
        let letter = self.0.cover_letter.get().map(Option::as_ref);
        let letter = letter.map_err(ApiError::from).transpose()?;
        Some(letter.map(CoverLetterTemplate))
    }

    /// What people in the role earn, one observation per amount, in editorial order.
    #[graphql(directive = cost::BoundedList::apply())]
    fn salaries(&self) -> Result<Vec<SalaryObservation<'_>>, ApiError> {
        let salaries = self.0.salaries.get()?;
        Ok(salaries.iter().map(SalaryObservation).collect())
    }

    /// How the people in the role spread over answers to questions, such as how much schooling the
    /// role takes; empty unless the source asks such questions.
    #[graphql(directive = cost::BoundedList::apply())]
    fn distributions(&self) -> Result<Vec<Distribution<'_>>, ApiError> {
        let distributions = self.0.distributions.get()?;
        Ok(distributions.iter().map(Distribution).collect())
    }

    /// The skills that the role needs: first those that its document states, then those that its
    /// texts name.
    #[graphql(directive = cost::Page::apply())]
    fn skills(
        &self,
        #[graphql(desc = "Which skills; all of them when it is left out.")] filter: Option<
            skill::RoleSkillFilter,
        >,
        #[graphql(desc = "The size of a page from the start: 0 to 100, 20 by default.")]
        first: Option<i32>,
        #[graphql(desc = "Start behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The size of a page from the end, in place of `first`: 0 to 100.")]
        last: Option<i32>,
        #[graphql(desc = "End before this cursor; goes together with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<'_, RoleSkill<'_>>, ApiError> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        let arguments = RoleSkillsArguments { filter, page };
        Connection::planned(&self.0.skills, arguments)
    }

    /// Other names of the role, in editorial order.
    #[graphql(directive = cost::Page::apply())]
    fn alternate_titles(
        &self,
        #[graphql(desc = "The size of a page from the start: 0 to 100, 20 by default.")]
        first: Option<i32>,
        #[graphql(desc = "Start behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The size of a page from the end, in place of `first`: 0 to 100.")]
        last: Option<i32>,
        #[graphql(desc = "End before this cursor; goes together with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<'_, RoleTitle<'_>>, ApiError> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        Connection::planned(&self.0.alternate_titles, page)
    }

    /// Roles that have to do with this one and that the caller may see, in editorial order.
    #[graphql(directive = cost::Page::apply())]
    fn related_roles(
        &self,
        #[graphql(desc = "The size of a page from the start: 0 to 100, 20 by default.")]
        first: Option<i32>,
        #[graphql(desc = "Start behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The size of a page from the end, in place of `first`: 0 to 100.")]
        last: Option<i32>,
        #[graphql(desc = "End before this cursor; goes together with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<'_, RelatedRole<'_>>, ApiError> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        Connection::planned(&self.0.related_roles, page)
    }

    /// The codes of the role in outside schemes, such as O*NET-SOC or ISCO.
    #[graphql(directive = cost::BoundedList::apply())]
    fn codes(&self) -> Result<Vec<ExternalCode<'_>>, ApiError> {
        Ok(ExternalCode::all(&self.0)?)
    }

    /// Where the texts of the role come from.
    fn source(&self) -> Option<Result<Source<'_>, ApiError>> {
        let source = self.0.source.get();
        nullable(source.map(|source| Source(&source.name)))
    }

    /// The credit line that must be shown with the texts; null when none is asked for.
    fn attribution(&self) -> Option<Result<&str, ApiError>> {
        let source = self.0.source.get().map_err(ApiError::from);
        source
            .map(|source| source.name.attribution.as_deref())
            .transpose()
    }

    /// The role as schema.org data for web pages: an `Occupation`, and a `FAQPage` when there are
    /// questions.
    #[graphql(directive = cost::cost::apply(5))]
    fn json_ld(&self) -> Result<Json, ApiError> {
        document::json_ld(&self.0)
    }

    /// The role as a Markdown role document, to edit and to import again.
    #[graphql(directive = cost::cost::apply(5))]
    fn markdown(&self) -> Result<String, ApiError> {
        document::markdown(&self.0)
    }

    /// The same role in other languages, without this one.
    #[graphql(directive = cost::BoundedList::apply())]
    fn translations(&self) -> Result<Vec<Role<'_>>, ApiError> {
        let trees = self.0.translations.get()?.iter();
        Ok(trees.map(|tree| Role(Cow::Borrowed(tree))).collect())
    }

    /// The history of the role, newest first: one entry for each revision that everyone could see.
    /// All of them are kept as long as the role is there. Of roles that were published before
    /// histories were kept it begins with the revision that they had then.
    #[graphql(directive = cost::Page::apply())]
    fn revisions(
        &self,
        #[graphql(desc = "The size of a page from the start: 0 to 100, 20 by default.")]
        first: Option<i32>,
        #[graphql(desc = "Start behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The size of a page from the end, in place of `first`: 0 to 100.")]
        last: Option<i32>,
        #[graphql(desc = "End before this cursor; goes together with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<'_, RoleRevision<'_>>, ApiError> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        Connection::planned(&self.0.revisions, page)
    }

    /// What differs between a revision of the role and another one; null when one of them is not
    /// among `revisions`.
    #[graphql(directive = cost::cost::apply(10))]
    fn diff(
        &self,
        #[graphql(desc = "The revision to compare from.")] from: i32,
        #[graphql(
            desc = "The revision to compare to; the role as it is shown here when it is \
                          left out, whatever its state."
        )]
        to: Option<i32>,
    ) -> Option<Result<RoleDiff<'_>, ApiError>> {
        let found = self.0.comparison(diff::request(from, to));
        let found = found.map_err(ApiError::from).transpose()?;
        Some(found.map(RoleDiff))
    }

    /// Grows by one with every change of the role, from 1.
    fn revision(&self) -> u32 {
        self.0.role.revision
    }

    /// When the role was first stored.
    fn created_at(&self) -> DateTime {
        DateTime(self.0.role.created_at)
    }

    /// When the role last changed.
    fn updated_at(&self) -> DateTime {
        DateTime(self.0.role.updated_at)
    }

    /// When the role was last published; null before the first time.
    fn published_at(&self) -> Option<DateTime> {
        self.0.role.published_at.map(DateTime)
    }

    /// The day on which an editor last checked the texts; the first day of the period when only
    /// the month or the year is known, and null when nothing is known.
    fn last_reviewed_on(&self) -> Option<Date> {
        let reviewed = self.0.role.last_reviewed?;
        Some(Date(reviewed.first_day()))
    }

    /// How precisely `lastReviewedOn` is known; null when it is null.
    fn last_reviewed_precision(&self) -> Option<DatePrecision> {
        let reviewed = self.0.role.last_reviewed?;
        Some(reviewed.precision().into())
    }
}

impl Role<'_> {
    /// The first section of a kind, at its place among all sections.
    fn section_of(&self, kind: SectionKind) -> Result<Option<Section<'_>>, ApiError> {
        let sections = self.0.sections.get()?;
        let mut places = sections.iter().enumerate();
        let found = places.find(|(_, section)| SectionKind::from(section.kind) == kind);
        Ok(found.map(Section::new))
    }
}

/// The start of a bounded list; a plan may have loaded more, when another field asked for more.
fn shortened<T>(items: &[T], first: Option<i32>) -> Result<&[T], ApiError> {
    let wanted = cut(first)?.and_then(|first| usize::try_from(first).ok());
    let wanted = wanted.unwrap_or(items.len()).min(items.len());
    Ok(items.get(..wanted).unwrap_or(items))
}
