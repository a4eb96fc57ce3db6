//! Why a manifest cannot be used, and where the reason stands.

use std::fmt;

use domain::Violation;
use domain::document::{DocumentId, InvalidDocumentId};

use super::MAX_MANIFEST_BYTES;

/// How many characters of a foreign text an error shows.
const SHOWN_CHARS: usize = 80;

/// A manifest that cannot be used, in one line: file, place, what was expected and what to do.
#[derive(Debug)]
pub struct ManifestError {
    /// What the manifest is called.
    pub file: String,
    /// Where in the manifest the problem stands: `operations[3]`, `operations[3].id`, `key "…"`;
    /// `None` when it concerns the whole.
    pub place: Option<String>,
    /// What is wrong.
    pub problem: ManifestProblem,
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            place,
            problem,
        } = self;
        match place {
            Some(place) => write!(f, "{file}: {place}: {problem}"),
            None => write!(f, "{file}: {problem}"),
        }
    }
}

impl std::error::Error for ManifestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The problem itself is part of the text.
        self.problem.source()
    }
}

/// What is wrong with a manifest.
#[derive(Debug, thiserror::Error)]
pub enum ManifestProblem {
    /// The manifest is too large to be read.
    #[error("more than {MAX_MANIFEST_BYTES} bytes: split the manifest into several files")]
    TooLarge,
    /// The manifest is no JSON object.
    #[error("{0}: expected one JSON object, let the tool of your client write the file again")]
    Json(#[source] serde_json::Error),
    /// The manifest says that it is of a kind that is not known.
    #[error(
        "expected {expected}, found {found}: push a manifest of Apollo in version 1, or one object \
         of ids and texts as Relay and graphql-codegen write it"
    )]
    UnknownFormat {
        /// What would be accepted.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// A key leads to something else than a text.
    #[error(
        "expected the text of a document, found {found}: push one object of ids and texts as Relay \
         and graphql-codegen write it, or a manifest of Apollo, which names its format"
    )]
    NoText {
        /// What stands there.
        found: String,
    },
    /// A member has the wrong type or is missing.
    #[error("expected {expected}, found {found}: let the tool of your client write the file again")]
    Unexpected {
        /// What would be accepted.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// No document is in the manifest.
    #[error(
        "expected at least one document, found none: let the tool of your client read the \
         operations and write the file again"
    )]
    Empty,
    /// A text that cannot be an id.
    #[error("{0}: give the document another id")]
    Id(#[source] InvalidDocumentId),
    /// A name or text that breaks a rule.
    #[error("{0}")]
    Rule(#[source] Violation),
    /// An id that should be the hash of the text and is not.
    #[error(
        "the id {id} is not the SHA-256 of the text, which is {actual}: let the tool of your \
         client write the file again"
    )]
    WrongHash {
        /// The id as it stands there.
        id: DocumentId,
        /// The hash of the text.
        actual: String,
    },
    /// An id that stands there twice.
    #[error("the id {id} stands at {first} with another text: give every text its own id")]
    Repeated {
        /// The id.
        id: DocumentId,
        /// Where it stood before.
        first: String,
    },
}

impl ManifestProblem {
    pub(super) fn at(self, place: String) -> Located {
        Located {
            place: Some(place),
            problem: self,
        }
    }
}

/// A problem whose file is not known yet.
pub(super) struct Located {
    place: Option<String>,
    problem: ManifestProblem,
}

impl Located {
    pub(super) fn in_file(self, file: &str) -> ManifestError {
        let Self { place, problem } = self;
        ManifestError {
            file: file.to_owned(),
            place,
            problem,
        }
    }
}

impl From<ManifestProblem> for Located {
    fn from(problem: ManifestProblem) -> Self {
        Self {
            place: None,
            problem,
        }
    }
}

/// The beginning of a foreign text, in quotes and in one line.
pub(super) fn shown(text: &str) -> String {
    let mut chars = text.chars();
    let start: String = chars.by_ref().take(SHOWN_CHARS).collect();
    let end = if chars.next().is_some() { "…" } else { "" };
    format!("\"{}{end}\"", start.escape_debug())
}
