//! The members of a request, read strictly.

use actix_web::web::Bytes;
use async_graphql::Variables;
use serde::Deserialize;
use serde_json::Value;

use crate::document::DocumentHash;
use crate::error::{ErrorCode, GraphError};

/// A well-formed request.
#[derive(Debug)]
pub(crate) struct GraphRequest {
    /// Where the document comes from.
    pub(crate) source: DocumentSource,
    /// Which operation of the document to run.
    pub(super) operation_name: Option<String>,
    /// The values of its variables.
    pub(super) variables: Variables,
    /// Which types of operations may run.
    pub(super) allowed: Operations,
    /// The body that it came in, when it is to be recognised the next time.
    pub(super) body: Option<Bytes>,
}

/// Where the document of a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DocumentSource {
    /// The request holds the text.
    Text(String),
    /// The request names a document.
    Id(String),
    /// The request holds the hash of a document, and its text when the client expects that the
    /// server does not know it.
    Hash(DocumentHash, Option<String>),
}

/// Which types of operations a request may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operations {
    /// Whatever the schema offers.
    All,
    /// What is answered once: queries and mutations.
    Answered,
    /// Queries only, for methods that must not change anything.
    Queries,
    /// Queries and subscriptions, likewise.
    Events,
}

/// The members as they come, so that each can be checked and named.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    query: Option<Value>,
    document_id: Option<Value>,
    #[serde(rename = "doc_id")]
    relay_doc_id: Option<Value>,
    #[serde(rename = "id")]
    relay_id: Option<Value>,
    operation_name: Option<Value>,
    variables: Option<Value>,
    extensions: Option<Value>,
}

/// The members in a query string, where objects are JSON texts.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters {
    query: Option<String>,
    document_id: Option<String>,
    #[serde(rename = "doc_id")]
    relay_doc_id: Option<String>,
    #[serde(rename = "id")]
    relay_id: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

impl GraphRequest {
    /// Reads the members of one request out of JSON.
    pub(crate) fn from_slice(json: &[u8]) -> Result<Self, GraphError> {
        // A derived struct would read an array as well.
        if json.trim_ascii_start().first() != Some(&b'{') {
            return Err(malformed("the body is not a JSON object"));
        }
        let members = serde_json::from_slice(json)
            .map_err(|error| malformed(&format!("the body is not a request: {error}")))?;
        Self::checked(members)
    }

    /// Reads a request that is JSON already.
    pub(crate) fn from_json(request: &Value) -> Result<Self, GraphError> {
        if !request.is_object() {
            return Err(malformed("the request is not a JSON object"));
        }
        let members = Members::deserialize(request)
            .map_err(|error| malformed(&format!("the request cannot be read: {error}")))?;
        Self::checked(members)
    }

    /// Reads the query string of an address; only queries may run.
    pub(crate) fn from_query_string(text: &str) -> Result<Self, GraphError> {
        check_percent_encoding(text)?;
        let parameters = actix_web::web::Query::<Parameters>::from_query(text)
            .map_err(|error| malformed(&format!("the query string cannot be read: {error}")))?;
        let Parameters {
            query,
            document_id,
            relay_doc_id,
            relay_id,
            operation_name,
            variables,
            extensions,
        } = parameters.into_inner();
        let members = Members {
            query: query.map(Value::String),
            document_id: document_id.map(Value::String),
            relay_doc_id: relay_doc_id.map(Value::String),
            relay_id: relay_id.map(Value::String),
            operation_name: operation_name.map(Value::String),
            variables: json("variables", variables.as_deref())?,
            extensions: json("extensions", extensions.as_deref())?,
        };
        Ok(Self {
            allowed: Operations::Queries,
            ..Self::checked(members)?
        })
    }

    /// Lets a request come by something that can answer again and again, too.
    pub(crate) fn with_events(self) -> Self {
        let allowed = match self.allowed {
            Operations::Queries | Operations::Events => Operations::Events,
            Operations::Answered | Operations::All => Operations::All,
        };
        Self { allowed, ..self }
    }

    /// Lets a request that holds its document be recognised by its body the next time.
    pub(crate) fn sent_as(self, body: Bytes) -> Self {
        Self {
            body: (!self.names_its_document()).then_some(body),
            ..self
        }
    }

