//! How many bytes a document has.

use super::within;
use crate::DocumentLimits;
use crate::error::{ErrorCode, GraphError};
use crate::gate::Size;

/// Refuses documents above the limit.
pub(super) fn check(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    let found = |actual| format!("the document has {actual} bytes");
    within(
        size.bytes,
        limits.document_bytes,
        ErrorCode::LimitDocumentBytes,
        found,
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_limit;

    #[test]
    fn a_document_has_at_most_16_kibibytes() {
        let document = |count: usize| format!("{{a}}{}", " ".repeat(count - 3));
        assert_limit(
            super::check,
            &document(16_384),
            &document(16_385),
            "LIMIT_DOCUMENT_BYTES",
            "the document has 16385 bytes: at most 16384 are allowed",
        );
    }
}
