//! From a request to its answer: the gate, the price, the engine, and which errors came from
//! where.

mod batch;
mod cost;
mod engine;
mod outcome;
mod request;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_graphql::parser::types::OperationType;
use domain::document::{DocumentId, TrustedDocument};
use persistence::Database;
use serde_json::Value;

use crate::GatewaySettings;
use crate::document::{Document, Library, Operation};
use crate::error::{ErrorCode, GraphError};
use crate::gate::{Gate, Trust, variables};
use crate::metrics::{Metrics, OperationRecord};
use crate::rate::{Buckets, Budget, Exhausted};
use crate::schema;
use engine::Engine;

pub(crate) use batch::Incoming;
pub(crate) use cost::{CostReport, CostRequest};
pub(crate) use outcome::{Answer, Body, Outcome, Stage};
use request::Operations;
pub(crate) use request::{DocumentSource, GraphRequest};

/// Answers GraphQL requests over one catalogue; cheap to clone.
#[derive(Clone)]
pub struct Gateway {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    library: Library,
    database: Database,
    buckets: Option<Buckets<IpAddr>>,
    metrics: Metrics,
    settings: GatewaySettings,
}

/// A document of the operator that the gate refuses.
#[derive(Debug, thiserror::Error)]
#[error("document {id}: {problem}")]
pub struct RefusedDocument {
    /// Which document it is.
    pub id: DocumentId,
    /// What is wrong with it.
    pub problem: String,
}

/// Who asks, and what they want to know about cost.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Asking {
    /// Who pays; `None` for whoever is inside of the process.
    pub(crate) caller: Option<IpAddr>,
    /// What the client wants to know about cost.
    pub(crate) cost: CostRequest,
}

/// What became of a request, and what the log should know about it.
#[derive(Debug)]
pub(crate) struct Answered {
    /// What the client is told.
    pub(crate) answer: Answer,
    /// What the log should know.
    pub(crate) facts: Facts,
}

/// What the log and the metrics should know about an operation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// `query`, `mutation` or `subscription`, once that is known.
    pub(crate) kind: Option<&'static str>,
    /// The beginning of the hash of the document.
    pub(crate) document: Option<String>,
    /// Whether the operator chose the document.
    pub(crate) trusted: bool,
    /// Whether the gate had seen the document before.
    pub(crate) known: Option<bool>,
    /// What the caller has paid.
    pub(crate) cost: Option<u64>,
}

impl Gateway {
    /// A gateway that reads from `database` and trusts `documents`, whose texts have to pass the
    /// gate.
    pub fn new(
        database: Database,
        settings: GatewaySettings,
        documents: &[TrustedDocument],
    ) -> Result<Self, RefusedDocument> {
        let gate = Gate::new(
            &schema::sdl(),
            settings.limits.clone(),
            settings.execution.introspection,
        );
        let library = Library::new(gate, &settings.documents, documents);
        let library = library.map_err(|(id, errors)| RefusedDocument::new(id, &errors))?;
        let (rates, metrics) = (&settings.rates, Metrics::new());
        Ok(Self {
            inner: Arc::new(Inner {
                engine: Engine::new(&database, &settings, metrics.clone()),
                library,
                database,
                buckets: rates.enabled.then(|| Buckets::new(rates)),
                metrics,
                settings,
            }),
        })
    }

    /// Answers a request that has the members `query`, `variables` and `operationName`, as
    /// `POST /graphql` would.
    pub async fn answer(&self, request: &Value) -> Value {
        let answer = match GraphRequest::from_json(request) {
            Ok(request) => self.run(request, Asking::default()).await.answer,
            Err(error) => Outcome::refused(Stage::Request, error).into(),
        };
        // A body has text keys only, so that it always can be written as JSON.
        serde_json::to_value(Body::from(answer)).unwrap_or_default()
    }

