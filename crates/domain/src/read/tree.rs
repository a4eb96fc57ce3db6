//! What a read brings back: entities with exactly the parts that were asked for.

use super::page::{Page, PageRequest};
use super::parts::{ConceptsRequest, RoleSkillsRequest, RolesRequest};
use super::revision::{Comparison, Comparisons, DiffRequest, RevisionTree};
use crate::category::{Category, CategoryPath};
use crate::concept::{Concept, Label, Note, Scheme};
use crate::id::{DutyId, FactId, FaqId, GroupId, QualificationId, SalaryId, SectionId, Stored};
use crate::role::part::GroupIds;
use crate::role::{
    CoverLetter, Distribution, Duty, ExternalCode, Fact, Faq, IdentifiedDraft, Nearness, Outline,
    PartIds, Qualification, QualificationGroup, RelatedSlug, RelationKind, Role, RoleDraft,
    RoleTitle, SalaryObservation, Section,
};
use crate::skill::{RoleSkill, Skill, SkillTerm};
use crate::source::Source;

/// A part was needed that the read did not ask for: a mistake in the code that planned the read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a part of the tree was not loaded")]
pub struct NotLoaded;

/// A part of a tree, loaded or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Part<T> {
    /// The read did not ask for it.
    #[default]
    NotLoaded,
    /// The read asked for it and got this.
    Loaded(T),
}

impl<T> Part<T> {
    /// The loaded value.
    pub fn get(&self) -> Result<&T, NotLoaded> {
        match self {
            Self::NotLoaded => Err(NotLoaded),
            Self::Loaded(value) => Ok(value),
        }
    }

    /// The part with its value changed, when it is loaded.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Part<U> {
        match self {
            Self::NotLoaded => Part::NotLoaded,
            Self::Loaded(value) => Part::Loaded(change(value)),
        }
    }
}

impl<T> From<Option<T>> for Part<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::NotLoaded, Self::Loaded)
    }
}

/// The loaded pages of one connection, each under the request that asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages<R, T>(pub Vec<(R, Page<T>)>);

impl<R, T> Default for Pages<R, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<R: PartialEq, T> Pages<R, T> {
    /// The page that answers `request`.
    pub fn get(&self, request: &R) -> Result<&Page<T>, NotLoaded> {
        let found = self.0.iter().find(|(known, _)| known == request);
        found.map(|(_, page)| page).ok_or(NotLoaded)
    }
}

/// A stored duty with its skills.
pub type DutyNode = Stored<DutyId, Duty<SkillTree>>;
/// A stored qualification item with its skills.
pub type QualificationNode = Stored<QualificationId, Qualification<SkillTree>>;
/// A stored qualification group with its items.
pub type GroupNode = Stored<GroupId, QualificationGroup<QualificationNode>>;

/// Another role and how it relates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedRole {
    /// How the other role relates to this one.
    pub kind: RelationKind,
    /// How near the other role is, when the source says so.
    pub nearness: Option<Nearness>,
    /// The other role.
    pub role: RoleTree,
}

/// The lists that only exports read as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLists {
    /// The slug that the document asked for.
    pub document_slug: crate::Slug,
    /// The key that translations share.
    pub translation_key: Option<String>,
    /// All other names.
    pub titles: Vec<RoleTitle>,
    /// The paths of all categories, the primary one first.
    pub categories: Vec<CategoryPath>,
    /// All skills.
    pub skills: Vec<RoleSkill<SkillTerm>>,
    /// All related roles by slug, pending ones included.
    pub related: Vec<RelatedSlug>,
}

