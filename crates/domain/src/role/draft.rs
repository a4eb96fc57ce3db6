//! What a document says about a role, before the role is stored.

use super::rules;
use super::{
    CoverLetter, Distribution, Duty, ExternalCode, Fact, Faq, Outline, PublicationState,
    Qualification, QualificationGroup, RelatedSlug, RoleTitle, SalaryObservation, Section,
};
use crate::category::CategoryPath;
use crate::limits::ContentLimits;
use crate::skill::{RoleSkill, SkillTerm};
use crate::source::SourceName;
use crate::{Locale, PartialDate, Slug, Violation};

/// A whole role as a document describes it: no ids, no revision, no times.
///
/// Importers make drafts, `app` stores them, exporters write them; two drafts are equal exactly
/// when the documents say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleDraft {
    /// Where the texts come from.
    pub source: SourceName,
    /// The slug the document asks for; with source and locale it names the document.
    pub slug: Slug,
    /// The language of the texts.
    pub locale: Locale,
    /// A key that the translations of one role share.
    pub translation_key: Option<String>,
    /// The preferred title.
    pub title: String,
    /// What the role is.
    pub summary: Option<String>,
    /// Who may see the role.
    pub state: PublicationState,
    /// Paths of its categories; the first is the primary one.
    pub categories: Vec<CategoryPath>,
    /// When an editor last checked the texts.
    pub last_reviewed: Option<PartialDate>,
    /// The role at a glance.
    pub facts: Vec<Fact>,
    /// The duties in order.
    pub duties: Vec<Duty<SkillTerm>>,
    /// Prose sections in order.
    pub sections: Vec<Section>,
    /// Qualification groups in order.
    pub qualification_groups: Vec<QualificationGroup<Qualification<SkillTerm>>>,
    /// The sample cover letter.
    pub cover_letter: Option<CoverLetter>,
    /// Questions and answers in order.
    pub faqs: Vec<Faq>,
    /// What people earn.
    pub salaries: Vec<SalaryObservation>,
    /// How the people in the role spread over answers to questions.
    pub distributions: Vec<Distribution>,
    /// Other names.
    pub titles: Vec<RoleTitle>,
    /// Skills, the stated ones first.
    pub skills: Vec<RoleSkill<SkillTerm>>,
    /// Related roles by slug.
    pub related: Vec<RelatedSlug>,
    /// Codes in outside schemes.
    pub codes: Vec<ExternalCode>,
    /// Headings and page furniture.
    pub outline: Outline,
}

impl RoleDraft {
    /// An empty published draft in English.
    #[must_use]
    pub fn new(source: SourceName, slug: Slug, title: String) -> Self {
        Self {
            source,
            slug,
            locale: Locale::english(),
            translation_key: None,
            title,
            summary: None,
            state: PublicationState::Published,
            categories: Vec::new(),
            last_reviewed: None,
            facts: Vec::new(),
            duties: Vec::new(),
            sections: Vec::new(),
            qualification_groups: Vec::new(),
            cover_letter: None,
            faqs: Vec::new(),
            salaries: Vec::new(),
            distributions: Vec::new(),
            titles: Vec::new(),
            skills: Vec::new(),
            related: Vec::new(),
            codes: Vec::new(),
            outline: Outline::default(),
        }
    }

    /// Says what a former draft of the same role said. What names the role, source, slug and
    /// language, and who may see it stay as they are.
    pub fn restore(&mut self, former: Self) {
        *self = Self {
            source: self.source.clone(),
            slug: self.slug.clone(),
            locale: self.locale.clone(),
            state: self.state,
            ..former
        };
    }

    /// Every rule that the draft breaks, in the order of its fields; empty when it may be stored.
    #[must_use]
    pub fn violations(&self, limits: &ContentLimits) -> Vec<Violation> {
        rules::violations(self, limits)
    }
}
