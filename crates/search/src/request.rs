//! What readers search for and what they get back.

use domain::change::{Aspects, ChangeEntity, Tags};
use domain::read::{
    CategoryParts, CategoryTree, Count, Depends, FaqParts, FaqTree, Page, PageRequest, Part,
    RoleFilter, RoleParts, RoleTree, SkillParts, SkillTree,
};

use crate::document;
use crate::facet::{EmploymentOutlook, SalaryBand};
use crate::query::Query;

/// A title that is looked up has at most so many characters.
pub const MAX_TITLE_CHARS: usize = 200;
/// So many titles are looked up at once, at most.
pub const MAX_TITLES: usize = 100;

/// Narrows down the hits of a search; all given conditions must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchFilter {
    /// What lists of roles are narrowed down by.
    pub roles: RoleFilter,
    /// Is paid within one of these bands; empty means anything.
    pub salary_bands: Vec<SalaryBand>,
    /// Develops in one of these ways; empty means in any.
    pub outlooks: Vec<EmploymentOutlook>,
}

/// A page of the roles that answer a query, the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchRequest {
    /// What is looked for, as it was typed.
    pub text: String,
    /// The same, read.
    pub query: Query,
    /// Which of the hits.
    pub filter: SearchFilter,
    /// Which page; forward only.
    pub page: PageRequest,
}

/// What is wanted of a search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchParts {
    /// What is wanted of each role.
    pub role: RoleParts,
    /// Whether the places are to be shown that were found.
    pub highlights: bool,
    /// What is wanted of the questions that have something to do with the query.
    pub faqs: Option<FaqParts>,
    /// Whether all hits are to be counted.
    pub total: bool,
    /// What hits are to be counted by.
    pub facets: FacetParts,
    /// Whether a better spelling is to be looked for.
    pub did_you_mean: bool,
}

/// What hits are to be counted by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetParts {
    /// By category.
    pub category: Option<FacetOf<CategoryParts>>,
    /// By skill.
    pub skill: Option<FacetOf<SkillParts>>,
    /// By what people earn.
    pub salary_band: bool,
    /// By how employment develops.
    pub outlook: bool,
    /// By language.
    pub locale: bool,
}

/// What is wanted of a facet whose values are entities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetOf<P> {
    /// How many values, the most frequent ones.
    pub first: usize,
    /// What is wanted of each.
    pub value: P,
}

/// What a search brought back.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The hits.
    pub hits: Page<Hit>,
    /// What they were counted by.
    pub facets: Facets,
    /// A spelling that finds more; `None` when there is none or it was not asked for.
    pub did_you_mean: Option<String>,
}

/// A role that answers a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The role.
    pub role: RoleTree,
    /// How well it answers, in thousandths.
    pub score: u32,
    /// The places that were found.
    pub highlights: Part<Vec<Highlight>>,
    /// The questions of the role that have something to do with the query.
    pub faqs: Part<Vec<FaqTree>>,
}

/// Places of one kind that were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// What of the role they are in.
    pub part: document::Part,
    /// The places; see [`crate::highlight`].
    pub fragments: Vec<String>,
}

/// How many hits have which value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket<T> {
    /// The value.
    pub value: T,
    /// How many hits have it.
    pub count: u64,
}

/// The values of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet<T> {
    /// The values, the most frequent first.
    pub buckets: Vec<Bucket<T>>,
    /// How many hits were counted.
    pub counted: Count,
}

/// What hits were counted by; each facet as if nothing were chosen in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By category; a role counts for its categories and for those above.
    pub category: Part<Facet<CategoryTree>>,
    /// By skill.
    pub skill: Part<Facet<SkillTree>>,
    /// By what people earn.
    pub salary_band: Part<Facet<SalaryBand>>,
    /// By how employment develops.
    pub outlook: Part<Facet<EmploymentOutlook>>,
    /// By language.
    pub locale: Part<Facet<domain::Locale>>,
}

/// Names that somebody may be typing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuggestRequest {
    /// What is typed so far.
    pub typed: String,
    /// How many names at most.
    pub limit: usize,
}

/// What is wanted of the things that suggestions name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuggestParts {
    /// Of roles.
    pub role: RoleParts,
    /// Of skills.
    pub skill: SkillParts,
    /// Of categories.
    pub category: CategoryParts,
}

/// What sort of name is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// The title of a role.
    Title,
    /// Another name of a role.
    AlternateTitle,
    /// The name of a skill.
    Skill,
    /// The name of a category.
    Category,
}

/// What a suggestion names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A role.
    Role(Box<RoleTree>),
    /// A skill.
    Skill(Box<SkillTree>),
    /// A category.
    Category(Box<CategoryTree>),
}

/// A name that somebody may be typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What sort of name it is.
    pub kind: NameKind,
    /// The name.
    pub text: String,
    /// What it names.
    pub named: Named,
}

/// Titles that somebody has, and what is wanted of the roles that they may mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResolveRequest {
    /// The titles.
    pub titles: Vec<String>,
    /// How many candidates for each at most.
    pub limit: usize,
}

/// A role that a title may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct TitleMatch {
    /// The role.
    pub role: RoleTree,
    /// The name of the role that comes nearest.
    pub matched_title: String,
    /// How it comes near.
    pub kind: crate::title::MatchKind,
    /// How likely it is that the title means the role, from 0 to 1.
    pub confidence: f64,
    /// What was done to the title, in sentences.
    pub reasons: Vec<String>,
}

/// Any word of any role may make it a hit, and change how telling the words of the query are.
fn any_text(tags: &mut Tags) {
    tags.add_list(ChangeEntity::Role, Aspects::MEMBERSHIP | Aspects::UPDATED);
    tags.add_list(ChangeEntity::Skill, Aspects::NAME | Aspects::SLUG);
    tags.add_list(
        ChangeEntity::Category,
        Aspects::NAME | Aspects::PLACE | Aspects::SLUG,
    );
}

impl Depends for SearchRequest {
    fn note(&self, tags: &mut Tags) {
        any_text(tags);
        self.filter.roles.note(tags);
    }
}

/// A name of anything may be what is typed, and the number of its roles decides its place.
impl Depends for SuggestRequest {
    fn note(&self, tags: &mut Tags) {
        any_text(tags);
        tags.add_list(ChangeEntity::Role, Aspects::SKILL | Aspects::PLACE);
    }
}

impl Depends for Suggestion {
    fn note(&self, tags: &mut Tags) {
        match &self.named {
            Named::Role(role) => role.note(tags),
            Named::Skill(skill) => skill.note(tags),
            Named::Category(category) => category.note(tags),
        }
    }
}

impl Depends for ResolveRequest {
    fn note(&self, tags: &mut Tags) {
        any_text(tags);
    }
}

impl Depends for TitleMatch {
    fn note(&self, tags: &mut Tags) {
        self.role.note(tags);
    }
}

impl Depends for Found {
    fn note(&self, tags: &mut Tags) {
        for edge in &self.hits.edges {
            edge.node.role.note(tags);
            edge.node.faqs.note(tags);
        }
        if let Part::Loaded(category) = &self.facets.category {
            category
                .buckets
                .iter()
                .for_each(|bucket| bucket.value.note(tags));
        }
        if let Part::Loaded(skill) = &self.facets.skill {
            skill
                .buckets
                .iter()
                .for_each(|bucket| bucket.value.note(tags));
        }
    }
}
