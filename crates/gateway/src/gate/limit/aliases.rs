//! How many aliases a document has.

use super::within;
use crate::DocumentLimits;
use crate::error::{ErrorCode, GraphError};
use crate::gate::Size;

/// Refuses documents above the limit.
pub(super) fn check(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    let found = |actual| format!("the document has {actual} aliases");
    within(size.aliases, limits.aliases, ErrorCode::LimitAliases, found)
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_limit;

    #[test]
    fn a_document_has_at_most_30_aliases() {
        let document = |count: usize| {
            let field = |n| format!("a{n}: b ");
            format!(
                "{{ c {{ {} }} }}",
                (0..count).map(field).collect::<String>()
            )
        };
        assert_limit(
            super::check,
            &document(30),
            &document(31),
            "LIMIT_ALIASES",
            "the document has 31 aliases: at most 30 are allowed",
        );
    }
}
