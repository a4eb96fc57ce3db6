//! The limits of a document, one module each: what is compared, and how a refusal reads.

mod aliases;
mod depth;
mod directives;
mod document_bytes;
mod fields;
mod fragments;
mod introspection;
mod list_items;
mod nesting;
mod root_fields;
mod tokens;
mod value_depth;
mod visits;

pub(crate) use depth::MAX_HEIGHT;

use super::size::Size;
use crate::DocumentLimits;
use crate::error::{ErrorCode, GraphError};

type Check = fn(&Size, &DocumentLimits) -> Result<(), GraphError>;

/// What is known of a text before it is parsed.
const TEXT: [Check; 3] = [document_bytes::check, nesting::check, tokens::check];
/// What a parsed document is checked for.
const DOCUMENT: [Check; 10] = [
    fragments::check,
    fields::check,
    root_fields::check,
    aliases::check,
    directives::check,
    depth::check,
    value_depth::check,
    list_items::check,
    introspection::check,
    visits::check,
];

/// Refuses a text that should not be parsed.
pub(crate) fn check_text(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    TEXT.iter().try_for_each(|check| check(size, limits))
}

/// Refuses a text of the operator that should not be parsed: it may be long, but the parser has
/// to survive it.
pub(crate) fn check_listed_text(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    nesting::check(size, limits)
}

/// Refuses a document that should not be executed.
pub(crate) fn check_document(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    DOCUMENT.iter().try_for_each(|check| check(size, limits))
}

/// Refuses whatever is over its limit; `found` is what was found, as the beginning of a sentence.
fn within(
    actual: usize,
    limit: usize,
    code: ErrorCode,
    found: impl Fn(usize) -> String,
) -> Result<(), GraphError> {
    if actual <= limit {
        return Ok(());
    }
    Err(GraphError::over_limit(code, &found(actual), limit, actual))
}

#[cfg(test)]
mod tests {
    //! What the tests of all limits share.

    use async_graphql::parser::parse_query;
    use serde_json::Value;

    use super::super::{measure, scan};
    use super::*;

    /// The refusal of a document by one limit; null when it is allowed.
    pub(super) fn refusal(check: Check, document: &str) -> Value {
        let error = check(&size(document), &DocumentLimits::default()).err();
        serde_json::to_value(error).unwrap()
    }

    /// Asserts that `allowed` passes and that `refused` is refused in these words.
    pub(super) fn assert_limit(check: Check, allowed: &str, refused: &str, code: &str, text: &str) {
        assert_eq!(refusal(check, allowed), Value::Null);
        let error = refusal(check, refused);
        assert_eq!(error["extensions"]["code"], code);
        assert_eq!(error["message"], text);
    }

    fn size(document: &str) -> Size {
        let scanned = scan::scan(document);
        let parsed = parse_query(document).map(|parsed| measure::measure(&parsed).unwrap());
        Size {
            bytes: document.len(),
            tokens: scanned.tokens,
            nesting: scanned.nesting,
            ..parsed.unwrap_or_default()
        }
    }
}
