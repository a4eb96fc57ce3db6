//! The outline: which headings a document has, in which order and wording.

use super::section::SectionKind;
use crate::text_enum::text_enum;

text_enum! {
    /// What stands under a heading.
    pub enum OutlineKind {
        /// Glance facts.
        Facts = "FACTS",
        /// Duties.
        Duties = "DUTIES",
        /// The overview.
        Overview = "OVERVIEW",
        /// Qualification groups.
        Qualifications = "QUALIFICATIONS",
        /// The career outlook.
        CareerOutlook = "CAREER_OUTLOOK",
        /// Pay.
        Pay = "PAY",
        /// The work environment.
        WorkEnvironment = "WORK_ENVIRONMENT",
        /// How to enter the role.
        HowToBecome = "HOW_TO_BECOME",
        /// What people in the role do, as prose.
        WhatTheyDo = "WHAT_THEY_DO",
        /// Data by state or area.
        StateData = "STATE_DATA",
        /// Where to find out more.
        Contacts = "CONTACTS",
        /// The sample cover letter.
        CoverLetter = "COVER_LETTER",
        /// Questions and answers.
        Faqs = "FAQS",
        /// Any other heading.
        Custom = "CUSTOM",
    }
}

impl OutlineKind {
    /// The kind of prose section under the heading; `None` where structured data stands.
    #[must_use]
    pub const fn section(self) -> Option<SectionKind> {
        match self {
            Self::Overview => Some(SectionKind::Overview),
            Self::CareerOutlook => Some(SectionKind::CareerOutlook),
            Self::Pay => Some(SectionKind::Pay),
            Self::WorkEnvironment => Some(SectionKind::WorkEnvironment),
            Self::HowToBecome => Some(SectionKind::HowToBecome),
            Self::WhatTheyDo => Some(SectionKind::WhatTheyDo),
            Self::StateData => Some(SectionKind::StateData),
            Self::Contacts => Some(SectionKind::Contacts),
            Self::Custom => Some(SectionKind::Custom),
            Self::Facts | Self::Duties | Self::Qualifications | Self::CoverLetter | Self::Faqs => {
                None
            }
        }
    }
}

/// One heading of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutlineEntry {
    /// What stands under the heading.
    pub kind: OutlineKind,
    /// The heading as the document writes it.
    pub heading: String,
    /// Text between the heading and its items, where the heading has items.
    pub lead: Option<String>,
}

/// What a document has around its contents, so that an export gives it back.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Outline {
    /// The headings in order; sections and structured parts appear in this order.
    pub entries: Vec<OutlineEntry>,
    /// The site that the page names in its first line.
    pub site: Option<String>,
    /// Whether the page has a `Last updated` line, with or without a date.
    pub last_updated_line: bool,
    /// The category that the link at the end of the page names.
    pub category_link: Option<String>,
}
