//! What became of a request.

use async_graphql::Value;
use serde::Serialize;

use crate::error::{ErrorCode, GraphError};

/// What became of a request.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Nothing was executed; such an answer has no `data`.
    Refused {
        /// Where the request failed.
        stage: Stage,
        /// Why.
        errors: Vec<GraphError>,
    },
    /// The operation was executed; such an answer always has `data`, possibly null.
    Executed {
        /// What was asked for.
        data: Value,
        /// Fields that failed.
        errors: Vec<GraphError>,
    },
}

/// Where a request failed before it was executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The request is not well formed.
    Request,
    /// The method does not allow this type of operation.
    Method,
    /// The document, the operation or its variables cannot be used.
    Document,
}

impl Outcome {
    /// A request that failed before it was executed.
    pub(crate) fn refused(stage: Stage, error: GraphError) -> Self {
        Self::Refused {
            stage,
            errors: vec![error],
        }
    }

    /// An operation that failed as a whole while it was executed.
    pub(super) fn failed(code: ErrorCode, message: &str) -> Self {
        Self::Executed {
            data: Value::Null,
            errors: vec![GraphError::new(code, message)],
        }
    }

    /// The answer as the body of a response; `request_id` is told in every error.
    pub(crate) fn into_body(self, request_id: &str) -> Body {
        let mut body = Body::from(self);
        for error in &mut body.errors {
            error.set_request_id(request_id);
        }
        body
    }
}

/// The body of a response.
#[derive(Debug, Serialize)]
pub(crate) struct Body {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<GraphError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Value>,
}

impl From<Outcome> for Body {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Refused { stage: _, errors } => Self { errors, data: None },
            Outcome::Executed { data, errors } => Self {
                errors,
                data: Some(data),
            },
        }
    }
}
