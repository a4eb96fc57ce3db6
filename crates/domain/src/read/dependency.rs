//! What an answer depends on: the entities that it shows, and the lists that they come from.
//!
//! An answer can only become wrong by a change that touches one of these [`Tags`].

use super::filter::{
    CategoryBy, CategoryFilter, ConceptBy, ConceptFilter, FaqFilter, RoleBy, RoleFilter,
    RoleOrderField, RoleSkillFilter, SchemeBy, SkillBy, SkillFilter,
};
use super::page::{Page, PageRequest};
use super::parts::{
    CategoriesRequest, ConceptsRequest, FaqsRequest, RoleSkillsRequest, RolesRequest, SkillsRequest,
};
use super::revision::RevisionTree;
use super::tree::{
    CategoryTree, ConceptTree, DutyNode, FaqTree, GroupNode, Pages, Part, RelatedRole, RoleTree,
    SchemeTree, SkillTree,
};
use crate::change::{Aspects, ChangeEntity, Tag, Tags};
use crate::role::RoleTitle;
use crate::skill::RoleSkill;

/// Something that an answer depends on.
pub trait Depends {
    /// Adds the names of what the answer depends on.
    fn note(&self, tags: &mut Tags);
}

impl<T: Depends> Depends for Option<T> {
    fn note(&self, tags: &mut Tags) {
        if let Some(value) = self {
            value.note(tags);
        }
    }
}

impl<T: Depends> Depends for Box<T> {
    fn note(&self, tags: &mut Tags) {
        (**self).note(tags);
    }
}

impl<T: Depends> Depends for Vec<T> {
    fn note(&self, tags: &mut Tags) {
        self.as_slice().note(tags);
    }
}

impl<T: Depends> Depends for [T] {
    fn note(&self, tags: &mut Tags) {
        for value in self {
            value.note(tags);
        }
    }
}

impl<T: Depends> Depends for Part<T> {
    fn note(&self, tags: &mut Tags) {
        if let Self::Loaded(value) = self {
            value.note(tags);
        }
    }
}

impl<T: Depends> Depends for Page<T> {
    fn note(&self, tags: &mut Tags) {
        self.edges.iter().for_each(|edge| edge.node.note(tags));
    }
}

impl<R: Depends, T: Depends> Depends for Pages<R, T> {
    fn note(&self, tags: &mut Tags) {
        for (request, page) in &self.0 {
            request.note(tags);
            page.note(tags);
        }
    }
}

/// A page of something that comes with the entity around it, and in no other order than its own.
impl Depends for PageRequest {
    fn note(&self, _: &mut Tags) {}
}

/// A name that comes with the role around it.
impl Depends for RoleTitle {
    fn note(&self, _: &mut Tags) {}
}

impl Depends for RoleTree {
    fn note(&self, tags: &mut Tags) {
        let Self {
            role,
            facts: _,
            duties,
            sections: _,
            qualification_groups,
            faqs,
            cover_letter: _,
            salaries: _,
            distributions: _,
            codes: _,
            code_concepts,
            source,
            outline: _,
            document_lists,
            category,
            categories,
            translations,
            skills,
            alternate_titles: _,
            related_roles,
            revisions,
            comparisons,
        } = self;
        tags.add_entity(ChangeEntity::Role, role.id);
        duties.note(tags);
        qualification_groups.note(tags);
        faqs.note(tags);
        category.note(tags);
        categories.note(tags);
        skills.note(tags);
        related_roles.note(tags);
        translations.note(tags);
        if let Part::Loaded(source) = source {
            tags.add_entity(ChangeEntity::Source, source.id);
        }
        revisions.note(tags);
        if let Part::Loaded(concepts) = code_concepts {
            concepts.note(tags);
            // A code that leads nowhere may do so once its concept is imported.
            tags.add_list(ChangeEntity::Concept, Aspects::MEMBERSHIP);
        }
        if matches!(document_lists, Part::Loaded(_)) || !comparisons.is_empty() {
            // These name skills and categories without their ids.
            tags.add_list(ChangeEntity::Skill, Aspects::NAME | Aspects::KIND);
            tags.add_list(ChangeEntity::Category, Aspects::NAME | Aspects::PLACE);
        }
        if let (Part::Loaded(_), Some(_)) = (translations, role.translation_group) {
            tags.add_list(ChangeEntity::Role, Aspects::TRANSLATION);
        }
        if !related_roles.0.is_empty() {
            tags.add_list(ChangeEntity::Role, Aspects::RELATION);
        }
    }
}

impl Depends for DutyNode {
    fn note(&self, tags: &mut Tags) {
        self.value.skills.note(tags);
    }
}

impl Depends for GroupNode {
    fn note(&self, tags: &mut Tags) {
        let items = self.value.items.iter();
        items.for_each(|item| item.value.skills.note(tags));
    }
}

impl Depends for RoleSkill<SkillTree> {
    fn note(&self, tags: &mut Tags) {
        self.skill.note(tags);
    }
}

