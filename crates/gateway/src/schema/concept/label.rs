//! What concepts are called, and what is said about them.

use async_graphql::{Enum, Object};
use gateway_macros::{Written, written};

use crate::cost;
use crate::schema::scalar::Locale;

/// What a concept is called in one language.
pub(super) struct ConceptLabel<'t>(pub(super) &'t domain::concept::Label);

/// What a concept is called in one language.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl ConceptLabel<'_> {
    /// The language of the label.
    fn locale(&self) -> Locale {
        Locale(self.0.locale.clone())
    }

    /// What sort of name it is.
    fn kind(&self) -> ConceptLabelKind {
        self.0.kind.into()
    }

    /// The name.
    fn text(&self) -> &str {
        &self.0.text
    }
}

/// What sort of name a label is.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::concept::LabelKind")]
pub(super) enum ConceptLabelKind {
    /// The name that the scheme prefers: one in each language at most.
    Preferred,
    /// Another name.
    Alternate,
    /// A name that is there to be found and not to be shown, such as a misspelling.
    Hidden,
}

/// What is said about a concept in one language.
pub(super) struct ConceptNote<'t>(pub(super) &'t domain::concept::Note);

/// What is said about a concept in one language.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl ConceptNote<'_> {
    /// The language of the note.
    fn locale(&self) -> Locale {
        Locale(self.0.locale.clone())
    }

    /// What the note is about.
    fn kind(&self) -> ConceptNoteKind {
        self.0.kind.into()
    }

    /// The text.
    fn text(&self) -> &str {
        &self.0.text
    }
}

/// What a note is about.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::concept::NoteKind")]
pub(super) enum ConceptNoteKind {
    /// What the concept is.
    Description,
    /// What the concept means, strictly.
    Definition,
    /// What belongs to the concept and what does not.
    Scope,
}
