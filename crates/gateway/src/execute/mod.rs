//! From a request to its answer: the gate, the price, the execution, and which errors came from
//! where.

mod account;
mod asking;
mod batch;
mod cost;
mod engine;
mod executor;
mod kept;
mod outcome;
mod pipeline;
mod recall;
mod request;
mod subscription;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::web::Bytes;
use app::{Access, Catalogue, Holder, Person};
use domain::Timestamp;
use domain::access::{Caller, KeyRefusal, Principal, ShownToken};
use domain::audit::AccessAction;
use domain::document::TrustedDocument;
use ingest::skill::Dictionary;
use persistence::{Database, WriteFigures};
use serde_json::Value;

use crate::GatewaySettings;
use crate::cache::AnswerCache;
use crate::document::{Document, Library, RefusedDocument, ShortHash};
use crate::error::{ErrorCode, GraphError};
use crate::gate::{Gate, Trust};
use crate::http::request_id::RequestId;
use crate::metrics::{Metrics, OperationRecord};
use crate::schema;
use account::{Accounts, SMALLEST_PRICE};
use engine::Engine;
use executor::Executor;
use pipeline::{Ran, wrong_transport};
use recall::Recall;

pub(crate) use asking::{Asking, Origin, Standing, Terms};
pub(crate) use batch::Incoming;
pub(crate) use cost::{CostReport, CostRequest};
pub(crate) use outcome::{Answer, Body, Message, Outcome, Stage};
pub(crate) use request::{DocumentSource, GraphRequest};
pub(crate) use subscription::{Subscription, Told};

/// Answers GraphQL requests over one catalogue; cheap to clone.
#[derive(Clone)]
pub struct Gateway {
    inner: Arc<Inner>,
}

struct Inner {
    executor: Executor,
    library: Library,
    database: Database,
    cache: AnswerCache,
    recall: Recall,
    accounts: Accounts,
    metrics: Metrics,
    sdl: Option<Bytes>,
    anonymous: Arc<Principal>,
    access: Option<Access>,
    catalogue: Catalogue,
    dictionary: Arc<Dictionary>,
}

/// Who makes an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Maker {
    /// The writer, except when the schema is asked for.
    #[default]
    Writer,
    /// The engine.
    Engine,
}

/// What became of a request, and what the log should know about it.
#[derive(Debug)]
pub(crate) struct Answered {
    /// What the client is told.
    pub(crate) answer: Answer,
    /// What the log should know.
    pub(crate) facts: Facts,
}

impl Answered {
    /// What becomes of a request that is refused before anything is known of it.
    pub(crate) fn of_refusal(outcome: Outcome) -> Self {
        Self {
            answer: outcome.into(),
            facts: Facts::default(),
        }
    }
}

/// What came of a request that may subscribe.
pub(crate) enum Started {
    /// It is answered.
    Answered(Box<Answered>),
    /// It is a subscription, which has begun.
    Subscribed(Box<Subscription>),
}

/// What the log and the metrics should know about an operation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// `query`, `mutation` or `subscription`, once that is known.
    pub(crate) kind: Option<&'static str>,
    /// The beginning of the hash of the document.
    pub(crate) document: Option<ShortHash>,
    /// Whether the operator chose the document.
    pub(crate) trusted: bool,
    /// Whether the gate had seen the document before.
    pub(crate) known: Option<bool>,
    /// What the caller has paid.
    pub(crate) cost: Option<u64>,
}

