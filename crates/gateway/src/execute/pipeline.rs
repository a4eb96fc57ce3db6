//! One request on its way: document, operation, variables, price, execution, refund.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;

use super::account::SMALLEST_PRICE;
use super::executor::{Execution, Prepared};
use super::kept::Versioned;
use super::recall::{Asked, Recalled};
use super::request::Operations;
use super::subscription::Begun;
use super::{Answer, Asking, CostReport, CostRequest, DocumentSource, Facts, GraphRequest};
use super::{Inner, Outcome, Stage, Standing};
use crate::document::{Document, Found};
use crate::error::{ErrorCode, GraphError};
use crate::gate::variables;
use crate::rate::Budget;

/// What a caller has paid, and what it had left then.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paid {
    pub(super) price: u64,
    pub(super) charged: Option<Budget>,
}

/// What came of a request.
pub(super) enum Ran {
    /// Its answer.
    Answer(Answer),
    /// A subscription, which is answered later.
    Subscribed(Box<Begun>),
}

impl Inner {
    /// Answers a request or begins a subscription, and notes what becomes known of it on the way.
    pub(super) async fn run(
        &self,
        request: GraphRequest,
        asking: &Asking,
        facts: &mut Facts,
    ) -> Result<Ran, Outcome> {
        if asking.min_version > 0 {
            self.reach(asking.min_version).await?;
        }
        let body = request.body.clone();
        let document = self.find(&request, asking.standing(), facts).await?;
        let prepared = self.prepared(&document, request, facts)?;
        if prepared.operation.kind() == OperationType::Subscription {
            let begun = self.subscribe(prepared, document.trust, asking, facts);
            return Box::pin(begun).await;
        }
        let price = prepared.selection.price(&prepared.variables);
        let price = price.max(SMALLEST_PRICE);
        facts.cost = Some(price);
        if asking.cost == CostRequest::Validate {
            let budget = self.accounts.budget(asking);
            let priced = Answer::priced(self.accounts.report(price, budget, asking));
            return Ok(Ran::Answer(priced));
        }
        let affordable = self.accounts.check_price(price, document.trust, asking);
        affordable.map_err(refused)?;
        // The smallest price has been paid when the request came in.
        let charged = self.accounts.charge(asking, price - SMALLEST_PRICE)?;
        let paying = Asking {
            budget: charged,
            ..asking.clone()
        };
        let versioned = self.execute(&document, &prepared, &paying).await;
        let max_age = prepared.selection.max_age();
        if let (Some(body), Some(answer)) = (body, versioned.key) {
            let asked = Asked {
                audience: asking.audience(),
                standing: asking.standing(),
                body: &body,
            };
            self.recall.learn(&asked, || Recalled {
                answer,
                price,
                max_age,
                facts: Facts {
                    known: Some(true),
                    ..facts.clone()
                },
            });
        }
        let paid = Paid { price, charged };
        let answer = self.settled(paid, versioned, max_age, asking, facts);
        Ok(Ran::Answer(answer))
    }

    /// The answer, when what was not used of the price has been given back.
    pub(super) fn settled(
        &self,
        paid: Paid,
        versioned: Versioned,
        max_age: Option<u64>,
        asking: &Asking,
        facts: &mut Facts,
    ) -> Answer {
        let Paid { price, charged } = paid;
        let Execution { outcome, worth } = versioned.execution;
        // Never more than was asked for.
        let actual = worth.map_or(price, |worth| worth.clamp(SMALLEST_PRICE, price));
        facts.cost = Some(actual);
        let budget = self.accounts.refund(asking, price - actual).or(charged);
        let cost = (asking.cost == CostRequest::Report).then(|| CostReport {
            actual: Some(actual),
            ..self.accounts.report(price, budget, asking)
        });
        Answer {
            outcome,
            cost,
            budget,
            version: Some(versioned.version),
            max_age,
            replayed: false,
        }
    }

    /// The document of a request.
    async fn find(
        &self,
        request: &GraphRequest,
        standing: Standing,
        facts: &mut Facts,
    ) -> Result<Arc<Document>, Outcome> {
        let found = self
            .library
            .find(&request.source, standing, self.database.reads())
            .await;
        let Found { document, known } =
            found.map_err(|refused| self.method_first(request, standing).unwrap_or(refused))?;
        facts.of_document(&document, known);
        Ok(document)
    }

    /// The operation that a request means, and its variables as fields may see them.
    fn prepared<'d>(
        &self,
        document: &'d Document,
        request: GraphRequest,
        facts: &mut Facts,
    ) -> Result<Prepared<'d>, Outcome> {
        let operation = document.operation(request.operation_name.as_deref());
        let operation = operation.map_err(refused)?;
        facts.kind = Some(operation.word());
        if let Some(refused) = not_allowed(request.allowed, operation.kind()) {
            return Err(refused);
        }
        let mut values = request.variables;
        let (definition, gate) = (&operation.definition, self.library.gate());
        variables::settle(&mut values, definition, gate.shape(), gate.limits()).map_err(refused)?;
        Ok(Prepared {
            selection: operation.selection(&values, gate.shape()),
            variables: values,
            operation,
        })
    }

    /// The refusal of an operation that its method does not allow, also when there is more wrong
    /// with it.
    fn method_first(&self, request: &GraphRequest, standing: Standing) -> Option<Outcome> {
        if matches!(request.allowed, Operations::Answered | Operations::All) {
            return None;
        }
        let text = match &request.source {
            DocumentSource::Text(text) | DocumentSource::Hash(_, Some(text)) => text,
            DocumentSource::Id(_) | DocumentSource::Hash(_, None) => return None,
        };
        // Only a text with one of these words is worth to be parsed once more.
        if !["mutation", "subscription"]
            .iter()
            .any(|word| text.contains(word))
        {
            return None;
        }
        let name = request.operation_name.as_deref();
        let kind = self.library.gate_for(standing).kind(text, name)?;
        not_allowed(request.allowed, kind)
    }
}

/// The refusal of an operation of a type that may not come this way.
fn not_allowed(allowed: Operations, kind: OperationType) -> Option<Outcome> {
    match (allowed, kind) {
        (_, OperationType::Query)
        | (Operations::Answered | Operations::All, OperationType::Mutation)
        | (Operations::Events | Operations::All, OperationType::Subscription) => None,
        (Operations::Answered, OperationType::Subscription) => Some(wrong_transport()),
        (Operations::Queries, _) | (Operations::Events, OperationType::Mutation) => {
            Some(wrong_method())
        }
    }
}

/// The refusal of a subscription by something that answers once.
pub(super) fn wrong_transport() -> Outcome {
    let message = "a subscription needs a WebSocket, or a request that accepts text/event-stream";
    let error = GraphError::new(ErrorCode::BadRequest, message);
    Outcome::refused(Stage::Transport, error)
}

pub(super) fn refused(error: GraphError) -> Outcome {
    Outcome::refused(Stage::Document, error)
}

fn wrong_method() -> Outcome {
    let message = "only queries may be sent with this method: use POST";
    let error = GraphError::new(ErrorCode::BadRequest, message);
    Outcome::refused(Stage::Method, error)
}
