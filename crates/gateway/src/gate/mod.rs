//! What stands in front of the parser: a document that passes can be parsed safely.

mod document_size;
mod nesting;

use crate::error::GraphError;

/// Refuses documents that are too large or nested too deeply; cheap checks come first.
pub(crate) fn check(document: &str) -> Result<(), GraphError> {
    document_size::check(document)?;
    nesting::check(document)
}