impl Depends for RelatedRole {
    fn note(&self, tags: &mut Tags) {
        self.role.note(tags);
    }
}

/// A revision never changes and comes with its role; what the role led to is as it is now.
impl Depends for RevisionTree {
    fn note(&self, tags: &mut Tags) {
        if let Part::Loaded(role) = &self.role {
            role.note(tags);
            note_past(tags);
        }
    }
}

/// Adds what a role as it was depends on besides its tree: changes say nothing of relations that
/// are not there any more, so that every role that comes, goes or is renamed may be one of theirs.
pub fn note_past(tags: &mut Tags) {
    let found = Aspects::MEMBERSHIP | Aspects::SLUG | Aspects::LOCALE;
    tags.add_list(ChangeEntity::Role, found);
}

/// Adds what a lookup of a past state depends on that found nothing, whatever named the role: the
/// next revision of any role may be the one.
pub fn note_missing_past(tags: &mut Tags) {
    tags.add_list(ChangeEntity::Role, Aspects::MEMBERSHIP | Aspects::UPDATED);
}

impl Depends for CategoryTree {
    fn note(&self, tags: &mut Tags) {
        let Self {
            category,
            path,
            parent,
            children,
            roles,
        } = self;
        tags.add_entity(ChangeEntity::Category, category.id);
        parent.note(tags);
        children.note(tags);
        roles.note(tags);
        if let Part::Loaded(_) = path {
            // The path has the names of categories without their ids.
            tags.add_list(ChangeEntity::Category, Aspects::NAME | Aspects::PLACE);
        }
        if !children.0.is_empty() {
            let aspects = Aspects::MEMBERSHIP | Aspects::PLACE;
            tags.add_list(ChangeEntity::Category, aspects);
        }
        if !roles.0.is_empty() {
            in_category(tags);
        }
    }
}

impl Depends for SkillTree {
    fn note(&self, tags: &mut Tags) {
        let Self {
            skill,
            aliases: _,
            roles,
        } = self;
        tags.add_entity(ChangeEntity::Skill, skill.id);
        roles.note(tags);
        if !roles.0.is_empty() {
            tags.add_list(ChangeEntity::Role, Aspects::SKILL);
        }
    }
}

impl Depends for SchemeTree {
    fn note(&self, tags: &mut Tags) {
        let Self { scheme, concepts } = self;
        tags.add_entity(ChangeEntity::Scheme, scheme.id);
        concepts.note(tags);
    }
}

impl Depends for ConceptTree {
    fn note(&self, tags: &mut Tags) {
        let Self {
            concept,
            labels: _,
            notes: _,
            scheme,
            broader,
            related,
            narrower,
            roles,
        } = self;
        tags.add_entity(ChangeEntity::Concept, concept.id);
        scheme.note(tags);
        broader.note(tags);
        related.note(tags);
        narrower.note(tags);
        roles.note(tags);
        if matches!(broader, Part::Loaded(_)) || !related.0.is_empty() {
            // Where a concept leads may arrive later.
            tags.add_list(ChangeEntity::Concept, Aspects::MEMBERSHIP);
        }
        if !narrower.0.is_empty() {
            let below = Aspects::MEMBERSHIP | Aspects::RELATION;
            tags.add_list(ChangeEntity::Concept, below);
        }
        if !roles.0.is_empty() {
            tags.add_list(ChangeEntity::Role, Aspects::CODE);
        }
    }
}

/// A question among those of its role; lists of questions depend on all of them anyway.
impl Depends for FaqTree {
    fn note(&self, tags: &mut Tags) {
        self.role.note(tags);
    }
}

/// The lookup itself; what was found adds its own names.
impl Depends for RoleBy {
    fn note(&self, tags: &mut Tags) {
        match self {
            Self::Id(id) => tags.add_entity(ChangeEntity::Role, *id),
            Self::Slug(slug) => tags.add(Tag::slug(slug)),
            Self::Code(_) => {
                // Of several roles with a code, language and title choose one.
                let chosen = Aspects::CODE | Aspects::LOCALE | Aspects::NAME;
                tags.add_list(ChangeEntity::Role, Aspects::MEMBERSHIP | chosen);
            }
        }
    }
}

impl CategoryBy {
    /// Adds what a lookup depends on that found nothing; what was found keeps its slug until it
    /// changes itself.
    pub fn note_missing(&self, tags: &mut Tags) {
        match self {
            Self::Id(id) => tags.add_entity(ChangeEntity::Category, *id),
            Self::Slug(_) => tags.add_list(ChangeEntity::Category, APPEARED),
        }
    }
}

impl SkillBy {
    /// Adds what a lookup depends on that found nothing; what was found keeps its slug until it
    /// changes itself.
    pub fn note_missing(&self, tags: &mut Tags) {
        match self {
            Self::Id(id) => tags.add_entity(ChangeEntity::Skill, *id),
            Self::Slug(_) => tags.add_list(ChangeEntity::Skill, APPEARED),
        }
    }
}

