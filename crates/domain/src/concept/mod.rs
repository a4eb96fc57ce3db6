//! Outside schemes such as O*NET-SOC, ESCO and ISCO, and the concepts in them.
//!
//! A concept belongs to its scheme, not to one release of it: releases come and go, a code stays.

mod draft;
mod label;
mod release;

use crate::id::{ConceptId, SchemeId};
use crate::text_enum::text_enum;
use crate::{PartialDate, Timestamp};

pub use draft::{ConceptDraft, RelatedCode, ReleaseDraft, SchemeDraft};
pub use label::{Label, LabelKind, Note, NoteKind, called};
pub use release::{is_newer, release_order};

text_enum! {
    /// What sort of thing a concept is.
    pub enum ConceptKind {
        /// Work that people do for a living.
        Occupation = "OCCUPATION",
        /// A group of other concepts.
        Group = "GROUP",
        /// A competence: something a person can do.
        Skill = "SKILL",
        /// A field of knowledge.
        Knowledge = "KNOWLEDGE",
        /// An enduring ability.
        Ability = "ABILITY",
        /// Something that is done at work.
        Activity = "ACTIVITY",
        /// Software, a language, a framework or a protocol.
        Technology = "TECHNOLOGY",
        /// A physical tool or instrument.
        Tool = "TOOL",
        /// A way of working.
        WorkStyle = "WORK_STYLE",
        /// A field of interest.
        Interest = "INTEREST",
        /// A licence, certificate or degree.
        Credential = "CREDENTIAL",
        /// Anything else.
        Other = "OTHER",
    }
}

text_enum! {
    /// Whether a concept is still in use.
    pub enum ConceptStatus {
        /// The newest release has it.
        Active = "ACTIVE",
        /// The newest release does not have it any more, or says that nobody should use it.
        Obsolete = "OBSOLETE",
    }
}

text_enum! {
    /// How one concept relates to another.
    pub enum ConceptRelationKind {
        /// The other concept is broader.
        Broader = "BROADER",
        /// The two have to do with each other.
        Related = "RELATED",
    }
}

/// A scheme of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The id of the scheme.
    pub id: SchemeId,
    /// The key, such as `onet-soc`; unique among all schemes.
    pub key: String,
    /// The name as people read it.
    pub name: String,
    /// Where the scheme is published.
    pub homepage: Option<String>,
    /// SPDX identifier of the licence of its texts, when it is known.
    pub licence: Option<String>,
    /// The credit line that must be shown with its texts, when there is one.
    pub attribution: Option<String>,
    /// What the addresses of its concepts begin with.
    pub uri_prefix: Option<String>,
    /// The releases that were imported, the newest one first.
    pub releases: Vec<Release>,
}

/// A release of a scheme that was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The name of the release, such as `29.3`; unique in its scheme.
    pub name: String,
    /// When its makers released it, when that is known.
    pub released_on: Option<PartialDate>,
    /// When something of it was imported for the first time.
    pub imported_at: Timestamp,
}

/// A concept of the catalogue; its texts are kept apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// The id of the concept.
    pub id: ConceptId,
    /// The code as the scheme writes it, unique in the scheme. Codes are texts: `0110` is not 110.
    pub code: String,
    /// The address of the concept, unique in the scheme, when the scheme gives it one.
    pub uri: Option<String>,
    /// What sort of thing it is.
    pub kind: ConceptKind,
    /// Whether it is still in use.
    pub status: ConceptStatus,
    /// The newest imported release that has it.
    pub release: String,
    /// When its makers changed it last, when they say so.
    pub modified_on: Option<PartialDate>,
    /// The codes of the concepts that it has taken the place of.
    pub predecessors: Vec<String>,
}
