//! Prose sections.

use crate::text_enum::text_enum;

text_enum! {
    /// What a section is about.
    pub enum SectionKind {
        /// What the role is like.
        Overview = "OVERVIEW",
        /// How demand develops.
        CareerOutlook = "CAREER_OUTLOOK",
        /// What people earn.
        Pay = "PAY",
        /// Where and when people work.
        WorkEnvironment = "WORK_ENVIRONMENT",
        /// How to enter the role.
        HowToBecome = "HOW_TO_BECOME",
        /// What people in the role do.
        WhatTheyDo = "WHAT_THEY_DO",
        /// Data by state or area.
        StateData = "STATE_DATA",
        /// Where to find out more.
        Contacts = "CONTACTS",
        /// Something else: the heading says what.
        Custom = "CUSTOM",
    }
}

text_enum! {
    /// How a text is written.
    pub enum TextFormat {
        /// Plain text; blank lines separate paragraphs.
        Plain = "PLAIN",
        /// Markdown.
        Markdown = "MARKDOWN",
        /// HTML.
        Html = "HTML",
    }
}

/// Prose under one heading.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Section {
    /// What the section is about.
    pub kind: SectionKind,
    /// The heading as the document writes it.
    pub heading: String,
    /// The prose; blank lines separate paragraphs, lines that start with `• ` are list items.
    pub body: String,
    /// How the body is written.
    pub format: TextFormat,
}
