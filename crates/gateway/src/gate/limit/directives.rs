//! How many directives a document has, in all places together and in one place.

use super::within;
use crate::DocumentLimits;
use crate::error::{ErrorCode, GraphError};
use crate::gate::Size;

/// Refuses documents above the limits.
pub(super) fn check(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    let (actual, limit) = (size.directives_per_place, limits.directives_per_place);
    let here = |actual| format!("one place has {actual} directives");
    within(actual, limit, ErrorCode::LimitDirectives, here)?;
    let all = |actual| format!("the document has {actual} directives");
    within(
        size.directives,
        limits.directives,
        ErrorCode::LimitDirectives,
        all,
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_limit;

    #[test]
    fn one_place_has_at_most_4_directives_wherever_it_is() {
        for place in [
            "{ a DIRECTIVES }",
            "query DIRECTIVES { a }",
            "query ($a: Int DIRECTIVES) { a }",
            "{ ... DIRECTIVES { a } }",
            "{ ...F DIRECTIVES } fragment F on T { a }",
            "{ ...F } fragment F on T DIRECTIVES { a }",
        ] {
            let document = |count| place.replace("DIRECTIVES", &"@d ".repeat(count));
            assert_limit(
                super::check,
                &document(4),
                &document(5),
                "LIMIT_DIRECTIVES",
                "one place has 5 directives: at most 4 are allowed",
            );
        }
    }

    #[test]
    fn all_places_have_at_most_50_directives() {
        let document = |count| format!("{{ {} }}", "a @d ".repeat(count));
        assert_limit(
            super::check,
            &document(50),
            &document(51),
            "LIMIT_DIRECTIVES",
            "the document has 51 directives: at most 50 are allowed",
        );
    }
}