impl Gateway {
    /// A gateway to a catalogue, in whose texts it finds the skills of a dictionary, for everybody
    /// and for callers that this access knows. It trusts `documents`, whose texts have to pass the gate.
    pub fn new(
        catalogue: &Catalogue,
        dictionary: Arc<Dictionary>,
        settings: &GatewaySettings,
        documents: &[TrustedDocument],
        access: Option<Access>,
    ) -> Result<Self, RefusedDocument> {
        let (sdl, introspection) = (schema::sdl(), settings.execution.introspection);
        let gate = Gate::new(&sdl, settings.limits.clone(), introspection);
        let keyed = gate.with_limits(settings.keyed.documents(&settings.limits));
        let library = Library::new(gate, keyed, &settings.documents, documents)?;
        let metrics = Metrics::new();
        let database = catalogue.database().clone();
        let known = access.clone();
        let engine = Engine::new(
            catalogue,
            Arc::clone(&dictionary),
            known,
            settings,
            library.gate().shape(),
        );
        Ok(Self {
            inner: Arc::new(Inner {
                executor: Executor::new(settings, engine, access.clone(), metrics.clone()),
                library,
                cache: AnswerCache::new(&settings.cache, database.clock().clone(), metrics.clone()),
                recall: Recall::new(&settings.cache),
                database,
                accounts: Accounts::new(settings),
                metrics,
                sdl: introspection.then(|| sdl.into()),
                anonymous: Arc::new(Principal::anonymous()),
                access,
                catalogue: catalogue.clone(),
                dictionary,
            }),
        })
    }

    /// Answers a request that has the members `query`, `variables` and `operationName`, as
    /// `POST /graphql` would.
    pub async fn answer(&self, request: &Value) -> Value {
        self.answer_to(Principal::anonymous(), request).await
    }

    /// Answers a request of somebody inside of the process.
    pub async fn answer_to(&self, principal: Principal, request: &Value) -> Value {
        let asking = Asking::by(principal);
        let answer = match GraphRequest::from_json(request) {
            Ok(request) => self.run(request, &asking).await.answer,
            Err(error) => Outcome::refused(Stage::Request, error).into(),
        };
        Body::from(answer).into_json()
    }

    /// The body of the answer that somebody makes to a request, with its cost. Only the order of
    /// work differs between them, so that this is for comparisons and nothing else.
    pub async fn answer_by(&self, maker: Maker, request: &Value) -> String {
        let asking = Asking {
            cost: CostRequest::Report,
            maker,
            ..Asking::by(Principal::anonymous())
        };
        let answer = match GraphRequest::from_json(request) {
            Ok(request) => self.run(request, &asking).await.answer,
            Err(error) => Outcome::refused(Stage::Request, error).into(),
        };
        String::from_utf8_lossy(&Body::from(answer).into_bytes()).into_owned()
    }

    /// Answers a well-formed request by something that answers once.
    pub(crate) async fn run(&self, request: GraphRequest, asking: &Asking) -> Answered {
        match self.start(request, asking).await {
            Started::Answered(answered) => *answered,
            // Such requests are not allowed to subscribe.
            Started::Subscribed(_) => Answered::of_refusal(wrong_transport()),
        }
    }

    /// Answers a well-formed request, or begins the subscription that it asks for.
    pub(crate) async fn start(&self, request: GraphRequest, asking: &Asking) -> Started {
        let (mut facts, started) = (Facts::default(), Instant::now());
        let mut answer = match self.inner.run(request, asking, &mut facts).await {
            Ok(Ran::Answer(answer)) => answer,
            Ok(Ran::Subscribed(begun)) => {
                let subscription = Subscription::new(self.clone(), begun, asking.clone(), facts);
                return Started::Subscribed(Box::new(subscription));
            }
            Err(refused) => Answer {
                budget: self.inner.accounts.budget(asking),
                ..Answer::from(refused)
            },
        };
        answer.replayed = asking.repetition.is_replayed();
        self.note_denied(&answer.outcome, asking, &facts);
        self.count(&answer.outcome, &facts, started.elapsed());
        Started::Answered(Box::new(Answered { answer, facts }))
    }

