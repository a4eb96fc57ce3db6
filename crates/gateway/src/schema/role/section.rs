//! Prose sections.

use async_graphql::{Enum, ID, Object};
use domain::Stored;
use domain::id::SectionId;
use gateway_macros::{Written, written};

use crate::schema::scalar::int;

/// Prose under one heading.
pub(super) struct Section<'t> {
    position: usize,
    section: &'t Stored<SectionId, domain::role::Section>,
}

impl<'t> Section<'t> {
    /// The section at its place among all sections of its role.
    pub(super) fn new(
        (position, section): (usize, &'t Stored<SectionId, domain::role::Section>),
    ) -> Self {
        Self { position, section }
    }
}

/// Prose under one heading.
#[written]
#[Object]
impl Section<'_> {
    /// The id of the section.
    fn id(&self) -> ID {
        self.section.id.to_string().into()
    }

    /// The place among the sections of the role, from 0.
    fn position(&self) -> i32 {
        int(self.position)
    }

    /// What the section is about.
    fn kind(&self) -> SectionKind {
        self.section.kind.into()
    }

    /// The heading as the page writes it.
    fn heading(&self) -> &str {
        &self.section.heading
    }

    /// The prose; blank lines separate paragraphs, and lines that start with `• ` are list items.
    fn body(&self) -> &str {
        &self.section.body
    }

    /// How the body is written.
    fn format(&self) -> TextFormat {
        self.section.format.into()
    }
}

/// What a section is about.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::SectionKind")]
pub(super) enum SectionKind {
    /// What the role is like.
    Overview,
    /// How demand develops.
    CareerOutlook,
    /// What people earn.
    Pay,
    /// Where and when people work.
    WorkEnvironment,
    /// How to enter the role.
    HowToBecome,
    /// What people in the role do.
    WhatTheyDo,
    /// Data by state or area.
    StateData,
    /// Where to find out more.
    Contacts,
    /// Something else, which the heading names.
    Custom,
}

/// How a text is written.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::TextFormat")]
pub(super) enum TextFormat {
    /// Plain text; blank lines separate paragraphs.
    Plain,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
}
