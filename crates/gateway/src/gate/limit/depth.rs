//! How deeply fields are selected inside of each other.

use super::within;
use crate::DocumentLimits;
use crate::error::{ErrorCode, GraphError};
use crate::gate::Size;

/// Selections inside of each other, those of fragments included, which the engine follows by
/// calling itself. Real documents have a few more than fields inside of each other.
pub(crate) const MAX_HEIGHT: usize = 128;

/// Refuses documents above the limit.
pub(super) fn check(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    let fields = |actual| format!("fields are selected {actual} levels deep");
    within(size.depth, limits.depth, ErrorCode::LimitDepth, fields)?;
    let selections = |actual| format!("selections and fragments are nested {actual} levels deep");
    within(size.height, MAX_HEIGHT, ErrorCode::LimitDepth, selections)
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_limit;

    #[test]
    fn fields_are_selected_at_most_12_levels_deep() {
        let document = |depth| format!("{}a{}", "{a".repeat(depth - 1) + "{", "}".repeat(depth));
        assert_limit(
            super::check,
            &document(12),
            &document(13),
            "LIMIT_DEPTH",
            "fields are selected 13 levels deep: at most 12 are allowed",
        );
    }

    #[test]
    fn fragments_are_nested_at_most_128_levels_deep() {
        // Three inline fragments in each of a chain of fragments.
        let link = |n: usize| {
            format!(
                "fragment F{n} on T {{ ...{{...{{...{{ ...F{} }}}}}} }} ",
                n + 1
            )
        };
        let document = |more: &str| {
            let links: String = (0..31).map(link).collect();
            format!("{{ ...F0 }} {links} fragment F31 on T {{ {more} }}")
        };
        assert_limit(
            super::check,
            &document("...{...{ a }}"),
            &document("...{...{...{ a }}}"),
            "LIMIT_DEPTH",
            "selections and fragments are nested 129 levels deep: at most 128 are allowed",
        );
    }
}