    /// Answers a well-formed request.
    pub(crate) async fn run(&self, request: GraphRequest, asking: Asking) -> Answered {
        let (mut facts, started) = (Facts::default(), Instant::now());
        let ran = self.inner.run(request, asking, &mut facts).await;
        let answer = ran.unwrap_or_else(|refused| Answer {
            budget: self.inner.budget(asking),
            ..Answer::from(refused)
        });
        self.count(&answer.outcome, &facts, started.elapsed());
        Answered { answer, facts }
    }

    fn count(&self, outcome: &Outcome, facts: &Facts, took: Duration) {
        let metrics = &self.inner.metrics;
        metrics.operation(&OperationRecord {
            kind: facts.kind.unwrap_or("none"),
            outcome: outcome.word(),
            trusted: facts.trusted,
            cost: facts.cost,
            seconds: took.as_secs_f64(),
        });
        if let Some(known) = facts.known {
            metrics.document_cache(known);
        }
        if let Outcome::Refused { errors, .. } = outcome
            && let Some(first) = errors.first()
        {
            metrics.rejected(first.code());
        }
    }

    /// What is counted of all that passes here.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// Takes the smallest price out of the caller's budget, before anything is read for it.
    pub(crate) fn admit(&self, asking: Asking) -> Result<(), Outcome> {
        let charged = self.inner.charge(asking, SMALLEST_PRICE);
        if charged.is_err() {
            self.inner.metrics.rejected(ErrorCode::RateLimited);
        }
        charged.map(|_budget| ())
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

impl RefusedDocument {
    fn new(id: DocumentId, errors: &[GraphError]) -> Self {
        let problem = errors.first().map(GraphError::message).unwrap_or_default();
        Self {
            id,
            problem: problem.to_owned(),
        }
    }
}

/// Checks that the gate lets documents through, with the usual limits.
pub fn check_documents(documents: &[TrustedDocument]) -> Result<(), RefusedDocument> {
    let settings = GatewaySettings::default();
    let gate = Gate::new(&schema::sdl(), settings.limits, true);
    for TrustedDocument { id, name: _, text } in documents {
        let admitted = gate.admit(text, Trust::Listed);
        admitted.map_err(|errors| RefusedDocument::new(id.clone(), &errors))?;
    }
    Ok(())
}

/// What every request costs at least, also one that is refused.
const SMALLEST_PRICE: u64 = 1;

impl Inner {
    async fn run(
        &self,
        request: GraphRequest,
        asking: Asking,
        facts: &mut Facts,
    ) -> Result<Answer, Outcome> {
        let GraphRequest {
            source,
            operation_name,
            variables: mut values,
            allowed,
        } = request;
        let found = self.library.find(&source, self.database.reads()).await;
        let found = found.map_err(|refused| {
            let name = operation_name.as_deref();
            self.method_first(&source, name, allowed).unwrap_or(refused)
        })?;
        facts.of_document(&found.document, found.known);
        let operation = found.document.operation(operation_name.as_deref());
        let operation = operation.map_err(|error| Outcome::refused(Stage::Document, error))?;
        facts.kind = Some(operation.word());
        if allowed == Operations::Queries && operation.kind() != OperationType::Query {
            return Err(wrong_method());
        }
        let gate = self.library.gate();
        variables::settle(
            &mut values,
            &operation.definition,
            gate.shape(),
            gate.limits(),
        )
        .map_err(|error| Outcome::refused(Stage::Document, error))?;
        let price = operation.prices.requested(&values).max(SMALLEST_PRICE);
        facts.cost = Some(price);
        let limit = self.settings.rates.operation_cost;
        if asking.cost == CostRequest::Validate {
            let report = CostReport::of(price, limit, self.budget(asking));
            return Ok(Answer::priced(report));
        }
        self.check_price(price, found.document.trust)?;
        // The smallest price has been paid when the request came in.
        let mut budget = self.charge(asking, price - SMALLEST_PRICE)?;
        let outcome = self.engine.run(operation, values).await;
        let actual = worth(operation, &outcome, price);
        facts.cost = Some(actual);
        budget = self.refund(asking, price - actual).or(budget);
        let cost = (asking.cost == CostRequest::Report).then(|| CostReport {
            actual: Some(actual),
            ..CostReport::of(price, limit, budget)
        });
        Ok(Answer {
            outcome,
            cost,
            budget,
        })
    }

    /// The refusal of an operation that its method does not allow, also when there is more wrong
    /// with it.
    fn method_first(
        &self,
        source: &DocumentSource,
        name: Option<&str>,
        allowed: Operations,
    ) -> Option<Outcome> {
        let text = match source {
            DocumentSource::Text(text) | DocumentSource::Hash(_, Some(text)) => text,
            DocumentSource::Id(_) | DocumentSource::Hash(_, None) => return None,
        };
        let kind = self.library.gate().kind(text, name);
        let wrong = allowed == Operations::Queries && kind? != OperationType::Query;
        wrong.then(wrong_method)
    }

    /// Refuses an operation that costs too much; the operator's own may.
    fn check_price(&self, price: u64, trust: Trust) -> Result<(), Outcome> {
        let limit = self.settings.rates.operation_cost;
        if trust == Trust::Listed || price <= limit.into() {
            return Ok(());
        }
        let message = format!(
            "the operation costs {price} points: at most {limit} are allowed, so ask for smaller \
             pages or for less of each item"
        );
        let error = GraphError::new(ErrorCode::CostLimitExceeded, &message);
        let [limit, price] = [limit.into(), price].map(|n: u64| n.try_into().unwrap_or(usize::MAX));
        Err(Outcome::refused(
            Stage::Document,
            error.with_limit(limit, Some(price)),
        ))
    }

    /// Takes points out of the caller's bucket; a price that no bucket holds empties a full one.
    fn charge(&self, asking: Asking, points: u64) -> Result<Option<Budget>, Outcome> {
        let Some((buckets, caller)) = self.buckets.as_ref().zip(asking.caller) else {
            return Ok(None);
        };
        let points = u32::try_from(points).unwrap_or(u32::MAX);
        let points = points.min(self.settings.rates.bucket.saturating_sub(1));
        let charged = buckets.charge(caller, points, Instant::now());
        charged
            .map(Some)
            .map_err(|exhausted| rate_limited(&exhausted))
    }

    fn refund(&self, asking: Asking, points: u64) -> Option<Budget> {
        let (buckets, caller) = self.buckets.as_ref().zip(asking.caller)?;
        buckets.refund(&caller, u32::try_from(points).unwrap_or(u32::MAX))
    }

    /// What the caller has left.
    fn budget(&self, asking: Asking) -> Option<Budget> {
        self.refund(asking, 0)
    }
}

impl Facts {
    fn of_document(&mut self, document: &Document, known: bool) {
        self.document = Some(document.hash.short());
        self.trusted = document.trust == Trust::Listed;
        self.known = Some(known);
    }
}

fn wrong_method() -> Outcome {
    let message = "only queries may be sent with this method: use POST";
    let error = GraphError::new(ErrorCode::BadRequest, message);
    Outcome::refused(Stage::Method, error)
}

/// What the answer was worth: never more than was asked for, and all of it for an operation that
/// was stopped, because nobody knows how far it came.
fn worth(operation: &Operation, outcome: &Outcome, price: u64) -> u64 {
    match outcome {
        Outcome::Executed { data, .. } if *data != async_graphql::Value::Null => {
            operation.prices.actual(data).clamp(SMALLEST_PRICE, price)
        }
        Outcome::Executed { .. } => price,
        Outcome::Refused { .. } => SMALLEST_PRICE,
    }
}

fn rate_limited(exhausted: &Exhausted) -> Outcome {
    let message = format!(
        "the budget is used up: {} points come back each second",
        exhausted.budget.restored_per_second
    );
    let error = GraphError::new(ErrorCode::RateLimited, &message).retry_after(exhausted.wait);
    Outcome::refused(Stage::Rate(exhausted.wait), error)
}
