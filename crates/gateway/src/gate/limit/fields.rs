//! How many fields a document selects when every fragment stands where it is used.

use super::within;
use crate::DocumentLimits;
use crate::error::{ErrorCode, GraphError};
use crate::gate::Size;

/// Refuses documents above the limit.
pub(super) fn check(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    let found = |actual| format!("the document selects {actual} fields");
    within(size.fields, limits.fields, ErrorCode::LimitFields, found)
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_limit;

    #[test]
    fn fragments_count_where_they_are_used() {
        let document = |count: usize| {
            // A field that holds one hundred, as often as it takes, and some more beside it.
            let hundred = "fragment F on T { ".to_owned() + &"a ".repeat(99) + "}";
            let times = "b { ...F } ".repeat(count / 100);
            format!("{{ {times} {} }} {hundred}", "c ".repeat(count % 100))
        };
        assert_limit(
            super::check,
            &document(1_000),
            &document(1_001),
            "LIMIT_FIELDS",
            "the document selects 1001 fields: at most 1000 are allowed",
        );
    }
}