/// A role with the parts that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleTree {
    /// The role itself.
    pub role: Role,
    /// The role at a glance.
    pub facts: Part<Vec<Stored<FactId, Fact>>>,
    /// Duties in order.
    pub duties: Part<Vec<DutyNode>>,
    /// Prose sections in order.
    pub sections: Part<Vec<Stored<SectionId, Section>>>,
    /// Qualification groups in order.
    pub qualification_groups: Part<Vec<GroupNode>>,
    /// Questions and answers in order.
    pub faqs: Part<Vec<FaqTree>>,
    /// The sample cover letter.
    pub cover_letter: Part<Option<CoverLetter>>,
    /// What people earn.
    pub salaries: Part<Vec<Stored<SalaryId, SalaryObservation>>>,
    /// How the people in the role spread over answers to questions.
    pub distributions: Part<Vec<Distribution>>,
    /// Codes in outside schemes.
    pub codes: Part<Vec<ExternalCode>>,
    /// For each of the codes the concept that it names, when its scheme is there.
    pub code_concepts: Part<Vec<Option<ConceptTree>>>,
    /// The source with licence and credit line.
    pub source: Part<Source>,
    /// Headings and page furniture.
    pub outline: Part<Outline>,
    /// Whole lists for exports.
    pub document_lists: Part<Box<DocumentLists>>,
    /// The primary category.
    pub category: Part<Option<Box<CategoryTree>>>,
    /// All categories, the primary one first.
    pub categories: Part<Vec<CategoryTree>>,
    /// The role in other languages.
    pub translations: Part<Vec<Self>>,
    /// Pages of skills.
    pub skills: Pages<RoleSkillsRequest, RoleSkill<SkillTree>>,
    /// Pages of other names.
    pub alternate_titles: Pages<PageRequest, RoleTitle>,
    /// Pages of related roles.
    pub related_roles: Pages<PageRequest, RelatedRole>,
    /// Pages of published revisions.
    pub revisions: Pages<PageRequest, RevisionTree>,
    /// What differs between states of the role.
    pub comparisons: Comparisons,
}

impl RoleTree {
    /// The document that the tree was stored from with the ids of its parts; needs
    /// [`super::RoleParts::document`].
    pub fn to_identified(&self) -> Result<IdentifiedDraft, NotLoaded> {
        let groups = self.qualification_groups.get()?.iter();
        let groups = groups.map(|group| GroupIds {
            id: Some(group.id),
            items: ids(&group.items),
        });
        let faqs = self.faqs.get()?.iter();
        let ids = PartIds {
            facts: ids(self.facts.get()?),
            duties: ids(self.duties.get()?),
            sections: ids(self.sections.get()?),
            groups: groups.collect(),
            faqs: faqs.map(|tree| Some(tree.faq.id)).collect(),
        };
        Ok(IdentifiedDraft::new(self.to_draft()?, ids))
    }

    /// The document that the tree was stored from; needs [`super::RoleParts::document`].
    pub fn to_draft(&self) -> Result<RoleDraft, NotLoaded> {
        let lists = self.document_lists.get()?;
        let duties = self.duties.get()?.iter().map(|duty| draft_duty(duty));
        let groups = self
            .qualification_groups
            .get()?
            .iter()
            .map(|group| draft_group(group));
        Ok(RoleDraft {
            source: self.source.get()?.name.clone(),
            slug: lists.document_slug.clone(),
            locale: self.role.locale.clone(),
            translation_key: lists.translation_key.clone(),
            title: self.role.title.clone(),
            summary: self.role.summary.clone(),
            state: self.role.state,
            categories: lists.categories.clone(),
            last_reviewed: self.role.last_reviewed,
            facts: values(self.facts.get()?),
            duties: duties.collect::<Result<_, _>>()?,
            sections: values(self.sections.get()?),
            qualification_groups: groups.collect::<Result<_, _>>()?,
            cover_letter: self.cover_letter.get()?.clone(),
            faqs: self
                .faqs
                .get()?
                .iter()
                .map(|tree| tree.faq.value.clone())
                .collect(),
            salaries: values(self.salaries.get()?),
            distributions: self.distributions.get()?.clone(),
            titles: lists.titles.clone(),
            skills: lists.skills.clone(),
            related: lists.related.clone(),
            codes: self.codes.get()?.clone(),
            outline: self.outline.get()?.clone(),
        })
    }
}

