//! How many items a list of a literal has.

use super::within;
use crate::DocumentLimits;
use crate::error::{ErrorCode, GraphError};
use crate::gate::Size;

/// Refuses documents above the limit.
pub(super) fn check(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    let found = |actual| format!("a list has {actual} items");
    within(
        size.list_items,
        limits.list_items,
        ErrorCode::LimitListItems,
        found,
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_limit;

    #[test]
    fn a_list_has_at_most_250_items() {
        let document =
            |count: usize| format!("query ($x: [Int] = [{}]) {{ a }}", "1 ".repeat(count));
        assert_limit(
            super::check,
            &document(250),
            &document(251),
            "LIMIT_LIST_ITEMS",
            "a list has 251 items: at most 250 are allowed",
        );
    }
}
