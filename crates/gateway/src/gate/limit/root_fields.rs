//! How many fields an operation selects of its root.

use super::within;
use crate::DocumentLimits;
use crate::error::{ErrorCode, GraphError};
use crate::gate::Size;

/// Refuses documents above the limit.
pub(super) fn check(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    let found = |actual| format!("an operation selects {actual} root fields");
    within(
        size.root_fields,
        limits.root_fields,
        ErrorCode::LimitRootFields,
        found,
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_limit;

    #[test]
    fn an_operation_selects_at_most_20_root_fields() {
        let document = |count: usize| format!("{{{}}}", "a ".repeat(count));
        assert_limit(
            super::check,
            &document(20),
            &document(21),
            "LIMIT_ROOT_FIELDS",
            "an operation selects 21 root fields: at most 20 are allowed",
        );
    }
}