    /// Whether the request names its document instead of holding it.
    pub(crate) fn names_its_document(&self) -> bool {
        !matches!(self.source, DocumentSource::Text(_))
    }

    fn checked(members: Members) -> Result<Self, GraphError> {
        let Members {
            query,
            document_id,
            relay_doc_id,
            relay_id,
            operation_name,
            variables,
            extensions,
        } = members;
        let extensions = object_or_null("extensions", extensions)?;
        let text = text_or_none("query", query)?;
        let ids = [
            text_or_none("documentId", document_id)?,
            text_or_none("doc_id", relay_doc_id)?,
            // Clients name other things so as well, when they send a document.
            text_or_none("id", relay_id.filter(|_| text.is_none()))?,
        ];
        let id = single(ids)?;
        let operation_name = match operation_name {
            Some(Value::String(name)) => Some(name),
            None => None,
            Some(_) => return Err(malformed("operationName is not a string or null")),
        };
        let variables = object_or_null("variables", variables)?;
        Ok(Self {
            source: source(text, id, persisted_query(extensions.as_ref())?)?,
            operation_name,
            variables: Variables::from_json(variables.unwrap_or_default()),
            allowed: Operations::Answered,
            body: None,
        })
    }
}

fn source(
    text: Option<String>,
    id: Option<String>,
    hash: Option<DocumentHash>,
) -> Result<DocumentSource, GraphError> {
    match (text, id, hash) {
        (text, None, Some(hash)) => Ok(DocumentSource::Hash(hash, text)),
        (Some(text), None, None) => Ok(DocumentSource::Text(text)),
        (None, Some(id), None) => Ok(DocumentSource::Id(id)),
        (None, None, None) => Err(malformed(
            "query is missing: expected a GraphQL document, or a documentId",
        )),
        _ => Err(malformed(
            "several documents are named: send one of query, documentId and extensions.persistedQuery",
        )),
    }
}

/// The only id that is given, if one is.
fn single(ids: [Option<String>; 3]) -> Result<Option<String>, GraphError> {
    let mut given = ids.into_iter().flatten();
    let first = given.next();
    match given.next() {
        None => Ok(first),
        Some(_) => Err(malformed(
            "several documents are named: send one of documentId, doc_id and id",
        )),
    }
}

/// The hash in `extensions.persistedQuery`, as Apollo's clients send it.
fn persisted_query(extensions: Option<&Value>) -> Result<Option<DocumentHash>, GraphError> {
    let Some(persisted) = extensions.and_then(|extensions| extensions.get("persistedQuery")) else {
        return Ok(None);
    };
    if persisted.is_null() {
        return Ok(None);
    }
    if persisted.get("version") != Some(&Value::from(1)) {
        return Err(malformed("extensions.persistedQuery.version is not 1"));
    }
    let hash = persisted.get("sha256Hash").and_then(Value::as_str);
    hash.and_then(DocumentHash::parse).map(Some).ok_or_else(|| {
        malformed("extensions.persistedQuery.sha256Hash is not a string of 64 hexadecimal digits")
    })
}

fn text_or_none(name: &str, value: Option<Value>) -> Result<Option<String>, GraphError> {
    match value {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(malformed(&format!("{name} is not a string"))),
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

/// Refuses a `%` without two digits, and octets that are no UTF-8: the reader of query strings
/// would put other characters in their place.
fn check_percent_encoding(text: &str) -> Result<(), GraphError> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = match (first, tail) {
            (b'%', [high, low, tail @ ..]) if [high, low].iter().all(|c| c.is_ascii_hexdigit()) => {
                let digits = [*high, *low];
                let digits = std::str::from_utf8(&digits).unwrap_or_default();
                octets.push(u8::from_str_radix(digits, 16).unwrap_or_default());
                tail
            }
            (b'%', _) => return Err(malformed("the query string has a % without two digits")),
            (octet, tail) => {
                octets.push(*octet);
                tail
            }
        };
    }
    match std::str::from_utf8(&octets) {
        Ok(_) => Ok(()),
        Err(_not_text) => Err(malformed("the query string is not UTF-8")),
    }
}