    /// Answers a body that has come before and whose answer is kept.
    pub(crate) fn recall(&self, body: &[u8], asking: &Asking) -> Option<Answered> {
        let (mut facts, started) = (Facts::default(), Instant::now());
        let answer = self.inner.recall(body, asking, &mut facts)?;
        self.count(&answer.outcome, &facts, started.elapsed());
        Some(Answered { answer, facts })
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

    /// The schema in its definition language, where clients may ask for it.
    pub(crate) fn sdl(&self) -> Option<Bytes> {
        self.inner.sdl.clone()
    }

    /// Everybody without a key.
    pub(crate) fn anonymous(&self) -> &Arc<Principal> {
        &self.inner.anonymous
    }

    /// Whoever shows a key at an address.
    pub(crate) fn recognise(
        &self,
        shown: &ShownToken,
        address: IpAddr,
    ) -> Result<Arc<Holder>, KeyRefusal> {
        let access = self.inner.access.as_ref().ok_or(KeyRefusal::Unknown)?;
        access.ring.recognise(shown, address)
    }

    /// Whoever shows a token, where those of anybody are believed.
    pub(crate) fn recognise_token(&self, token: &str) -> Result<Person, KeyRefusal> {
        let access = self.inner.access.as_ref();
        let issuer = access.and_then(|access| access.issuer.as_ref());
        issuer.ok_or(KeyRefusal::Malformed)?.recognise(token)
    }

    /// Whether a moment has not come yet, by the clock of tokens.
    pub(crate) fn is_before(&self, moment: Timestamp) -> bool {
        let access = self.inner.access.as_ref();
        let issuer = access.and_then(|access| access.issuer.as_ref());
        issuer.is_some_and(|issuer| issuer.now() < moment)
    }

    /// Notes for the audit log that somebody has shown a key or a token that does not hold.
    pub(crate) fn note_refused(&self, refused: KeyRefusal, origin: &Origin) {
        if let Some(access) = &self.inner.access {
            let stranger = Caller {
                request: origin.request.as_ref().map(RequestId::text),
                address: origin.address,
                ..Caller::from(&*self.inner.anonymous)
            };
            let action = AccessAction::TokenRefused;
            access
                .denials
                .note(stranger.author(), action, refused.as_str());
        }
    }

    /// Notes for the audit log that somebody has asked for something that they may not do.
    fn note_denied(&self, outcome: &Outcome, asking: &Asking, facts: &Facts) {
        let (Outcome::Refused { errors, .. } | Outcome::Executed { errors, .. }) = outcome else {
            return;
        };
        let Some(access) = &self.inner.access else {
            return;
        };
        let denied = |error: &&GraphError| error.code() == ErrorCode::Forbidden;
        for error in errors.iter().filter(denied) {
            let detail = format!("{}: {}", facts.kind.unwrap_or("none"), error.message());
            let author = asking.caller().author();
            access.denials.note(author, AccessAction::Denied, &detail);
        }
    }

    /// What the database knows about writing, in numbers.
    pub(crate) fn write_figures(&self) -> WriteFigures {
        self.inner.database.write_figures()
    }

    /// Everything that changes the catalogue.
    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.inner.catalogue
    }

    /// The skills that are found in texts.
    pub(crate) fn dictionary(&self) -> &Arc<Dictionary> {
        &self.inner.dictionary
    }

    /// The database of the catalogue.
    pub(crate) fn database(&self) -> &Database {
        &self.inner.database
    }

    /// The answers that are kept.
    pub(crate) fn cache(&self) -> &AnswerCache {
        &self.inner.cache
    }

    /// What is counted of all that passes here.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// Takes the smallest price out of the caller's budget, before anything is read for it.
    pub(crate) fn admit(&self, asking: &Asking) -> Result<(), Outcome> {
        self.charge(asking, SMALLEST_PRICE)
    }

    /// Takes points out of the caller's budget.
    pub(crate) fn charge(&self, asking: &Asking, points: u64) -> Result<(), Outcome> {
        let charged = self.inner.accounts.charge(asking, points);
        if charged.is_err() {
            self.inner.metrics.rejected(ErrorCode::RateLimited);
        }
        charged.map(|_budget| ())
    }

    /// Takes points out of the caller's budget, and waits until they are there.
    pub(crate) async fn pay(&self, asking: &Asking, points: u64) {
        while let Err(Outcome::Refused {
            stage: Stage::Rate(wait),
            ..
        }) = self.inner.accounts.charge(asking, points)
        {
            tokio::time::sleep(wait).await;
        }
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

impl Facts {
    fn of_document(&mut self, document: &Document, known: bool) {
        self.document = Some(document.hash.short());
        self.trusted = document.trust == Trust::Listed;
        self.known = Some(known);
    }
}

#[cfg(test)]
mod tests;
