//! How deeply brackets are nested, before the parser sees them.

use super::within;
use crate::DocumentLimits;
use crate::error::{ErrorCode, GraphError};
use crate::gate::Size;

/// Refuses documents above the limit.
pub(super) fn check(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    let found = |actual| format!("brackets are nested {actual} levels deep");
    within(size.nesting, limits.nesting, ErrorCode::LimitNesting, found)
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_limit;

    #[test]
    fn at_most_32_brackets_are_open() {
        let document = |count: usize| format!("{}{}", "{a".repeat(count), "}".repeat(count));
        assert_limit(
            super::check,
            &document(32),
            &document(33),
            "LIMIT_NESTING",
            "brackets are nested 33 levels deep: at most 32 are allowed",
        );
    }
}
