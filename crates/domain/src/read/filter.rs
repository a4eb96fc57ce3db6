//! How readers name one thing and narrow down lists.

use crate::concept::{ConceptKind, ConceptStatus};
use crate::id::{CategoryId, ConceptId, RoleId, SchemeId, SkillId};
use crate::role::PublicationState;
use crate::skill::{Requirement, SkillKind};
use crate::text_enum::text_enum;
use crate::{Locale, Slug, Timestamp};

/// A code of an outside scheme.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeBy {
    /// Key of the scheme, such as `onet-soc`.
    pub scheme: String,
    /// The code as the scheme writes it.
    pub code: String,
    /// Release of the scheme; `None` means the newest that is stored.
    pub release: Option<String>,
}

/// Names one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleBy {
    /// By id.
    Id(RoleId),
    /// By present or former slug; English wins where several locales share it.
    Slug(Slug),
    /// By a code of an outside scheme.
    Code(CodeBy),
}

/// Names one category.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CategoryBy {
    /// By id.
    Id(CategoryId),
    /// By slug.
    Slug(Slug),
}

/// Names one skill.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkillBy {
    /// By id.
    Id(SkillId),
    /// By slug.
    Slug(Slug),
}

/// Names one scheme.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SchemeBy {
    /// By id.
    Id(SchemeId),
    /// By key, such as `onet-soc`.
    Key(String),
}

/// Names one concept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConceptBy {
    /// By id.
    Id(ConceptId),
    /// By its code in a scheme.
    Code {
        /// Key of the scheme, such as `onet-soc`.
        scheme: String,
        /// The code as the scheme writes it.
        code: String,
    },
    /// By address; the scheme that was there first wins where several share it.
    Uri(String),
}

/// Narrows down the concepts of a scheme; all given conditions must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptFilter {
    /// Is one of these kinds; empty means any.
    pub kinds: Vec<ConceptKind>,
    /// Is in use, or is not.
    pub status: Option<ConceptStatus>,
    /// Stands right below the concept of the same scheme with this code.
    pub parent: Option<String>,
}

/// Narrows down roles; all given conditions must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleFilter {
    /// In this category or one below it.
    pub category: Option<CategoryBy>,
    /// Needs at least one of these skills.
    pub skills_any: Vec<Slug>,
    /// Needs all of these skills.
    pub skills_all: Vec<Slug>,
    /// The title contains this text, in any letter case.
    pub title_contains: Option<String>,
    /// Has this code of an outside scheme.
    pub code: Option<CodeBy>,
    /// Is written in this language.
    pub locale: Option<Locale>,
    /// Changed after this moment.
    pub updated_after: Option<Timestamp>,
    /// Is in this state; readers without a key see published roles only.
    pub state: Option<PublicationState>,
}

text_enum! {
    /// What roles are ordered by.
    pub enum RoleOrderField {
        /// By title, letter case aside.
        Title = "TITLE",
        /// By the moment of the last change.
        UpdatedAt = "UPDATED_AT",
        /// By the moment of publication.
        PublishedAt = "PUBLISHED_AT",
    }
}

/// The order of a list of roles; the id decides between equals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleOrder {
    /// What roles are ordered by.
    pub field: RoleOrderField,
    /// Whether the largest comes first.
    pub descending: bool,
}

impl Default for RoleOrder {
    fn default() -> Self {
        Self {
            field: RoleOrderField::Title,
            descending: false,
        }
    }
}

/// Narrows down categories.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryFilter {
    /// Only categories without a parent.
    pub top_level: bool,
    /// The name contains this text, in any letter case.
    pub name_contains: Option<String>,
}

/// Narrows down skills.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SkillFilter {
    /// Is one of these kinds; empty means any.
    pub kinds: Vec<SkillKind>,
    /// The name contains this text, in any letter case.
    pub name_contains: Option<String>,
}

/// Narrows down the skills of one role.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleSkillFilter {
    /// Is needed in one of these ways; empty means any.
    pub requirements: Vec<Requirement>,
    /// Is one of these kinds; empty means any.
    pub kinds: Vec<SkillKind>,
}

/// Narrows down FAQs.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaqFilter {
    /// Belongs to a role of this category or one below it.
    pub category: Option<CategoryBy>,
    /// The question contains this text, in any letter case.
    pub question_contains: Option<String>,
    /// Belongs to a role written in this language.
    pub locale: Option<Locale>,
}
