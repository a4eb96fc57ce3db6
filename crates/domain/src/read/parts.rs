//! The parts of a tree that a read asks for.
//!
//! Gateways derive parts from a selection, persistence turns them into one statement. A part
//! that is asked for twice is merged; connections with different requests stand side by side.

use super::filter::{
    CategoryFilter, ConceptFilter, FaqFilter, RoleFilter, RoleOrder, RoleSkillFilter, SkillFilter,
};
use super::page::PageRequest;
use super::revision::{DiffRequest, RevisionParts};

/// One page of a connection, with what is wanted of its nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection<R, P> {
    /// Which page, by which filter and order; the key under which the answer is found.
    pub request: R,
    /// Whether the whole list is to be counted.
    pub total: bool,
    /// What is wanted of each node.
    pub node: P,
}

/// A page of roles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RolesRequest {
    /// Which roles.
    pub filter: RoleFilter,
    /// In which order.
    pub order: RoleOrder,
    /// Which page.
    pub page: PageRequest,
}

/// A page of categories, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CategoriesRequest {
    /// Which categories.
    pub filter: CategoryFilter,
    /// Which page.
    pub page: PageRequest,
}

/// A page of skills, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkillsRequest {
    /// Which skills.
    pub filter: SkillFilter,
    /// Which page.
    pub page: PageRequest,
}

/// A page of the concepts of a scheme, by code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConceptsRequest {
    /// Which concepts.
    pub filter: ConceptFilter,
    /// Which page.
    pub page: PageRequest,
}

/// A page of FAQs, by question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaqsRequest {
    /// Which FAQs.
    pub filter: FaqFilter,
    /// Which page.
    pub page: PageRequest,
}

/// A page of the skills of a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleSkillsRequest {
    /// Which skills.
    pub filter: RoleSkillFilter,
    /// Which page.
    pub page: PageRequest,
}

/// Parts can be joined, because one field may be selected in several places.
pub trait Merge {
    /// Asks for everything that `other` asks for, too.
    fn merge(&mut self, other: Self);
}

impl Merge for () {
    fn merge(&mut self, (): Self) {}
}

impl Merge for bool {
    fn merge(&mut self, other: Self) {
        *self |= other;
    }
}

impl<P: Merge> Merge for Box<P> {
    fn merge(&mut self, other: Self) {
        (**self).merge(*other);
    }
}

impl<P: Merge> Merge for Option<P> {
    fn merge(&mut self, other: Self) {
        match (self.as_mut(), other) {
            (Some(mine), Some(other)) => mine.merge(other),
            (None, other) => *self = other,
            (Some(_), None) => {}
        }
    }
}

impl<R: PartialEq, P: Merge> Merge for Vec<Connection<R, P>> {
    fn merge(&mut self, other: Self) {
        for connection in other {
            match self
                .iter_mut()
                .find(|mine| mine.request == connection.request)
            {
                Some(mine) => {
                    mine.total |= connection.total;
                    mine.node.merge(connection.node);
                }
                None => self.push(connection),
            }
        }
    }
}

/// A bounded list of a role, possibly cut.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListParts<P> {
    /// The largest number of items; `None` means all.
    pub first: Option<u32>,
    /// What is wanted of each item.
    pub item: P,
}

impl<P: Merge> Merge for ListParts<P> {
    fn merge(&mut self, other: Self) {
        self.first = self
            .first
            .zip(other.first)
            .map(|(mine, other)| mine.max(other));
        self.item.merge(other.item);
    }
}

/// What is wanted of a role; its scalars always come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a set of independent wishes, not a state"
)]
pub struct RoleParts {
    /// The role at a glance.
    pub facts: bool,
    /// Prose sections.
    pub sections: bool,
    /// The sample cover letter.
    pub cover_letter: bool,
    /// Salary observations.
    pub salaries: bool,
    /// Distributions over answers.
    pub distributions: bool,
    /// Codes in outside schemes.
    pub codes: bool,
    /// The concepts that the codes name; goes together with `codes`.
    pub code_concepts: Option<Box<ConceptParts>>,
    /// The source with licence and credit line.
    pub source: bool,
    /// Headings and page furniture.
    pub outline: bool,
    /// All titles, skills, categories and relations in document order, for exports.
    pub document_lists: bool,
    /// Duties, with the skills they name.
    pub duties: Option<ListParts<Option<Box<SkillParts>>>>,
    /// Qualification groups with items, and the skills these name.
    pub qualification_groups: Option<ListParts<Option<Box<SkillParts>>>>,
    /// Questions and answers.
    pub faqs: Option<ListParts<FaqParts>>,
    /// The primary category.
    pub category: Option<Box<CategoryParts>>,
    /// All categories, the primary one first.
    pub categories: Option<Box<CategoryParts>>,
    /// The role in other languages.
    pub translations: Option<Box<Self>>,
    /// Pages of skills.
    pub skills: Vec<Connection<RoleSkillsRequest, SkillParts>>,
    /// Pages of other names.
    pub alternate_titles: Vec<Connection<PageRequest, ()>>,
    /// Pages of related roles.
    pub related_roles: Vec<Connection<PageRequest, Self>>,
    /// Pages of published revisions.
    pub revisions: Vec<Connection<PageRequest, RevisionParts>>,
    /// What differs between states of the role.
    pub comparisons: Vec<DiffRequest>,
}

