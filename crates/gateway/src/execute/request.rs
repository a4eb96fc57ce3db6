//! The members of a request, read strictly.

use async_graphql::Variables;
use serde::Deserialize;
use serde_json::Value;

use crate::error::{ErrorCode, GraphError};

/// A well-formed request.
#[derive(Debug)]
pub(crate) struct GraphRequest {
    /// The document.
    pub(super) query: String,
    /// Which operation of the document to run.
    pub(super) operation_name: Option<String>,
    /// The values of its variables.
    pub(super) variables: Variables,
    /// Which types of operations may run.
    pub(super) allowed: Operations,
}

/// Which types of operations a request may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operations {
    /// Whatever the schema offers.
    All,
    /// Queries only, for methods that must not change anything.
    Queries,
}

/// The members as they come, so that each can be checked and named.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    query: Option<Value>,
    operation_name: Option<Value>,
    variables: Option<Value>,
    extensions: Option<Value>,
}

/// The members in a query string, where objects are JSON texts.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

impl GraphRequest {
    /// Reads the body of a request.
    pub(crate) fn from_body(body: &[u8]) -> Result<Self, GraphError> {
        // A derived struct would read an array as well.
        if body.trim_ascii_start().first() != Some(&b'{') {
            return Err(malformed("the body is not a JSON object"));
        }
        let members = serde_json::from_slice(body)
            .map_err(|error| malformed(&format!("the body is not a request: {error}")))?;
        Self::checked(members)
    }

    /// Reads a request that is JSON already.
    pub(super) fn from_json(request: &Value) -> Result<Self, GraphError> {
        if !request.is_object() {
            return Err(malformed("the request is not a JSON object"));
        }
        let members = Members::deserialize(request)
            .map_err(|error| malformed(&format!("the request cannot be read: {error}")))?;
        Self::checked(members)
    }

    /// Reads the query string of an address; only queries may run.
    pub(crate) fn from_query_string(text: &str) -> Result<Self, GraphError> {
        let parameters = actix_web::web::Query::<Parameters>::from_query(text)
            .map_err(|error| malformed(&format!("the query string cannot be read: {error}")))?;
        let Parameters {
            query,
            operation_name,
            variables,
            extensions,
        } = parameters.into_inner();
        let members = Members {
            query: query.map(Value::String),
            operation_name: operation_name.map(Value::String),
            variables: json("variables", variables.as_deref())?,
            extensions: json("extensions", extensions.as_deref())?,
        };
        Ok(Self {
            allowed: Operations::Queries,
            ..Self::checked(members)?
        })
    }

    fn checked(members: Members) -> Result<Self, GraphError> {
        let Members {
            query,
            operation_name,
            variables,
            extensions,
        } = members;
        let query = match query {
            Some(Value::String(query)) => query,
            Some(_) => return Err(malformed("query is not a string")),
            None => return Err(malformed("query is missing: expected a GraphQL document")),
        };
        let operation_name = match operation_name {
            Some(Value::String(name)) => Some(name),
            None => None,
            Some(_) => return Err(malformed("operationName is not a string or null")),
        };
        let variables = object_or_null("variables", variables)?;
        object_or_null("extensions", extensions)?;
        Ok(Self {
            query,
            operation_name,
            variables: Variables::from_json(variables.unwrap_or_default()),
            allowed: Operations::All,
        })
    }
}

fn object_or_null(name: &str, value: Option<Value>) -> Result<Option<Value>, GraphError> {
    match value {
        None | Some(Value::Object(_)) => Ok(value),
        Some(_) => Err(malformed(&format!("{name} is not an object or null"))),
    }
}

/// A member that a query string holds as JSON text.
fn json(name: &str, text: Option<&str>) -> Result<Option<Value>, GraphError> {
    let value = text.map(serde_json::from_str::<Option<Value>>);
    let value = value
        .transpose()
        .map_err(|error| malformed(&format!("{name} is not JSON: {error}")))?;
    Ok(value.flatten())
}

fn malformed(message: &str) -> GraphError {
    GraphError::new(ErrorCode::BadRequest, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(result: Result<GraphRequest, GraphError>) -> String {
        let error = serde_json::to_value(result.unwrap_err()).unwrap();
        error["message"].as_str().unwrap().to_owned()
    }

    #[test]
    fn a_body_is_an_object_with_each_member_once() {
        let body = |text: &str| GraphRequest::from_body(text.as_bytes());
        assert!(body(r#" {"query": "{a}", "variables": null, "clientName": "x"}"#).is_ok());
        assert_eq!(message(body(r#"["{a}"]"#)), "the body is not a JSON object");
        assert!(message(body(r#"{"query": "{a}", "query": "{b}"}"#)).contains("duplicate field"));
        assert!(message(body(r#"{"query": "{a}"} x"#)).contains("trailing characters"));
        assert_eq!(message(body(r#"{"query": 7}"#)), "query is not a string");
        assert_eq!(
            message(body(r#"{"query": "{a}", "variables": [7]}"#)),
            "variables is not an object or null"
        );
        assert!(message(body("{}")).starts_with("query is missing"));
    }

    #[test]
    fn a_query_string_holds_json_texts_and_each_parameter_once() {
        let address = GraphRequest::from_query_string;
        let read = address("query=%7Ba%7D&variables=%7B%22x%22%3A1%7D&extensions=null").unwrap();
        assert_eq!(read.query, "{a}");
        assert_eq!(read.allowed, Operations::Queries);
        assert!(message(address("query=%7Ba%7D&query=%7Bb%7D")).contains("duplicate field"));
        assert!(message(address("query=%7Ba%7D&variables=%7B")).starts_with("variables is not"));
        assert_eq!(
            message(address("query=%7Ba%7D&variables=7")),
            "variables is not an object or null"
        );
    }
}
