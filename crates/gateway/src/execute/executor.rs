//! Runs one operation: the only place where answers are made.

use std::borrow::Cow;
use std::cell::Cell;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use app::Access;
use async_graphql::Variables;
use futures_util::FutureExt as _;
use tracing::Instrument as _;

use super::engine::Engine;
use super::{Asking, Maker, Outcome, Stage};
use crate::GatewaySettings;
use crate::cache::Reading;
use crate::document::Operation;
use crate::error::{ApiError, ErrorCode, GraphError};
use crate::gate::Gate;
use crate::metrics::Metrics;
use crate::schema::Query;
use crate::schema::change::AnyEvent;
use crate::selection::Selection;
use crate::write::{Call, Limits, Stopped, Writer, Wrote};

/// Runs operations.
pub(super) struct Executor {
    query: Query,
    engine: Engine,
    settings: GatewaySettings,
    access: Option<Access>,
    metrics: Metrics,
}

/// An operation with all that is known of it before it runs.
pub(super) struct Prepared<'d> {
    /// The operation.
    pub(super) operation: &'d Operation,
    /// What it selects with these variables.
    pub(super) selection: Arc<Selection>,
    /// The values of its variables, settled.
    pub(super) variables: Variables,
}

/// What became of an operation that ran.
#[derive(Debug)]
pub(super) struct Execution {
    /// What clients are told.
    pub(super) outcome: Outcome,
    /// What the answer is worth; `None` when nobody knows how far the operation came.
    pub(super) worth: Option<u64>,
}

impl Executor {
    /// An executor that lets the engine run what it does not write itself.
    pub(super) fn new(
        settings: &GatewaySettings,
        engine: Engine,
        access: Option<Access>,
        metrics: Metrics,
    ) -> Self {
        Self {
            query: Query::default(),
            engine,
            settings: settings.clone(),
            access,
            metrics,
        }
    }

    /// Runs an operation, at most until its deadline; all of its fields read through `reading`.
    pub(super) async fn run(
        &self,
        prepared: &Prepared<'_>,
        gate: &Gate,
        asking: &Asking,
        reading: &Reading,
    ) -> Execution {
        let checked = gate.check_values(prepared.operation, &prepared.variables);
        if let Err(errors) = checked {
            return Execution::refused(errors);
        }
        let span = tracing::debug_span!("execute", operation.type = prepared.operation.word());
        let execution = self.execute(prepared, asking, reading).instrument(span);
        guarded(execution, self.settings.execution.deadline, &self.metrics).await
    }

    /// Makes an event of a subscription, at most until the deadline; nothing when there is nothing
    /// to tell.
    pub(super) async fn event(
        &self,
        selection: &Selection,
        variables: &Variables,
        event: impl Future<Output = Result<Option<AnyEvent>, ApiError>>,
    ) -> Option<Execution> {
        let is_told = Cell::new(true);
        let execution = async {
            match event.await {
                Ok(Some(event)) => self.write_event(selection, variables, &event),
                Ok(None) => {
                    is_told.set(false);
                    Execution::refused(Vec::new())
                }
                Err(error) => Execution::failed(GraphError::of_failure(&error)),
            }
        };
        let span = tracing::debug_span!("execute", operation.type = "subscription");
        let deadline = self.settings.execution.deadline;
        let execution = guarded(execution.instrument(span), deadline, &self.metrics).await;
        is_told.get().then_some(execution)
    }

    fn write_event(
        &self,
        selection: &Selection,
        variables: &Variables,
        event: &AnyEvent,
    ) -> Execution {
        let mut writer = Writer::new(variables, self.limits());
        let field = selection.fields().first();
        let wrote = field.map_or(Ok(()), |field| writer.event(event, field));
        self.finished(writer, wrote)
    }

