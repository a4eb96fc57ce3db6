//! The operation to run and its variables, settled before the engine sees them.

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType,
};
use async_graphql::{Request, Value, Variables};

use super::{GraphRequest, Operations, Outcome, Stage};
use crate::error::{ErrorCode, GraphError, Reason};
use crate::gate;

/// What the engine executes.
pub(super) fn prepare(request: GraphRequest) -> Result<Request, Outcome> {
    let GraphRequest {
        query,
        operation_name,
        mut variables,
        allowed,
    } = request;
    let refuse = |error| Outcome::refused(Stage::Document, error);
    gate::check(&query).map_err(refuse)?;
    let document = parse_query(&query).map_err(|error| refuse(GraphError::of_parser(&error)))?;
    let operation = select(&document, operation_name.as_deref()).map_err(refuse)?;
    if allowed == Operations::Queries && operation.ty != OperationType::Query {
        let message = "only queries may be sent with this method: use POST";
        let error = GraphError::new(ErrorCode::BadRequest, message);
        return Err(Outcome::refused(Stage::Method, error));
    }
    complete(&mut variables, operation).map_err(refuse)?;
    let mut prepared = Request::new(query).variables(variables);
    prepared.operation_name = operation_name;
    prepared.set_parsed_query(document);
    Ok(prepared)
}

fn select<'d>(
    document: &'d ExecutableDocument,
    name: Option<&str>,
) -> Result<&'d OperationDefinition, GraphError> {
    let found = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next()
        }
        (DocumentOperations::Single(_), Some(_)) | (DocumentOperations::Multiple(_), None) => None,
    };
    found.map(|operation| &operation.node).ok_or_else(|| {
        let message = match name {
            Some(name) => format!("the document has no operation \"{name}\""),
            None => "operationName is missing: the document has several operations".to_owned(),
        };
        GraphError::new(ErrorCode::OperationResolutionFailure, &message)
    })
}

/// Puts in the defaults of variables that were left out, which the engine forgets in `@skip` and
/// `@include`, and asks for those that must have a value, which it would run as null.
fn complete(variables: &mut Variables, operation: &OperationDefinition) -> Result<(), GraphError> {
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
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    fn prepared(request: &Json) -> Result<Request, Json> {
        let request = GraphRequest::from_json(request).unwrap();
        prepare(request).map_err(|outcome| match outcome {
            Outcome::Refused { errors, .. } => serde_json::to_value(&errors[0]).unwrap(),
            Outcome::Executed { .. } => Json::Null,
        })
    }

    fn code(request: &Json) -> Json {
        prepared(request).unwrap_err()["extensions"]["code"].clone()
    }

    #[test]
    fn the_operation_is_found_by_its_name() {
        let document = "query A { a } query B { b }";
        let named = |name: Json| json!({"query": document, "operationName": name});
        assert!(prepared(&named(json!("B"))).is_ok());
        assert_eq!(code(&named(json!("C"))), "OPERATION_RESOLUTION_FAILURE");
        assert_eq!(code(&named(Json::Null)), "OPERATION_RESOLUTION_FAILURE");
        assert!(prepared(&json!({"query": "query A { a }"})).is_ok());
        assert_eq!(
            code(&json!({"query": "{ a }", "operationName": "A"})),
            "OPERATION_RESOLUTION_FAILURE"
        );
    }

    #[test]
    fn variables_are_completed_by_their_defaults() {
        let query = "query ($a: Int = 7, $b: Int, $c: Int! = 8) { a }";
        let request = prepared(&json!({"query": query, "variables": {"b": null}})).unwrap();
        let variables = serde_json::to_value(&request.variables).unwrap();
        assert_eq!(variables, json!({"a": 7, "b": null, "c": 8}));
    }

    #[test]
    fn a_variable_that_must_have_a_value_is_asked_for() {
        let query = "query ($a: [Int!]!) { a }";
        for variables in [json!({}), json!({"a": null})] {
            let error = prepared(&json!({"query": query, "variables": variables})).unwrap_err();
            assert_eq!(
                error["message"],
                "variable $a has no value: expected [Int!]!"
            );
            assert_eq!(error["extensions"]["reason"], "VARIABLE_MISSING");
        }
    }

    #[test]
    fn documents_meet_the_gate_before_the_parser() {
        let deep = format!("{}{}", "{a".repeat(5000), "}".repeat(5000));
        assert_eq!(code(&json!({"query": deep})), "LIMIT_NESTING");
        assert_eq!(code(&json!({"query": "{"})), "GRAPHQL_PARSE_FAILED");
    }
}
