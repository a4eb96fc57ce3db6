//! Subscriptions: operations that are answered again and again, each event as a query is.

use std::sync::Arc;
use std::time::Instant;

use async_graphql::Variables;
use domain::read::Change;

use super::account::SMALLEST_PRICE;
use super::executor::Prepared;
use super::kept::Versioned;
use super::pipeline::{Paid, Ran, refused};
use super::{Answer, Answered, Asking, CostRequest, Facts, Gateway, Inner, Outcome, Stage};
use crate::cache::Reading;
use crate::error::{ApiError, ErrorCode, GraphError};
use crate::feed::{Feed, Source};
use crate::gate::Trust;
use crate::schema::change::{AnyTelling, open};
use crate::selection::{Field, Selection};

/// What it costs to begin.
const START: u64 = 10;
/// What an event costs besides what is selected of it.
const EVENT: u64 = 1;

/// A subscription that has begun; dropping it ends it.
pub(crate) struct Subscription {
    gateway: Gateway,
    begun: Box<Begun>,
    asking: Asking,
    facts: Facts,
    next: Option<Next>,
}

/// What is to be told next.
struct Next {
    change: Change,
    /// What was paid for it.
    paid: Option<Paid>,
}

/// What there is of a subscription before anybody listens.
pub(super) struct Begun {
    selection: Arc<Selection>,
    variables: Variables,
    feed: Feed,
    telling: AnyTelling,
    /// What an event costs at most.
    price: u64,
}

/// What a subscription tells.
pub(crate) enum Told {
    /// An event.
    Event(Answered),
    /// That it cannot go on, and why. No event was lost: it begins again behind the last one.
    End(Answered),
}

impl Inner {
    /// Begins a subscription: everything that is checked once is checked here.
    pub(super) async fn subscribe(
        &self,
        prepared: Prepared<'_>,
        trust: Trust,
        asking: &Asking,
        facts: &mut Facts,
    ) -> Result<Ran, Outcome> {
        let Prepared {
            operation,
            selection,
            variables,
        } = prepared;
        let checked = self.library.gate().check_values(operation, &variables);
        checked.map_err(|errors| Outcome::Refused {
            stage: Stage::Document,
            errors,
        })?;
        let [root] = selection.fields() else {
            return Err(refused(not_one_field()));
        };
        if root.name().starts_with("__") {
            return Err(refused(not_one_field()));
        }
        let price = selection.price(&variables).saturating_add(EVENT);
        facts.cost = Some(START);
        let whole = price.saturating_add(START);
        if asking.cost == CostRequest::Validate {
            let budget = self.accounts.budget(asking);
            let report = self.accounts.report(whole, budget, asking);
            return Ok(Ran::Answer(Answer::priced(report)));
        }
        let affordable = self.accounts.check_price(whole, trust, asking);
        affordable.map_err(refused)?;
        // The smallest price has been paid when the request came in.
        self.accounts.charge(asking, START - SMALLEST_PRICE)?;
        let source = Source {
            reads: Reading::unnoted(self.database.reads(), asking.audience()),
            clock: self.database.clock().clone(),
        };
        let (feed, telling) = open(Field::new(root, &variables), &asking.principal, source)
            .await
            .map_err(unopened)?;
        Ok(Ran::Subscribed(Box::new(Begun {
            selection,
            variables,
            feed,
            telling,
            price,
        })))
    }
}

fn unopened(error: GraphError) -> Outcome {
    let stage = match error.code() {
        ErrorCode::Unavailable | ErrorCode::Timeout => Stage::Unavailable,
        _ => Stage::Document,
    };
    Outcome::refused(stage, error)
}

fn not_one_field() -> GraphError {
    let message = "a subscription selects exactly one field of its root";
    GraphError::new(ErrorCode::GraphqlValidationFailed, message)
}

impl Subscription {
    pub(super) fn new(gateway: Gateway, begun: Box<Begun>, asking: Asking, facts: Facts) -> Self {
        Self {
            gateway,
            begun,
            asking,
            facts,
            next: None,
        }
    }

    /// What the log should know of it.
    pub(crate) fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Waits until there is something to tell that the caller can pay for; nothing is lost when the
    /// waiting is given up. Fails when the changes cannot be read any more.
    pub(crate) async fn ready(&mut self) -> Result<(), Answered> {
        if self.next.is_none() {
            let found = self.begun.feed.next().await;
            let change = found.map_err(|error| {
                let error = GraphError::of_failure(&ApiError::from(error));
                self.answered(Outcome::refused(Stage::Unavailable, error))
            })?;
            self.next = Some(Next { change, paid: None });
        }
        while let Some(next) = &mut self.next
            && next.paid.is_none()
        {
            let (accounts, price) = (&self.gateway.inner.accounts, self.begun.price);
            match accounts.charge(&self.asking, price) {
                Ok(charged) => next.paid = Some(Paid { price, charged }),
                Err(Outcome::Refused {
                    stage: Stage::Rate(wait),
                    ..
                }) => tokio::time::sleep(wait).await,
                Err(other) => return Err(self.answered(other)),
            }
        }
        Ok(())
    }

    /// Tells what is ready; nothing when that is none of the business of this subscription.
    pub(crate) async fn tell(&mut self) -> Option<Told> {
        let Next { change, paid } = self.next.take()?;
        let paid = paid?;
        let started = Instant::now();
        let inner = &self.gateway.inner;
        let Begun {
            selection,
            variables,
            feed,
            telling,
            price,
        } = &*self.begun;
        let version = change.place.0;
        let event = telling.event(change, feed.reads());
        let told = inner.executor.event(selection, variables, event).await;
        let Some(mut execution) = told else {
            inner.accounts.refund(&self.asking, price - SMALLEST_PRICE);
            return None;
        };
        execution.worth = execution.worth.map(|worth| worth.saturating_add(EVENT));
        let failed = execution.outcome.word() == "failed";
        let versioned = Versioned::private(execution, version);
        let mut facts = self.facts.clone();
        let answer = inner.settled(paid, versioned, None, &self.asking, &mut facts);
        self.gateway
            .count(&answer.outcome, &facts, started.elapsed());
        let answered = Answered { answer, facts };
        Some(if failed {
            Told::End(answered)
        } else {
            Told::Event(answered)
        })
    }

    fn answered(&self, outcome: Outcome) -> Answered {
        Answered {
            answer: outcome.into(),
            facts: self.facts.clone(),
        }
    }
}