    /// Reads one state of the catalogue, also when that takes several statements.
    async fn execute(
        &self,
        prepared: &Prepared<'_>,
        asking: &Asking,
        reading: &Reading,
    ) -> Execution {
        // What a mutation shows is what it has written.
        let is_query = prepared.operation.is_query();
        if !is_query || prepared.selection.statements() <= 1 {
            return self.answer(prepared, asking, reading.clone()).await;
        }
        match reading.snapshot().await {
            Ok(snapshot) => self.answer(prepared, asking, snapshot).await,
            Err(error) => {
                let error = ApiError::from(error);
                Execution::failed(GraphError::of_failure(&error))
            }
        }
    }

    /// The engine answers what is asked about the schema, and everything that is asked with it.
    async fn answer(
        &self,
        prepared: &Prepared<'_>,
        asking: &Asking,
        reading: Reading,
    ) -> Execution {
        let asks_for_schema = prepared.selection.introspects() || !prepared.operation.is_query();
        if asks_for_schema || asking.maker == Maker::Engine {
            let limits = self.limits();
            return self.engine.run(prepared, limits, asking, reading).await;
        }
        self.write(prepared, asking, &reading).await
    }

    /// Writes the answer to a query; all of its fields read through `reads`.
    async fn write(&self, prepared: &Prepared<'_>, asking: &Asking, reads: &Reading) -> Execution {
        let variables = &prepared.variables;
        let fields = prepared.selection.fields().iter();
        let calls = fields.map(|field| Call {
            reads,
            principal: &asking.principal,
            asking,
            settings: &self.settings,
            access: self.access.as_ref(),
            variables,
            selected: Cow::Borrowed(field),
        });
        let mut writer = Writer::new(variables, self.limits());
        let wrote = writer.query(&self.query, calls).await;
        self.finished(writer, wrote)
    }

    fn finished(&self, writer: Writer<'_>, wrote: Wrote) -> Execution {
        match writer.finished(wrote) {
            Ok(written) => Execution {
                worth: (!written.data.is_null()).then_some(written.worth),
                outcome: Outcome::Executed {
                    data: written.data,
                    errors: written
                        .problems
                        .into_iter()
                        .map(GraphError::of_problem)
                        .collect(),
                },
            },
            Err(stopped) => Execution::stopped(stopped, self.limits()),
        }
    }

    fn limits(&self) -> Limits {
        let settings = &self.settings.execution;
        Limits {
            bytes: settings.response_bytes,
            objects: settings.response_objects,
        }
    }
}

impl Execution {
    /// An operation that could not begin.
    pub(super) fn refused(errors: Vec<GraphError>) -> Self {
        Self {
            outcome: Outcome::Refused {
                stage: Stage::Document,
                errors,
            },
            worth: Some(0),
        }
    }

    /// An operation that failed as a whole.
    pub(super) fn failed(error: GraphError) -> Self {
        Self {
            outcome: Outcome::of_failure(error),
            worth: None,
        }
    }

    /// An operation of which the answer became too large.
    pub(super) fn stopped(stopped: Stopped, limits: Limits) -> Self {
        Self::failed(match stopped {
            Stopped::Bytes => GraphError::answer_too_large(limits.bytes),
            Stopped::Objects => GraphError::too_many_objects(limits.objects),
        })
    }
}

/// Ends an execution at its deadline, and keeps a panic inside of its request.
async fn guarded(
    execution: impl Future<Output = Execution>,
    deadline: Duration,
    metrics: &Metrics,
) -> Execution {
    let execution = AssertUnwindSafe(execution).catch_unwind();
    match tokio::time::timeout(deadline, execution).await {
        Ok(Ok(execution)) => execution,
        // The panic hook has logged what happened and where.
        Ok(Err(_panic)) => {
            metrics.panicked();
            let code = ErrorCode::InternalServerError;
            Execution::failed(GraphError::new(code, "internal error"))
        }
        Err(_elapsed) => Execution::failed(GraphError::new(
            ErrorCode::Timeout,
            "the operation took too long: select less or try again later",
        )),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Answer, Body};
    use super::*;

    async fn ended(execution: impl Future<Output = Execution>) -> serde_json::Value {
        let ended = guarded(execution, Duration::ZERO, &Metrics::new()).await;
        assert_eq!(ended.worth, None);
        Body::from(Answer::from(ended.outcome)).into_json()
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
}
