//! How often the rules of GraphQL look at the parts of a document.

use super::within;
use crate::DocumentLimits;
use crate::error::{ErrorCode, GraphError};
use crate::gate::Size;

/// As many visits are allowed for each field that is. Documents of components, each with its
/// fragments, come to two or three for each field that they have, and have few hundred fields.
const FOR_EACH_FIELD: usize = 2;

/// Refuses documents above the limit.
pub(super) fn check(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    let found = |actual| {
        format!("validation has to look at {actual} fields, of nested fragments again and again")
    };
    let limit = limits.fields.saturating_mul(FOR_EACH_FIELD);
    within(size.visits, limit, ErrorCode::LimitFields, found)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_limit, refusal};

    const TEXT: &str = "validation has to look at 2001 fields, of nested fragments again and again: at most 2000 are allowed";

    #[test]
    fn a_field_counts_for_each_selection_around_it() {
        let document = |more: &str| {
            let (open, close) = ("... {".repeat(19), "}".repeat(19));
            format!("{{ {open} {} {close} {more} }}", "a ".repeat(99))
        };
        // In 20 selections each; what stands beside is in one.
        let allowed = document(&"a ".repeat(20));
        let refused = document(&"a ".repeat(21));
        assert_limit(super::check, &allowed, &refused, "LIMIT_FIELDS", TEXT);
    }

    #[test]
    fn arguments_and_their_values_count_as_fields() {
        let document = |count: usize, more: &str| {
            let (open, close) = ("... {".repeat(9), "}".repeat(9));
            // The field, and for each argument its name, the list and its item.
            let arguments = "b: [1] ".repeat(count);
            format!("{{ {open} a({arguments}) {close} {more} }}")
        };
        let allowed = document(66, &"a ".repeat(10));
        let refused = document(66, &"a ".repeat(11));
        assert_limit(super::check, &allowed, &refused, "LIMIT_FIELDS", TEXT);
    }

    #[test]
    fn fragments_and_variables_count_for_each_operation() {
        let document = |operations: usize| {
            let operation = |n| format!("query A{n} {{ ...F0 }} ");
            let link = |n| format!("fragment F{n} on T {{ ...F{} }} ", n + 1);
            let operations: String = (0..operations).map(operation).collect();
            let links: String = (0..40).map(link).collect();
            format!("{operations} {links} fragment F40 on T {{ a(b: $c) }}")
        };
        assert_eq!(
            refusal(super::check, &document(40)),
            serde_json::Value::Null
        );
        assert_eq!(
            refusal(super::check, &document(50))["extensions"]["code"],
            "LIMIT_FIELDS"
        );
    }
}
