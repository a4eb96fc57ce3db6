//! What became of a request.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Bytes;
use serde::Serialize;
use serde_json::Value;

use super::cost::CostReport;
use crate::cache::Kept;
use crate::error::GraphError;
use crate::rate::Budget;
use crate::write::Data;

/// What became of a request, and what it cost.
#[derive(Debug)]
pub(crate) struct Answer {
    /// What became of it.
    pub(crate) outcome: Outcome,
    /// What it cost, for clients that ask.
    pub(crate) cost: Option<CostReport>,
    /// What the caller has left, when callers have budgets.
    pub(crate) budget: Option<Budget>,
    /// The version of the catalogue that it has at least, when that is known.
    pub(crate) version: Option<u64>,
    /// For how many seconds caches may keep it, where a field says it.
    pub(crate) max_age: Option<u64>,
    /// Whether it tells what a write did that ran before.
    pub(crate) replayed: bool,
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
        data: Data,
        /// Fields that failed.
        errors: Vec<GraphError>,
    },
    /// The operation was executed, now or before, without errors; others get the same answer.
    Kept(Arc<Kept>),
}

/// Where a request failed before it was executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The request is not well formed.
    Request,
    /// The method does not allow this type of operation.
    Method,
    /// The request cannot be answered in any way that the client takes.
    Transport,
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
    pub(crate) fn of_failure(error: GraphError) -> Self {
        Self::Executed {
            data: Data::null(),
            errors: vec![error],
        }
    }

    /// Everything that went wrong.
    pub(crate) fn errors(&self) -> &[GraphError] {
        match self {
            Self::Refused { errors, .. } | Self::Executed { errors, .. } => errors,
            Self::Kept(_) => &[],
        }
    }

    /// In one word what became of the request, for logs and metrics.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Refused { .. } => "refused",
            Self::Kept(_) => "ok",
            Self::Executed { errors, .. } if errors.is_empty() => "ok",
            Self::Executed { data, .. } if data.is_null() => "failed",
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
            version: None,
            max_age: None,
            replayed: false,
        }
    }
}

impl Answer {
    /// The answer to somebody who only wants to know the price.
    pub(crate) fn priced(cost: CostReport) -> Self {
        let outcome = Outcome::Executed {
            data: Data::null(),
            errors: Vec::new(),
        };
        Self {
            cost: Some(cost),
            ..Self::from(outcome)
        }
    }

    /// The answer as what is told of one operation among many.
    pub(crate) fn into_message(self, request_id: &str) -> Message {
        match self.outcome {
            Outcome::Refused { mut errors, .. } => {
                for error in &mut errors {
                    error.set_request_id(request_id);
                }
                let mut list = Vec::new();
                append(&mut list, &errors);
                Message::Refusal(list.into())
            }
            Outcome::Executed { .. } | Outcome::Kept(_) => {
                Message::Body(self.into_body(request_id).into_bytes())
            }
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

/// What is told of one operation among many, as JSON.
#[derive(Debug)]
pub(crate) enum Message {
    /// Nothing was executed: the list of the errors.
    Refusal(Bytes),
    /// What was executed: the body of a response.
    Body(Bytes),
}

/// The body of a response.
#[derive(Debug)]
pub(crate) struct Body {
    errors: Vec<GraphError>,
    data: Answered,
    extensions: Option<Extensions>,
}

/// What a body says of the data.
#[derive(Debug)]
enum Answered {
    /// Nothing.
    Nothing,
    /// What was written for this answer.
    Written(Data),
    /// What was written before, as a body.
    Kept(Arc<Kept>),
}

/// What is told beside the data.
#[derive(Debug, Serialize)]
struct Extensions {
    cost: CostReport,
}

impl From<Answer> for Body {
    fn from(answer: Answer) -> Self {
        let (errors, data) = match answer.outcome {
            Outcome::Refused { stage: _, errors } => (errors, Answered::Nothing),
            Outcome::Executed { data, errors } => (errors, Answered::Written(data)),
            Outcome::Kept(kept) => (Vec::new(), Answered::Kept(kept)),
        };
        Self {
            errors,
            data,
            extensions: answer.cost.map(|cost| Extensions { cost }),
        }
    }
}

impl Body {
    /// The body as JSON. Errors come first, so that nobody overlooks them; without any, nothing
    /// has to be copied.
    pub(crate) fn into_bytes(self) -> Bytes {
        let Self {
            errors,
            data,
            extensions,
        } = self;
        let mut body = match data {
            Answered::Kept(kept) if extensions.is_none() => return kept.body().clone(),
            Answered::Kept(kept) => {
                let body = kept.body().strip_suffix(b"}");
                body.unwrap_or_default().to_vec()
            }
            Answered::Written(data) if errors.is_empty() => data.into_beginning(),
            Answered::Written(data) => {
                let mut body = beginning(&errors);
                body.extend_from_slice(b",\"data\":");
                body.extend_from_slice(data.json());
                body
            }
            Answered::Nothing => beginning(&errors),
        };
        if let Some(extensions) = extensions {
            body.extend_from_slice(b",\"extensions\":");
            append(&mut body, &extensions);
        }
        body.push(b'}');
        body.into()
    }

    /// The body as a value.
    pub(crate) fn into_json(self) -> Value {
        serde_json::from_slice(&self.into_bytes()).unwrap_or_default()
    }
}

/// The beginning of a body with errors.
fn beginning(errors: &[GraphError]) -> Vec<u8> {
    let mut body = b"{\"errors\":".to_vec();
    append(&mut body, &errors);
    body
}

fn append(body: &mut Vec<u8>, value: &impl Serialize) {
    // Only texts, numbers and lists of them, and a vector takes everything.
    let _written = serde_json::to_writer(body, value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    fn text(body: Body) -> String {
        String::from_utf8(body.into_bytes().to_vec()).unwrap()
    }

    #[test]
    fn a_body_has_errors_data_and_extensions_in_this_order() {
        let error = || GraphError::new(ErrorCode::Timeout, "x");
        let errors = serde_json::to_string(&[error()]).unwrap();
        let cost = CostReport::of(3, 5, None);
        let body = |errors: Vec<GraphError>, data, cost: Option<CostReport>| Body {
            errors,
            data,
            extensions: cost.map(|cost| Extensions { cost }),
        };
        let cost_text = r#""extensions":{"cost":{"requested":3,"limit":5}}"#;
        let null = || Answered::Written(Data::null());
        assert_eq!(text(body(Vec::new(), null(), None)), r#"{"data":null}"#);
        assert_eq!(
            text(body(Vec::new(), null(), Some(cost))),
            format!(r#"{{"data":null,{cost_text}}}"#)
        );
        assert_eq!(
            text(body(vec![error()], null(), Some(cost))),
            format!(r#"{{"errors":{errors},"data":null,{cost_text}}}"#)
        );
        assert_eq!(
            text(body(vec![error()], Answered::Nothing, None)),
            format!(r#"{{"errors":{errors}}}"#)
        );
    }
}
