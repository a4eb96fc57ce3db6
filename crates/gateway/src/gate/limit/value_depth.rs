//! How deeply lists and objects of a literal are nested.

use super::within;
use crate::DocumentLimits;
use crate::error::{ErrorCode, GraphError};
use crate::gate::Size;

/// Refuses documents above the limit.
pub(super) fn check(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    let found = |actual| format!("a value is nested {actual} levels deep");
    within(
        size.value_depth,
        limits.value_depth,
        ErrorCode::LimitValueDepth,
        found,
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_limit;

    #[test]
    fn a_value_is_at_most_32_levels_deep() {
        let document =
            |count: usize| format!("{{ a(b: {}{}) }}", "[".repeat(count), "]".repeat(count));
        assert_limit(
            super::check,
            &document(32),
            &document(33),
            "LIMIT_VALUE_DEPTH",
            "a value is nested 33 levels deep: at most 32 are allowed",
        );
    }
}