impl RoleTree {
    /// What differs between the states that `request` names; `None` when one of them is not there.
    pub fn comparison(&self, request: DiffRequest) -> Result<Option<&Comparison>, NotLoaded> {
        let mut found = self.comparisons.iter();
        let found = found.find(|(known, _)| *known == request);
        found.map(|(_, found)| found.as_ref()).ok_or(NotLoaded)
    }
}

fn draft_duty(duty: &Duty<SkillTree>) -> Result<Duty<SkillTerm>, NotLoaded> {
    Ok(duty.with_skills(terms(&duty.skills)?))
}

fn draft_group(
    group: &QualificationGroup<QualificationNode>,
) -> Result<QualificationGroup<Qualification<SkillTerm>>, NotLoaded> {
    let items = group.items.iter().map(|item| {
        Ok(Qualification {
            text: item.text.clone(),
            skills: terms(&item.skills)?,
        })
    });
    Ok(QualificationGroup {
        heading: group.heading.clone(),
        items: items.collect::<Result<_, _>>()?,
    })
}

fn values<I, T: Clone>(stored: &[Stored<I, T>]) -> Vec<T> {
    stored.iter().map(|item| item.value.clone()).collect()
}

fn ids<I: Copy, T>(stored: &[Stored<I, T>]) -> Vec<Option<I>> {
    stored.iter().map(|item| Some(item.id)).collect()
}

fn terms(skills: &[SkillTree]) -> Result<Vec<SkillTerm>, NotLoaded> {
    skills.iter().map(SkillTree::term).collect()
}

/// A category with the parts that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryTree {
    /// The category itself.
    pub category: Category,
    /// The names from the top of the tree down to the category.
    pub path: Part<Vec<String>>,
    /// The category above.
    pub parent: Part<Option<Box<Self>>>,
    /// Pages of the categories below.
    pub children: Pages<PageRequest, Self>,
    /// Pages of roles.
    pub roles: Pages<RolesRequest, RoleTree>,
}

/// A skill with the parts that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkillTree {
    /// The skill itself.
    pub skill: Skill,
    /// Other spellings and synonyms, in the order of the dictionary.
    pub aliases: Part<Vec<String>>,
    /// Pages of roles that need it.
    pub roles: Pages<RolesRequest, RoleTree>,
}

impl SkillTree {
    /// The skill as a document names it.
    pub fn term(&self) -> Result<SkillTerm, NotLoaded> {
        let Skill {
            id: _,
            slug: _,
            name,
            kind,
        } = &self.skill;
        Ok(SkillTerm {
            name: name.clone(),
            kind: *kind,
            aliases: self.aliases.get()?.clone(),
        })
    }
}

/// A scheme with the parts that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeTree {
    /// The scheme itself.
    pub scheme: Scheme,
    /// Pages of its concepts.
    pub concepts: Pages<ConceptsRequest, ConceptTree>,
}

/// A concept with the parts that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConceptTree {
    /// The concept itself.
    pub concept: Concept,
    /// What it is called.
    pub labels: Part<Vec<Label>>,
    /// What is said about it.
    pub notes: Part<Vec<Note>>,
    /// The scheme that it belongs to.
    pub scheme: Part<Box<SchemeTree>>,
    /// The concepts right above it.
    pub broader: Part<Vec<Self>>,
    /// Pages of other concepts that it leads to.
    pub related: Pages<PageRequest, Self>,
    /// Pages of the concepts right below it.
    pub narrower: Pages<PageRequest, Self>,
    /// Pages of the roles that have its code.
    pub roles: Pages<RolesRequest, RoleTree>,
}

/// A question with the parts that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaqTree {
    /// The question and its answer.
    pub faq: Stored<FaqId, Faq>,
    /// Place among the questions of its role, from 0.
    pub position: u32,
    /// The role that it belongs to.
    pub role: Part<Box<RoleTree>>,
}
