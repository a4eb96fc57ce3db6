//! The engine behind the gate: runs one operation and sorts what went wrong.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument};
use async_graphql::{Positioned, Request, Response, Value, Variables};
use futures_util::FutureExt as _;
use persistence::Database;
use tracing::Instrument as _;

use super::{Outcome, Stage};
use crate::GatewaySettings;
use crate::document::Operation;
use crate::error::{ErrorCode, GraphError, MAX_ERRORS};
use crate::gate::MAX_HEIGHT;
use crate::metrics::Metrics;
use crate::schema::{self, Schema};
use crate::settings::ExecutionSettings;

/// Runs operations.
pub(super) struct Engine {
    schema: Schema,
    settings: ExecutionSettings,
    metrics: Metrics,
}

impl Engine {
    /// An engine that reads from `database`.
    pub(super) fn new(database: &Database, settings: &GatewaySettings, metrics: Metrics) -> Self {
        let builder = schema::build(settings.execution.introspection)
            .limit_recursive_depth(MAX_HEIGHT)
            .data(database.clone())
            .data(settings.clone());
        Self {
            schema: builder.finish(),
            settings: settings.execution.clone(),
            metrics,
        }
    }

    /// Runs an operation, at most until its deadline.
    pub(super) async fn run(&self, operation: &Operation, variables: Variables) -> Outcome {
        let definition = operation.definition.clone();
        let pos = definition.selection_set.pos;
        let document = ExecutableDocument {
            operations: DocumentOperations::Single(Positioned::new(definition, pos)),
            fragments: HashMap::default(),
        };
        let mut request = Request::new("").variables(variables);
        request.set_parsed_query(document);
        let span = tracing::debug_span!("execute", operation.type = operation.word());
        let execution = self.schema.execute(request).instrument(span);
        let outcome = guarded(execution, self.settings.deadline, &self.metrics).await;
        self.within_objects(outcome)
    }

    /// Refuses to send an answer with too many objects.
    fn within_objects(&self, outcome: Outcome) -> Outcome {
        let limit = self.settings.response_objects;
        match &outcome {
            Outcome::Executed { data, .. } => {
                let actual = objects(data);
                if actual <= limit {
                    return outcome;
                }
                let found = format!("the answer has {actual} objects");
                let code = ErrorCode::CostLimitExceeded;
                Outcome::of_failure(GraphError::over_limit(code, &found, limit, actual))
            }
            Outcome::Refused { .. } => outcome,
        }
    }
}

/// How many objects there are in a value.
fn objects(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(objects).sum::<usize>(),
        Value::List(items) => items.iter().map(objects).sum(),
        _ => 0,
    }
}

/// Ends an execution at its deadline, and keeps a panic inside of its request.
async fn guarded(
    execution: impl Future<Output = Response>,
    deadline: Duration,
    metrics: &Metrics,
) -> Outcome {
    let execution = AssertUnwindSafe(execution).catch_unwind();
    match tokio::time::timeout(deadline, execution).await {
        Ok(Ok(response)) => classified(response),
        // The panic hook has logged what happened and where.
        Ok(Err(_panic)) => {
            metrics.panicked();
            Outcome::failed(ErrorCode::InternalServerError, "internal error")
        }
        Err(_elapsed) => Outcome::failed(
            ErrorCode::Timeout,
            "the operation took too long: select less or try again later",
        ),
    }
}

/// Tells what was refused before anything ran from what ran and failed in places: only a field
/// that ran has a path.
fn classified(response: Response) -> Outcome {
    let ran =
        response.errors.is_empty() || response.errors.iter().any(|error| !error.path.is_empty());
    let errors = response.errors.into_iter().take(MAX_ERRORS);
    if ran {
        Outcome::Executed {
            data: response.data,
            errors: errors.map(GraphError::of_field).collect(),
        }
    } else {
        Outcome::Refused {
            stage: Stage::Document,
            errors: errors.map(GraphError::of_validation).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Answer, Body};
    use super::*;

    async fn ended(execution: impl Future<Output = Response>) -> serde_json::Value {
        let outcome = guarded(execution, Duration::ZERO, &Metrics::new()).await;
        serde_json::to_value(Body::from(Answer::from(outcome))).unwrap()
    }

    #[tokio::test]
    async fn a_panic_ends_its_request_only() {
        let answer = ended(async { panic!("a secret") }).await;
        assert_eq!(answer["data"], json!(null));
        assert_eq!(answer["errors"][0]["message"], "internal error");
        assert_eq!(
            answer["errors"][0]["extensions"]["code"],
            "INTERNAL_SERVER_ERROR"
        );
        assert!(!answer.to_string().contains("secret"));
    }

    #[tokio::test]
    async fn an_operation_ends_at_its_deadline() {
        let answer = ended(std::future::pending()).await;
        assert_eq!(answer["data"], json!(null));
        assert_eq!(answer["errors"][0]["extensions"]["code"], "TIMEOUT");
    }

    #[test]
    fn objects_are_counted_wherever_they_are() {
        let data = Value::from_json(json!({"a": [{"b": {}}, 7, [{}]], "c": null})).unwrap();
        assert_eq!(objects(&data), 4);
    }
}
