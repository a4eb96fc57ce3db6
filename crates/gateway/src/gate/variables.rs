//! The values of variables, settled before anything reads them.

use async_graphql::parser::types::{BaseType, OperationDefinition, Type};
use async_graphql::{Name, Value, Variables};

use super::ValueSize;
use crate::DocumentLimits;
use crate::error::{ErrorCode, GraphError, Reason};
use crate::schema::Shape;

/// Refuses values that are too large, puts in the defaults of variables that were left out, which
/// the engine forgets in `@skip` and `@include`, asks for those that must have a value, which it
/// would run as null, and refuses numbers that are no `Int`, which it would notice too late.
pub(crate) fn settle(
    variables: &mut Variables,
    operation: &OperationDefinition,
    shape: &Shape,
    limits: &DocumentLimits,
) -> Result<(), GraphError> {
    check_size(variables, limits)?;
    for definition in &operation.variable_definitions {
        let (name, ty) = (&definition.node.name.node, &definition.node.var_type.node);
        if let Some(default) = &definition.node.default_value
            && !variables.contains_key(name)
        {
            variables.insert(name.clone(), default.node.clone());
        }
        let value = variables.get(name).unwrap_or(&Value::Null);
        if !ty.nullable && *value == Value::Null {
            let message = format!("variable ${name} has no value: expected {ty}");
            return Err(GraphError::bad_input(Reason::VariableMissing, &message));
        }
        let mut numbers = Numbers { shape, name };
        numbers.check(value, ty)?;
    }
    Ok(())
}

fn check_size(variables: &Variables, limits: &DocumentLimits) -> Result<(), GraphError> {
    let mut size = ValueSize::default();
    for value in variables.values() {
        size.add_const(value);
    }
    if size.depth > limits.value_depth {
        let found = format!(
            "the value of a variable is nested {} levels deep",
            size.depth
        );
        let code = ErrorCode::LimitValueDepth;
        return Err(GraphError::over_limit(
            code,
            &found,
            limits.value_depth,
            size.depth,
        ));
    }
    if size.list_items > limits.list_items {
        let found = format!("a list in a variable has {} items", size.list_items);
        let code = ErrorCode::LimitListItems;
        return Err(GraphError::over_limit(
            code,
            &found,
            limits.list_items,
            size.list_items,
        ));
    }
    Ok(())
}

/// Looks for whole numbers where the schema says `Int` and the number does not fit.
struct Numbers<'a> {
    shape: &'a Shape,
    name: &'a Name,
}

impl Numbers<'_> {
    fn check(&mut self, value: &Value, ty: &Type) -> Result<(), GraphError> {
        match (value, &ty.base) {
            (Value::List(items), BaseType::List(item)) => {
                items.iter().try_for_each(|value| self.check(value, item))
            }
            // A single value stands for a list of one.
            (single, BaseType::List(item)) => self.check(single, item),
            (Value::Number(number), BaseType::Named(name)) if name == "Int" => {
                let fits = number
                    .as_i64()
                    .is_some_and(|number| i32::try_from(number).is_ok());
                if fits {
                    return Ok(());
                }
                let message = format!(
                    "variable ${}: {number} is no Int, a whole number of 32 bits",
                    self.name
                );
                Err(GraphError::bad_input(Reason::ValueInvalid, &message))
            }
            (Value::Object(members), BaseType::Named(name)) => {
                members.iter().try_for_each(|(member, value)| {
                    let ty = self.shape.input(name, member);
                    ty.map_or(Ok(()), |ty| self.check(value, ty))
                })
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::{Value as Json, json};

    use super::*;

    fn settled(query: &str, variables: Json) -> Result<Json, Json> {
        let shape = Shape::of_sdl(&crate::sdl());
        let mut variables = Variables::from_json(variables);
        let document = parse_query(query).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let limits = DocumentLimits::default();
        match settle(&mut variables, &operation.node, &shape, &limits) {
            Ok(()) => Ok(serde_json::to_value(variables).unwrap()),
            Err(error) => Err(serde_json::to_value(error).unwrap()),
        }
    }

    #[test]
    fn variables_are_completed_by_their_defaults() {
        let query = "query ($a: Int = 7, $b: Int, $c: Int! = 8) { a }";
        let variables = settled(query, json!({"b": null})).unwrap();
        assert_eq!(variables, json!({"a": 7, "b": null, "c": 8}));
    }

    #[test]
    fn a_variable_that_must_have_a_value_is_asked_for() {
        let query = "query ($a: [Int!]!) { a }";
        for variables in [json!({}), json!({"a": null})] {
            let error = settled(query, variables).unwrap_err();
            let message = "variable $a has no value: expected [Int!]!";
            assert_eq!(error["message"], message);
            assert_eq!(error["extensions"]["reason"], "VARIABLE_MISSING");
        }
    }

    #[test]
    fn numbers_have_to_fit_where_the_schema_says_int() {
        let query = "query ($n: Int, $list: [[Int]], $one: [Int], $letter: PlaceholderValue) { a }";
        assert!(settled(query, json!({"n": 2_147_483_647, "list": [[1], null]})).is_ok());
        for odd in [
            json!({"n": 2_147_483_648_u64}),
            json!({"n": 1.5}),
            json!({"list": [[1], [-2_147_483_649_i64]]}),
            json!({"one": 3_000_000_000_u64}),
        ] {
            let error = settled(query, odd).unwrap_err();
            assert_eq!(error["extensions"]["reason"], "VALUE_INVALID", "{error}");
        }
    }

    #[test]
    fn values_have_the_limits_of_literals() {
        let nested = |depth: usize| (0..depth).fold(json!(1), |value, _| json!([value]));
        let query = "query ($a: JSON) { a }";
        assert!(settled(query, json!({"a": nested(32)})).is_ok());
        let error = settled(query, json!({"a": nested(33)})).unwrap_err();
        assert_eq!(error["extensions"]["code"], "LIMIT_VALUE_DEPTH");
        assert_eq!(error["extensions"]["actual"], 33);
        assert!(settled(query, json!({"a": vec![1; 250]})).is_ok());
        let error = settled(query, json!({"a": {"b": vec![1; 251]}})).unwrap_err();
        assert_eq!(error["extensions"]["code"], "LIMIT_LIST_ITEMS");
        assert_eq!(error["extensions"]["limit"], 250);
    }
}
