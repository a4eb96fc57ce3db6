//! Roles: what people do, need to know and earn in one occupation, as an editorial page.

pub mod code;
pub mod cover_letter;
pub mod diff;
pub mod distribution;
pub mod draft;
pub mod duty;
pub mod fact;
pub mod faq;
pub mod outline;
pub mod part;
pub mod patch;
pub mod qualification;
pub mod relation;
mod rules;
pub mod salary;
pub mod section;
pub mod title;

pub use code::{ExternalCode, MatchKind};
pub use cover_letter::CoverLetter;
pub use diff::RoleDiff;
pub use distribution::{Distribution, Share};
pub use draft::RoleDraft;
pub use duty::{Duty, DutyKind};
pub use fact::{Fact, FactKey};
pub use faq::Faq;
pub use outline::{Outline, OutlineEntry, OutlineKind};
pub use part::{IdentifiedDraft, PartEdit, PartIds, PartProblem, PlacedPart};
pub use patch::RolePatch;
pub use qualification::{Qualification, QualificationGroup};
pub use relation::{Nearness, RelatedSlug, RelationKind};
pub use salary::SalaryObservation;
pub use section::{Section, SectionKind, TextFormat};
pub use title::{RoleTitle, TitleKind};

use crate::id::{RoleId, TranslationGroupId};
use crate::text_enum::text_enum;
use crate::{Locale, PartialDate, Slug, Timestamp};

text_enum! {
    /// Who may see a role.
    pub enum PublicationState {
        /// Being written; visible to editors only.
        Draft = "DRAFT",
        /// Waiting for a decision; visible to editors only.
        InReview = "IN_REVIEW",
        /// Visible to everyone.
        Published = "PUBLISHED",
        /// Withdrawn; visible to editors only.
        Archived = "ARCHIVED",
    }
}

/// A role without its children: what every read of a role brings along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// The id of the role.
    pub id: RoleId,
    /// The slug, unique among the roles of one locale.
    pub slug: Slug,
    /// The language the role is written in.
    pub locale: Locale,
    /// The preferred title.
    pub title: String,
    /// What the role is, in a paragraph or a few.
    pub summary: Option<String>,
    /// Who may see the role.
    pub state: PublicationState,
    /// Grows by one with every accepted write, from 1.
    pub revision: u32,
    /// When the role was first stored.
    pub created_at: Timestamp,
    /// When the role last changed.
    pub updated_at: Timestamp,
    /// When the role was last published; `None` before the first time.
    pub published_at: Option<Timestamp>,
    /// When an editor last checked the texts, as precisely as it is known.
    pub last_reviewed: Option<PartialDate>,
    /// Joins the translations of the role.
    pub translation_group: Option<TranslationGroupId>,
}