impl SchemeBy {
    /// Adds what a lookup depends on that found nothing; what was found keeps its key.
    pub fn note_missing(&self, tags: &mut Tags) {
        match self {
            Self::Id(id) => tags.add_entity(ChangeEntity::Scheme, *id),
            Self::Key(_) => tags.add_list(ChangeEntity::Scheme, Aspects::MEMBERSHIP),
        }
    }
}

/// The lookup itself; what was found adds its own names. A concept keeps its code for ever, but
/// another one may come to have the address.
impl Depends for ConceptBy {
    fn note(&self, tags: &mut Tags) {
        match self {
            Self::Id(id) => tags.add_entity(ChangeEntity::Concept, *id),
            Self::Code { .. } => tags.add_list(ChangeEntity::Concept, Aspects::MEMBERSHIP),
            Self::Uri(_) => tags.add_list(ChangeEntity::Concept, APPEARED),
        }
    }
}

/// How something comes to be found by a slug that led nowhere.
const APPEARED: Aspects = Aspects::from_bits(Aspects::MEMBERSHIP.bits() | Aspects::SLUG.bits());

impl Depends for RolesRequest {
    fn note(&self, tags: &mut Tags) {
        let Self {
            filter,
            order,
            page: _,
        } = self;
        filter.note(tags);
        let order = match order.field {
            RoleOrderField::Title => Aspects::NAME,
            RoleOrderField::UpdatedAt => Aspects::UPDATED,
            RoleOrderField::PublishedAt => Aspects::PUBLICATION,
        };
        tags.add_list(ChangeEntity::Role, Aspects::MEMBERSHIP | order);
    }
}

impl Depends for RoleFilter {
    fn note(&self, tags: &mut Tags) {
        let Self {
            category,
            skills_any,
            skills_all,
            title_contains,
            code,
            locale,
            updated_after,
            // Whether a role can be seen is its membership.
            state: _,
        } = self;
        if category.is_some() {
            in_category(tags);
        }
        let names_skills = !skills_any.is_empty() || !skills_all.is_empty();
        if names_skills {
            tags.add_list(ChangeEntity::Skill, Aspects::SLUG);
        }
        let aspects = Aspects::SKILL.when(names_skills)
            | Aspects::NAME.when(title_contains.is_some())
            | Aspects::CODE.when(code.is_some())
            | Aspects::LOCALE.when(locale.is_some())
            | Aspects::UPDATED.when(updated_after.is_some());
        tags.add_list(ChangeEntity::Role, aspects);
    }
}

/// Which roles are in a category or below it, and which category a slug names.
fn in_category(tags: &mut Tags) {
    tags.add_list(ChangeEntity::Role, Aspects::PLACE);
    tags.add_list(ChangeEntity::Category, Aspects::PLACE | Aspects::SLUG);
}

impl Depends for RoleSkillsRequest {
    fn note(&self, tags: &mut Tags) {
        let RoleSkillFilter {
            requirements: _,
            kinds,
        } = &self.filter;
        if !kinds.is_empty() {
            tags.add_list(ChangeEntity::Skill, Aspects::KIND);
        }
    }
}

impl Depends for CategoriesRequest {
    fn note(&self, tags: &mut Tags) {
        let CategoryFilter {
            top_level,
            // The list is ordered by name in any case.
            name_contains: _,
        } = &self.filter;
        let aspects = Aspects::MEMBERSHIP | Aspects::NAME | Aspects::PLACE.when(*top_level);
        tags.add_list(ChangeEntity::Category, aspects);
    }
}

impl Depends for SkillsRequest {
    fn note(&self, tags: &mut Tags) {
        let SkillFilter {
            kinds,
            // The list is ordered by name in any case.
            name_contains: _,
        } = &self.filter;
        let aspects = Aspects::MEMBERSHIP | Aspects::NAME | Aspects::KIND.when(!kinds.is_empty());
        tags.add_list(ChangeEntity::Skill, aspects);
    }
}

impl Depends for ConceptsRequest {
    fn note(&self, tags: &mut Tags) {
        let ConceptFilter {
            kinds,
            status,
            parent,
        } = &self.filter;
        // The list is ordered by code, which never changes.
        let aspects = Aspects::MEMBERSHIP
            | Aspects::KIND.when(!kinds.is_empty() || status.is_some())
            | Aspects::RELATION.when(parent.is_some());
        tags.add_list(ChangeEntity::Concept, aspects);
    }
}

impl Depends for FaqsRequest {
    fn note(&self, tags: &mut Tags) {
        let FaqFilter {
            category,
            // The list is ordered by question in any case.
            question_contains: _,
            locale,
        } = &self.filter;
        if category.is_some() {
            in_category(tags);
        }
        let aspects = Aspects::FAQ | Aspects::LOCALE.when(locale.is_some());
        tags.add_list(ChangeEntity::Role, Aspects::MEMBERSHIP | aspects);
    }
}
