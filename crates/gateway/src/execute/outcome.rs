//! What became of a request.

use std::time::Duration;

use async_graphql::Value;
use serde::Serialize;

use super::cost::CostReport;
use crate::error::{ErrorCode, GraphError};
use crate::rate::Budget;

/// What became of a request, and what it cost.
#[derive(Debug)]
pub(crate) struct Answer {
    /// What became of it.
    pub(crate) outcome: Outcome,
    /// What it cost, for clients that ask.
    pub(crate) cost: Option<CostReport>,
    /// What the caller has left, when callers have budgets.
    pub(crate) budget: Option<Budget>,
}

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
    /// The caller has used up its budget, and may come back after this time.
    Rate(Duration),
    /// The server cannot answer now.
    Unavailable,
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
    pub(crate) fn failed(code: ErrorCode, message: &str) -> Self {
        Self::of_failure(GraphError::new(code, message))
    }

    /// An operation that failed as a whole while it was executed.
    pub(crate) fn of_failure(error: GraphError) -> Self {
        Self::Executed {
            data: Value::Null,
            errors: vec![error],
        }
    }

    /// In one word what became of the request, for logs and metrics.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Refused { .. } => "refused",
            Self::Executed { errors, .. } if errors.is_empty() => "ok",
            Self::Executed {
                data: Value::Null, ..
            } => "failed",
            Self::Executed { .. } => "partial",
        }
    }
}

impl From<Outcome> for Answer {
    fn from(outcome: Outcome) -> Self {
        Self {
            outcome,
            cost: None,
            budget: None,
        }
    }
}

impl Answer {
    /// The answer to somebody who only wants to know the price.
    pub(crate) fn priced(cost: CostReport) -> Self {
        Self {
            outcome: Outcome::Executed {
                data: Value::Null,
                errors: Vec::new(),
            },
            cost: Some(cost),
            budget: None,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    extensions: Option<Extensions>,
}

/// What is told beside the data.
#[derive(Debug, Serialize)]
struct Extensions {
    cost: CostReport,
}

impl From<Answer> for Body {
    fn from(answer: Answer) -> Self {
        let (errors, data) = match answer.outcome {
            Outcome::Refused { stage: _, errors } => (errors, None),
            Outcome::Executed { data, errors } => (errors, Some(data)),
        };
        Self {
            errors,
            data,
            extensions: answer.cost.map(|cost| Extensions { cost }),
        }
    }
}
