//! An entry of `errors`, as it is sent.

use std::time::Duration;

use async_graphql::parser::Error as ParserError;
use async_graphql::{PathSegment, Pos, ServerError};
use serde::{Serialize, Serializer};

use super::{ApiError, ErrorCode, Reason};
use crate::schema::scalar;
use crate::write::{Cause, Problem};

/// An answer has no more errors than this.
pub(crate) const MAX_ERRORS: usize = 10;
/// A message has no more characters than this.
const MAX_MESSAGE_CHARS: usize = 200;

/// The page that explains the codes; each has an anchor of its own name there.
const DOCUMENTATION: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/errors.md");

/// How the engine begins the message of a value that does not fit its argument.
const INVALID_ARGUMENT: &str = "Invalid value for argument ";
/// How the engine begins the messages of values that it could not read while it executed.
const UNREADABLE_VALUE: [&str; 2] = ["Failed to parse \"", "Expected input type \""];

/// An entry of `errors`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct GraphError {
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Pos>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    path: Vec<PathSegment>,
    extensions: Box<Extensions>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Extensions {
    code: ErrorCode,
    documentation_url: DocumentationUrl,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actual: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    head_cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

/// Where the documentation explains a code.
#[derive(Clone, Copy, Debug, PartialEq)]
struct DocumentationUrl(ErrorCode);

impl Serialize for DocumentationUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let anchor = self.0.name().to_ascii_lowercase();
        serializer.collect_str(&format_args!("{DOCUMENTATION}#{anchor}"))
    }
}

impl GraphError {
    /// An error that belongs to no place of the document.
    pub(crate) fn new(code: ErrorCode, message: &str) -> Self {
        Self {
            message: shortened(message),
            locations: Vec::new(),
            path: Vec::new(),
            extensions: Box::new(Extensions {
                code,
                documentation_url: DocumentationUrl(code),
                reason: None,
                limit: None,
                actual: None,
                retry_after_ms: None,
                head_cursor: None,
                request_id: None,
            }),
        }
    }

    /// A mistake of ours, of which the log knows more.
    pub(crate) fn internal() -> Self {
        Self::new(ErrorCode::InternalServerError, "internal error")
    }

    /// A value of the request that cannot be used.
    pub(crate) fn bad_input(reason: Reason, message: &str) -> Self {
        let mut error = Self::new(ErrorCode::BadUserInput, message);
        error.extensions.reason = Some(reason);
        error
    }

    /// A text that the parser refused: one line, without the drawing that echoes the document.
    pub(crate) fn of_parser(error: &ParserError) -> Self {
        let text = error.to_string();
        let expected = text.lines().next_back().unwrap_or_default();
        let message = expected
            .trim_start_matches([' ', '='])
            .trim_end_matches('.');
        Self {
            locations: error.positions().collect(),
            ..Self::new(
                ErrorCode::GraphqlParseFailed,
                &format!("the document cannot be parsed: {message}"),
            )
        }
    }

    /// A rule of GraphQL that the document breaks, or a value that does not fit its argument.
    pub(crate) fn of_validation(error: ServerError) -> Self {
        let entry = match error.message.strip_prefix(INVALID_ARGUMENT) {
            Some(finding) => Self::bad_input(Reason::ValueInvalid, &invalid_argument(finding)),
            None => Self::new(ErrorCode::GraphqlValidationFailed, &error.message),
        };
        entry.at(error.locations, error.path)
    }

    /// A field that failed. Logs the cause of what is our fault.
    pub(crate) fn of_field(error: ServerError) -> Self {
        let entry = match error.source::<ApiError>() {
            Some(failure) => Self::of_failure(failure),
            None if UNREADABLE_VALUE
                .iter()
                .any(|start| error.message.starts_with(start)) =>
            {
                Self::bad_input(Reason::ValueInvalid, &error.message)
            }
            None => {
                tracing::error!(error.message, "the engine failed");
                Self::new(ErrorCode::InternalServerError, "internal error")
            }
        };
        entry.at(error.locations, error.path)
    }

    /// A field that could not be written. Logs the cause of what is our fault.
    pub(crate) fn of_problem(problem: Problem) -> Self {
        let path = problem.path();
        let Problem { cause, pos, .. } = problem;
        let entry = match cause {
            Cause::Resolver(failure) => Self::of_failure(&failure),
            Cause::Argument(message) => Self::bad_input(Reason::ValueInvalid, &message),
            Cause::Unknown => {
                tracing::error!("a field cannot be written");
                Self::new(ErrorCode::InternalServerError, "internal error")
            }
        };
        entry.at(vec![pos], path)
    }

    /// The refusal to send an answer of too many bytes.
    pub(crate) fn answer_too_large(limit: usize) -> Self {
        let message = format!(
            "the answer has more than {limit} bytes: ask for smaller pages or for less of each item"
        );
        tracing::warn!(limit, "an answer is too large to be sent");
        Self::new(ErrorCode::ResponseTooLarge, &message).with_limit(limit, None)
    }