impl RoleParts {
    /// Everything that a document of the role holds; see [`super::RoleTree::to_draft`].
    #[must_use]
    pub fn document() -> Self {
        let skills = SkillParts {
            aliases: true,
            ..SkillParts::default()
        };
        let with_skills = ListParts {
            first: None,
            item: Some(Box::new(skills)),
        };
        Self {
            facts: true,
            sections: true,
            cover_letter: true,
            salaries: true,
            distributions: true,
            codes: true,
            source: true,
            outline: true,
            document_lists: true,
            duties: Some(with_skills.clone()),
            qualification_groups: Some(with_skills),
            faqs: Some(ListParts::default()),
            ..Self::default()
        }
    }
}

impl Merge for RoleParts {
    fn merge(&mut self, other: Self) {
        let Self {
            facts,
            sections,
            cover_letter,
            salaries,
            distributions,
            codes,
            code_concepts,
            source,
            outline,
            document_lists,
            duties,
            qualification_groups,
            faqs,
            category,
            categories,
            translations,
            skills,
            alternate_titles,
            related_roles,
            revisions,
            comparisons,
        } = other;
        self.facts.merge(facts);
        self.sections.merge(sections);
        self.cover_letter.merge(cover_letter);
        self.salaries.merge(salaries);
        self.distributions.merge(distributions);
        self.codes.merge(codes);
        self.code_concepts.merge(code_concepts);
        self.source.merge(source);
        self.outline.merge(outline);
        self.document_lists.merge(document_lists);
        self.duties.merge(duties);
        self.qualification_groups.merge(qualification_groups);
        self.faqs.merge(faqs);
        self.category.merge(category);
        self.categories.merge(categories);
        self.translations.merge(translations);
        self.skills.merge(skills);
        self.alternate_titles.merge(alternate_titles);
        self.related_roles.merge(related_roles);
        self.revisions.merge(revisions);
        self.comparisons.merge(comparisons);
    }
}

/// What is wanted of a category; its scalars always come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CategoryParts {
    /// The names from the top of the tree down to the category.
    pub path: bool,
    /// The category above.
    pub parent: Option<Box<Self>>,
    /// Pages of the categories below.
    pub children: Vec<Connection<PageRequest, Self>>,
    /// Pages of roles.
    pub roles: Vec<Connection<RolesRequest, RoleParts>>,
}

impl Merge for CategoryParts {
    fn merge(&mut self, other: Self) {
        let Self {
            path,
            parent,
            children,
            roles,
        } = other;
        self.path.merge(path);
        self.parent.merge(parent);
        self.children.merge(children);
        self.roles.merge(roles);
    }
}

/// What is wanted of a skill; its scalars always come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkillParts {
    /// Other spellings and synonyms.
    pub aliases: bool,
    /// Pages of roles that need the skill.
    pub roles: Vec<Connection<RolesRequest, RoleParts>>,
}

impl Merge for SkillParts {
    fn merge(&mut self, other: Self) {
        let Self { aliases, roles } = other;
        self.aliases.merge(aliases);
        self.roles.merge(roles);
    }
}

/// What is wanted of a scheme; its scalars and releases always come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchemeParts {
    /// Pages of its concepts.
    pub concepts: Vec<Connection<ConceptsRequest, ConceptParts>>,
}

impl Merge for SchemeParts {
    fn merge(&mut self, other: Self) {
        let Self { concepts } = other;
        self.concepts.merge(concepts);
    }
}

/// What is wanted of a concept; its scalars always come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConceptParts {
    /// What it is called.
    pub labels: bool,
    /// What is said about it.
    pub notes: bool,
    /// The scheme that it belongs to.
    pub scheme: Option<Box<SchemeParts>>,
    /// The concepts right above it.
    pub broader: Option<Box<Self>>,
    /// Pages of other concepts that it leads to.
    pub related: Vec<Connection<PageRequest, Self>>,
    /// Pages of the concepts right below it.
    pub narrower: Vec<Connection<PageRequest, Self>>,
    /// Pages of the roles that have its code.
    pub roles: Vec<Connection<RolesRequest, RoleParts>>,
}

impl Merge for ConceptParts {
    fn merge(&mut self, other: Self) {
        let Self {
            labels,
            notes,
            scheme,
            broader,
            related,
            narrower,
            roles,
        } = other;
        self.labels.merge(labels);
        self.notes.merge(notes);
        self.scheme.merge(scheme);
        self.broader.merge(broader);
        self.related.merge(related);
        self.narrower.merge(narrower);
        self.roles.merge(roles);
    }
}

/// What is wanted of a question; its texts always come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaqParts {
    /// The role that it belongs to.
    pub role: Option<Box<RoleParts>>,
}

impl Merge for FaqParts {
    fn merge(&mut self, other: Self) {
        let Self { role } = other;
        self.role.merge(role);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_keep_the_larger_cut_and_all_wins() {
        let list = |first| ListParts { first, item: () };
        let merged = |a, b| {
            let mut parts = list(a);
            parts.merge(list(b));
            parts.first
        };
        assert_eq!(merged(Some(2), Some(5)), Some(5));
        assert_eq!(merged(Some(2), None), None);
        assert_eq!(merged(None, Some(2)), None);
    }

    #[test]
    fn connections_merge_by_request() {
        let page = |first, total| Connection {
            request: PageRequest::first(first),
            total,
            node: (),
        };
        let mut titles = vec![page(5, false)];
        titles.merge(vec![page(5, true), page(9, false)]);
        assert_eq!(titles, [page(5, true), page(9, false)]);
    }
}