pub(super) fn malformed(message: &str) -> GraphError {
    GraphError::new(ErrorCode::BadRequest, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(result: Result<GraphRequest, GraphError>) -> String {
        let error = serde_json::to_value(result.unwrap_err()).unwrap();
        error["message"].as_str().unwrap().to_owned()
    }

    fn body(text: &str) -> Result<GraphRequest, GraphError> {
        GraphRequest::from_slice(text.as_bytes())
    }

    #[test]
    fn a_body_is_an_object_with_each_member_once() {
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
        let deep = format!(
            r#"{{"query": "{{a}}", "variables": {{"a": {}"#,
            "[".repeat(200)
        );
        assert!(message(body(&deep)).contains("recursion limit exceeded"));
    }

    #[test]
    fn a_document_is_sent_or_named_in_three_ways() {
        let source = |text: &str| body(text).unwrap().source;
        let hash = "a".repeat(64);
        let parsed = DocumentHash::parse(&hash).unwrap();
        assert_eq!(
            source(r#"{"query": "{a}"}"#),
            DocumentSource::Text("{a}".to_owned())
        );
        for member in ["documentId", "doc_id", "id"] {
            let request = format!(r#"{{"{member}": "role-page"}}"#);
            assert_eq!(source(&request), DocumentSource::Id("role-page".to_owned()));
        }
        let persisted = format!(
            r#""extensions": {{"persistedQuery": {{"version": 1, "sha256Hash": "{hash}"}}}}"#
        );
        assert_eq!(
            source(&format!("{{{persisted}}}")),
            DocumentSource::Hash(parsed, None)
        );
        assert_eq!(
            source(&format!(r#"{{"query": "{{a}}", {persisted}}}"#)),
            DocumentSource::Hash(parsed, Some("{a}".to_owned()))
        );
        assert_eq!(
            source(r#"{"query": "{a}", "id": 7}"#),
            DocumentSource::Text("{a}".to_owned())
        );
    }

    #[test]
    fn a_document_is_named_once_and_well() {
        for request in [
            r#"{"query": "{a}", "documentId": "x"}"#,
            r#"{"doc_id": "x", "documentId": "x"}"#,
        ] {
            assert!(
                message(body(request)).starts_with("several documents"),
                "{request}"
            );
        }
        assert_eq!(
            message(body(r#"{"documentId": 7}"#)),
            "documentId is not a string"
        );
        let persisted = |inner: &str| {
            body(&format!(
                r#"{{"extensions": {{"persistedQuery": {inner}}}}}"#
            ))
        };
        assert!(
            message(persisted(r#"{"version": 2, "sha256Hash": "x"}"#)).contains("version is not 1")
        );
        assert!(
            message(persisted(r#"{"version": 1, "sha256Hash": "x"}"#)).contains("64 hexadecimal")
        );
        assert!(message(persisted("7")).contains("version is not 1"));
    }

    #[test]
    fn a_query_string_holds_json_texts_and_each_parameter_once() {
        let address = GraphRequest::from_query_string;
        let read = address("query=%7Ba%7D&variables=%7B%22x%22%3A1%7D&extensions=null").unwrap();
        assert_eq!(read.source, DocumentSource::Text("{a}".to_owned()));
        assert_eq!(read.allowed, Operations::Queries);
        assert!(address("documentId=sha256%3Aabc&variables=%7B%7D").is_ok());
        assert!(message(address("query=%7Ba%7D&query=%7Bb%7D")).contains("duplicate field"));
        assert!(message(address("query=%7Ba%7D&variables=%7B")).starts_with("variables is not"));
        assert_eq!(
            message(address("query=%7Ba%7D&variables=7")),
            "variables is not an object or null"
        );
    }

    #[test]
    fn a_query_string_is_encoded_well() {
        let address = GraphRequest::from_query_string;
        for broken in [
            "query=%7Ba%7",
            "query=%zz",
            "query=%",
            "query=%7B__typename%7D%23%+1",
        ] {
            assert!(
                message(address(broken)).contains("% without two digits"),
                "{broken}"
            );
        }
        for broken in ["query=%FF", "query=%C3", "query=a%ED%A0%80"] {
            assert_eq!(message(address(broken)), "the query string is not UTF-8");
        }
        assert!(address("query=%7Ba%7D%23%C3%A4+b").is_ok());
    }
}
