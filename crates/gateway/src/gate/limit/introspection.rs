//! How much a document asks of the schema. What tools ask for stays far below these limits.

use super::within;
use crate::DocumentLimits;
use crate::error::{ErrorCode, GraphError};
use crate::gate::Size;

const CODE: ErrorCode = ErrorCode::LimitIntrospection;

/// Refuses documents above the limits.
pub(super) fn check(size: &Size, limits: &DocumentLimits) -> Result<(), GraphError> {
    let asked = size.introspection;
    if asked.repeated_list {
        let message = "a list of the schema is selected inside of itself";
        return Err(GraphError::new(CODE, message));
    }
    let depth = |actual| format!("the introspection is {actual} fields deep");
    within(asked.depth, limits.introspection_depth, CODE, depth)?;
    let chain = |actual| format!("ofType is selected {actual} times inside of itself");
    within(asked.of_type_chain, limits.of_type_chain, CODE, chain)?;
    let fields = |actual| format!("the introspection selects {actual} fields");
    within(asked.fields, limits.fields, CODE, fields)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_limit, refusal};

    #[test]
    fn the_introspection_has_limits_of_its_own() {
        let chain = |count| {
            let (open, close) = ("ofType {".repeat(count), "}".repeat(count));
            format!("{{ __type(name: \"T\") {{ {open} name {close} }} }}")
        };
        assert_limit(
            super::check,
            &chain(16),
            &chain(17),
            "LIMIT_INTROSPECTION",
            "ofType is selected 17 times inside of itself: at most 16 are allowed",
        );
        let deep = |count: usize| {
            let (open, close) = ("a {".repeat(count - 2), "}".repeat(count - 2));
            format!("{{ __schema {{ {open} name {close} }} }}")
        };
        assert_limit(
            super::check,
            &deep(20),
            &deep(21),
            "LIMIT_INTROSPECTION",
            "the introspection is 21 fields deep: at most 20 are allowed",
        );
    }

    #[test]
    fn lists_of_the_schema_are_selected_once_on_each_way() {
        assert_limit(
            super::check,
            "{ __schema { types { fields { args { name } } inputFields { name } } } }",
            "{ __schema { types { ...T } } } fragment T on T { fields { type { fields { name } } } }",
            "LIMIT_INTROSPECTION",
            "a list of the schema is selected inside of itself",
        );
    }

    #[test]
    fn fields_with_such_names_elsewhere_are_no_introspection() {
        let refused = refusal(super::check, "{ fields { fields { fields } } }");
        assert_eq!(refused, serde_json::Value::Null);
    }
}
