//! How many fragments a document defines.

use super::within;
use crate::DocumentLimits;
use crate::error::{ErrorCode, GraphError};
use crate::gate::Size;

/// Refuses documents above the limit.
pub(super) fn check(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    let found = |actual| format!("the document defines {actual} fragments");
    within(
        size.fragments,
        limits.fragments,
        ErrorCode::LimitFragments,
        found,
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_limit;

    #[test]
    fn a_document_defines_at_most_64_fragments() {
        let document = |count: usize| {
            let fragment = |n| format!("fragment F{n} on Query {{ a }} ");
            format!("{{ a }} {}", (0..count).map(fragment).collect::<String>())
        };
        assert_limit(
            super::check,
            &document(64),
            &document(65),
            "LIMIT_FRAGMENTS",
            "the document defines 65 fragments: at most 64 are allowed",
        );
    }
}
