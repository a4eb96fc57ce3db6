//! Trusted documents: GraphQL texts that an operator has stored, which clients name by id.

mod id;

use crate::Violation;

pub use id::{DocumentId, InvalidDocumentId, MAX_DOCUMENT_ID_CHARS};

/// The largest number of characters of the name of a document.
pub const MAX_DOCUMENT_NAME_CHARS: usize = 128;

/// The largest number of bytes of the text of a document: 256 KiB.
pub const MAX_DOCUMENT_BYTES: usize = 256 << 10;

/// A GraphQL document that clients may run by naming it.
///
/// An id never changes its text, so that a client gets what its developers tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedDocument {
    /// What clients call the document.
    pub id: DocumentId,
    /// What people call it; usually the name of its operation.
    pub name: Option<String>,
    /// The GraphQL text, with all fragments that it uses.
    pub text: String,
}

impl TrustedDocument {
    /// Every rule that name and text break; the fields are called `name` and `text`.
    #[must_use]
    pub fn violations(&self) -> Vec<Violation> {
        let Self { id: _, name, text } = self;
        let name = name.as_deref().and_then(wrong_name);
        name.into_iter().chain(wrong_text(text)).collect()
    }

    /// Whether all rules are kept; an error names the document.
    pub fn check(&self) -> Result<(), InvalidDocument> {
        let violations = self.violations();
        if violations.is_empty() {
            return Ok(());
        }
        Err(InvalidDocument {
            id: self.id.clone(),
            violations,
        })
    }
}

/// A document that breaks rules.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("document {id}: {}", listed(.violations))]
pub struct InvalidDocument {
    /// Which document it is.
    pub id: DocumentId,
    /// The rules that it breaks.
    pub violations: Vec<Violation>,
}

fn listed(violations: &[Violation]) -> String {
    let texts: Vec<String> = violations.iter().map(ToString::to_string).collect();
    texts.join("; ")
}

fn wrong_name(name: &str) -> Option<Violation> {
    let field = "name".to_owned();
    let actual = name.chars().count();
    if name.trim().is_empty() {
        Some(Violation::Blank { field })
    } else if actual > MAX_DOCUMENT_NAME_CHARS {
        Some(Violation::TooLong {
            field,
            limit: MAX_DOCUMENT_NAME_CHARS,
            actual,
        })
    } else if name.chars().any(char::is_control) {
        Some(Violation::Invalid {
            field,
            value: name.escape_debug().to_string(),
            expected: "one line without control characters",
        })
    } else {
        None
    }
}

fn wrong_text(text: &str) -> Option<Violation> {
    let field = "text".to_owned();
    if text.trim().is_empty() {
        Some(Violation::Blank { field })
    } else if text.len() > MAX_DOCUMENT_BYTES {
        Some(Violation::TooLarge {
            field,
            limit: MAX_DOCUMENT_BYTES,
            actual: text.len(),
        })
    } else if text.contains('\0') {
        // PostgreSQL cannot store the character, and no GraphQL document contains it.
        Some(Violation::Invalid {
            field,
            value: "\\0".to_owned(),
            expected: "text without the character NUL",
        })
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(name: Option<&str>, text: &str) -> Vec<String> {
        let document = TrustedDocument {
            id: DocumentId::parse("plumber").unwrap(),
            name: name.map(str::to_owned),
            text: text.to_owned(),
        };
        let violations = document.violations();
        assert_eq!(document.check().is_ok(), violations.is_empty());
        violations.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn documents_within_their_bounds_are_accepted() {
        let longest_name = "ä".repeat(MAX_DOCUMENT_NAME_CHARS);
        let longest_text = "a".repeat(MAX_DOCUMENT_BYTES);
        assert_eq!(problems(Some(&longest_name), &longest_text), [""; 0]);
        assert_eq!(problems(None, "{ roles { nodes { id } } }"), [""; 0]);
    }

    #[test]
    fn one_more_is_too_much() {
        let name = "ä".repeat(MAX_DOCUMENT_NAME_CHARS + 1);
        let text = "a".repeat(MAX_DOCUMENT_BYTES + 1);
        assert_eq!(
            problems(Some(&name), &text),
            [
                "name has 129 characters: at most 128 are allowed",
                "text has 262145 bytes: at most 262144 are allowed",
            ]
        );
    }

    #[test]
    fn names_and_texts_that_say_nothing_or_cannot_be_stored_are_refused() {
        assert_eq!(
            problems(Some(" "), "\n"),
            [
                "name is blank: expected text",
                "text is blank: expected text"
            ]
        );
        assert_eq!(
            problems(Some("a\nb"), "{ a\0 }"),
            [
                "name is \"a\\nb\": expected one line without control characters",
                "text is \"\\0\": expected text without the character NUL",
            ]
        );
    }

    #[test]
    fn the_error_names_the_document() {
        let document = TrustedDocument {
            id: DocumentId::parse("plumber").unwrap(),
            name: None,
            text: String::new(),
        };
        assert_eq!(
            document.check().unwrap_err().to_string(),
            "document plumber: text is blank: expected text"
        );
    }
}
