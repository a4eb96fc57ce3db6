//! How many tokens a document has.

use super::within;
use crate::DocumentLimits;
use crate::error::{ErrorCode, GraphError};
use crate::gate::Size;

/// Refuses documents above the limit.
pub(super) fn check(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    let found = |actual| format!("the document has {actual} tokens");
    within(size.tokens, limits.tokens, ErrorCode::LimitTokens, found)
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_limit;

    #[test]
    fn a_document_has_at_most_1000_tokens() {
        let document = |count: usize| format!("{{{}}}", "a ".repeat(count - 2));
        assert_limit(
            super::check,
            &document(1_000),
            &document(1_001),
            "LIMIT_TOKENS",
            "the document has 1001 tokens: at most 1000 are allowed",
        );
    }
}
