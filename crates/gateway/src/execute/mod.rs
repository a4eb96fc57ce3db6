//! From a request to its answer: the gate, the engine, and which errors came from where.

mod operation;
mod outcome;
mod request;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::Response;
use futures_util::FutureExt as _;
use persistence::Database;
use serde_json::Value;

use crate::GatewaySettings;
use crate::error::{ErrorCode, GraphError, MAX_ERRORS};
use crate::schema::{self, Schema};

pub(crate) use outcome::{Body, Outcome, Stage};
pub(crate) use request::{GraphRequest, Operations};

/// Answers GraphQL requests over one catalogue; cheap to clone.
#[derive(Clone)]
pub struct Gateway {
    inner: Arc<Inner>,
}

struct Inner {
    schema: Schema,
    database: Database,
    settings: GatewaySettings,
}

impl Gateway {
    /// A gateway that reads from `database`.
    #[must_use]
    pub fn new(database: Database, settings: GatewaySettings) -> Self {
        let schema = schema::build()
            .data(database.clone())
            .data(settings.clone())
            .finish();
        Self {
            inner: Arc::new(Inner {
                schema,
                database,
                settings,
            }),
        }
    }

    /// Answers a request that has the members `query`, `variables` and `operationName`, as
    /// `POST /graphql` would.
    pub async fn answer(&self, request: &Value) -> Value {
        let outcome = match GraphRequest::from_json(request) {
            Ok(request) => self.run(request).await,
            Err(error) => Outcome::refused(Stage::Request, error),
        };
        // A body has text keys only, so that it always can be written as JSON.
        serde_json::to_value(Body::from(outcome)).unwrap_or_default()
    }

    /// Answers a well-formed request.
    pub(crate) async fn run(&self, request: GraphRequest) -> Outcome {
        let prepared = match operation::prepare(request) {
            Ok(prepared) => prepared,
            Err(refused) => return refused,
        };
        let execution = self.inner.schema.execute(prepared);
        guarded(execution, self.inner.settings.execution.deadline).await
    }

    /// Whether the catalogue can be read.
    pub(crate) async fn ready(&self) -> bool {
        let ping = self.inner.database.ping().await;
        if let Err(error) = &ping {
            let cause: &dyn std::error::Error = error;
            tracing::warn!(error = cause, "the catalogue cannot be read");
        }
        ping.is_ok()
    }
}

/// Ends an execution at its deadline, and keeps a panic inside of its request.
async fn guarded(execution: impl Future<Output = Response>, deadline: Duration) -> Outcome {
    let execution = AssertUnwindSafe(execution).catch_unwind();
    match tokio::time::timeout(deadline, execution).await {
        Ok(Ok(response)) => classified(response),
        // The panic hook has logged what happened and where.
        Ok(Err(_panic)) => Outcome::failed(ErrorCode::InternalServerError, "internal error"),
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

    use super::*;

    async fn ended(execution: impl Future<Output = Response>) -> Value {
        let outcome = guarded(execution, Duration::ZERO).await;
        serde_json::to_value(Body::from(outcome)).unwrap()
    }

    #[tokio::test]
    async fn a_panic_ends_its_request_only() {
        let answer = ended(async { panic!("a secret") }).await;
        assert_eq!(answer["data"], Value::Null);
        let error = json!({
            "message": "internal error",
            "extensions": {"code": "INTERNAL_SERVER_ERROR"},
        });
        assert_eq!(answer["errors"], json!([error]));
    }

    #[tokio::test]
    async fn an_operation_ends_at_its_deadline() {
        let answer = ended(std::future::pending()).await;
        assert_eq!(answer["data"], Value::Null);
        assert_eq!(answer["errors"][0]["extensions"]["code"], "TIMEOUT");
    }
}