    /// The refusal to send an answer of too many objects.
    pub(crate) fn too_many_objects(limit: usize) -> Self {
        let message = format!(
            "the answer has more than {limit} objects: ask for smaller pages or for less of each \
             item"
        );
        Self::new(ErrorCode::CostLimitExceeded, &message).with_limit(limit, None)
    }

    /// What a client reads about a failure. Logs the cause of what is our fault.
    pub(crate) fn of_failure(failure: &ApiError) -> Self {
        if let Some(cause) = failure.cause() {
            tracing::error!(error = cause, "a read failed");
        }
        match failure {
            ApiError::BadInput { reason, message } => Self::bad_input(*reason, message),
            ApiError::CursorExpired { head_cursor } => {
                let mut error = Self::new(failure.code(), failure.message());
                error.extensions.head_cursor = Some(head_cursor.clone());
                error
            }
            ours => Self::new(ours.code(), ours.message()),
        }
    }

    /// What the client reads.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// What kind of error it is.
    pub(crate) fn code(&self) -> ErrorCode {
        self.extensions.code
    }

    /// The error, at places of the document.
    pub(crate) fn located(self, locations: Vec<Pos>) -> Self {
        Self { locations, ..self }
    }

    /// The error of something that may work after a while.
    pub(crate) fn retry_after(mut self, wait: Duration) -> Self {
        self.extensions.retry_after_ms = Some(wait.as_millis().try_into().unwrap_or(u64::MAX));
        self
    }

    fn at(self, locations: Vec<Pos>, path: Vec<PathSegment>) -> Self {
        Self {
            locations,
            path,
            ..self
        }
    }

    /// The refusal of something that is over a limit: `found` begins the sentence that tells what
    /// was found.
    pub(crate) fn over_limit(code: ErrorCode, found: &str, limit: usize, actual: usize) -> Self {
        let message = format!("{found}: at most {limit} are allowed");
        Self::new(code, &message).with_limit(limit, Some(actual))
    }

    /// The error of a limit, with the limit and what was found.
    pub(crate) fn with_limit(mut self, limit: usize, actual: Option<usize>) -> Self {
        self.extensions.limit = Some(limit);
        self.extensions.actual = actual;
        self
    }

    /// Tells under which id the log knows the request.
    pub(crate) fn set_request_id(&mut self, id: &str) {
        self.extensions.request_id = Some(id.to_owned());
    }
}

/// The engine's finding about an argument (its place, then what is wrong) in words that say what
/// to do.
fn invalid_argument(finding: &str) -> String {
    let (place, problem) = finding.split_once(", ").unwrap_or((finding, ""));
    let expected = problem
        .strip_prefix("expected type \"")
        .and_then(|rest| rest.strip_suffix('"'));
    let wanted = match expected {
        Some(name) => format!("expected {name}{}", scalar::expectation(name)),
        None if problem.starts_with("Oneof") => "expected exactly one field".to_owned(),
        None => problem.to_owned(),
    };
    format!("invalid value for argument {place}: {wanted}")
}

fn shortened(message: &str) -> String {
    message.chars().take(MAX_MESSAGE_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::{Value, json};

    use super::*;

    fn sent(error: &GraphError) -> Value {
        serde_json::to_value(error).unwrap()
    }

    #[test]
    fn a_syntax_error_is_one_line_and_does_not_echo_the_document() {
        let error = GraphError::of_parser(&parse_query("{ secret(").unwrap_err());
        let entry = sent(&error);
        let message = entry["message"].as_str().unwrap();
        assert!(message.starts_with("the document cannot be parsed: expected"));
        assert!(!message.contains('\n') && !message.contains("secret"));
        assert_eq!(entry["locations"], json!([{"line": 1, "column": 10}]));
    }

    #[test]
    fn findings_about_arguments_say_what_to_do() {
        let told = |finding: &str| {
            let engine = ServerError::new(format!("{INVALID_ARGUMENT}{finding}"), None);
            sent(&GraphError::of_validation(engine))["message"].clone()
        };
        assert_eq!(
            told(r#""by.id", expected type "ID""#),
            r#"invalid value for argument "by.id": expected ID"#
        );
        assert_eq!(
            told(r#""on", expected type "Date""#),
            r#"invalid value for argument "on": expected Date, a day such as 2026-03-14"#
        );
        assert_eq!(
            told(r#""by", Oneof input objects requires have exactly one field"#),
            r#"invalid value for argument "by": expected exactly one field"#
        );
    }

    #[test]
    fn texts_of_the_engine_stay_inside_unless_they_are_about_the_input() {
        let masked = GraphError::of_field(ServerError::new("no such table: role", None));
        assert_eq!(sent(&masked)["message"], "internal error");
        let shown = GraphError::of_field(ServerError::new("Failed to parse \"Int\": big", None));
        assert_eq!(sent(&shown)["extensions"]["reason"], "VALUE_INVALID");
    }

    #[test]
    fn messages_have_a_largest_length() {
        let error = GraphError::new(ErrorCode::BadRequest, &"ä".repeat(500));
        assert_eq!(error.message.chars().count(), MAX_MESSAGE_CHARS);
    }
}
