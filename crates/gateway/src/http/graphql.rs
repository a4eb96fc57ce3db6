//! `/graphql`: from bytes to a request, and from an outcome to a status.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::CONTENT_TYPE;
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::admission::Ticket;
use super::entrance::Entrance;
use super::log::OperationLog;
use super::negotiation::takes_body;
use super::reply::{Reply, bad_request};
use super::request_id::RequestId;
use super::socket::{Shared, take_seat};
use super::stream::{self, Events, Wish, is_refused_before};
use crate::error::{ErrorCode, GraphError};
use crate::execute::{
    Answer, Answered, Asking, CostRequest, GraphRequest, Incoming, Standing, Started,
};
use crate::schema::mutation::{InvalidKey, Repetition};
use crate::{Gateway, GatewaySettings};

/// A refusal of the transport: its status and what the client is told.
pub(super) type Refusal = (StatusCode, GraphError);

/// `POST /graphql`.
pub(super) async fn post(
    request: HttpRequest,
    settings: Data<GatewaySettings>,
    entrance: Entrance,
    shared: Shared,
    payload: Payload,
) -> HttpResponse {
    let exchange = Exchange::of(&request, &shared, entrance);
    let posted = exchange.post(payload, &settings).await;
    posted.unwrap_or_else(|(status, error)| exchange.reply.refusal(status, error))
}

/// `GET /graphql`, for queries only.
pub(super) async fn get(request: HttpRequest, entrance: Entrance, shared: Shared) -> HttpResponse {
    let exchange = Exchange::of(&request, &shared, entrance);
    let got = exchange.get().await;
    got.unwrap_or_else(|(status, error)| exchange.reply.refusal(status, error))
}

/// Any other method.
pub(super) async fn other_method(request_id: RequestId) -> HttpResponse {
    let error = bad_request("use GET or POST");
    Reply::plain(request_id).refusal(StatusCode::METHOD_NOT_ALLOWED, error)
}

/// One request on its way to an answer.
struct Exchange<'r> {
    request: &'r HttpRequest,
    gateway: &'r Gateway,
    shared: &'r Shared,
    entrance: Rc<Entrance>,
    reply: Reply,
    asking: Asking,
    events: Wish,
}

impl<'r> Exchange<'r> {
    fn of(request: &'r HttpRequest, shared: &'r Shared, entrance: Entrance) -> Self {
        let wish = request.headers().get("graphql-cost");
        let wish = wish.and_then(|value| value.to_str().ok());
        Self {
            request,
            gateway: &shared.gateway,
            shared,
            reply: Reply::to(request),
            events: Wish::of(request),
            asking: Asking {
                cost: wish.map_or(CostRequest::Silent, CostRequest::of_header),
                // One that cannot be read is refused before anything runs.
                min_version: min_version(request).unwrap_or(0),
                repetition: repetition(request).unwrap_or_default(),
                ..entrance.asking(&shared.gateway)
            },
            entrance: Rc::new(entrance),
        }
    }

    async fn post(
        &self,
        payload: Payload,
        settings: &GatewaySettings,
    ) -> Result<HttpResponse, Refusal> {
        self.check_headers()?;
        let place = self.entrance.enter()?;
        if let Err(refused) = self.gateway.admit(&self.asking) {
            return Ok(self.reply.answer(refused.into()));
        }
        self.entrance.check_key(self.gateway)?;
        let limit = match self.asking.standing() {
            Standing::Anonymous => settings.edge.body_bytes,
            Standing::Keyed => settings.keyed.body_bytes,
        };
        let deadline = settings.edge.body_deadline;
        let body = read(self.request, payload, limit, deadline).await?;
        // Whoever sends slowly has kept nobody else from running until here.
        let turn = self.entrance.turn(place).await?;
        let recalled = (self.events != Wish::Preferred)
            .then(|| self.gateway.recall(&body, &self.asking))
            .flatten();
        if let Some(answered) = recalled {
            return Ok(self.reply.answer(self.noted(answered)));
        }
        Ok(match Incoming::from_body(&body, settings.edge.batch) {
            Ok(Incoming::Single(request)) if self.events != Wish::Never => {
                return self.start(request, turn).await;
            }
            Ok(Incoming::Single(request)) => {
                self.reply.answer(self.run(request.sent_as(body)).await)
            }
            Ok(Incoming::Batch(requests)) => {
                let mut answers = Vec::with_capacity(requests.len());
                for request in requests {
                    answers.push(self.run(request).await);
                }
                self.reply.answers(answers)
            }
            Err(error) => self.reply.malformed(&body, error),
        })
    }

    async fn get(&self) -> Result<HttpResponse, Refusal> {
        self.check_headers()?;
        let place = self.entrance.enter()?;
        if let Err(refused) = self.gateway.admit(&self.asking) {
            return Ok(self.reply.answer(refused.into()));
        }
        self.entrance.check_key(self.gateway)?;
        let turn = self.entrance.turn(place).await?;
        let request = GraphRequest::from_query_string(self.request.query_string())
            .map_err(|error| (StatusCode::BAD_REQUEST, error))?;
        if self.events != Wish::Never {
            return self.start(request, turn).await;
        }
        // What a caller has left is nobody else's.
        let cacheable = request.names_its_document() && self.asking.cost == CostRequest::Silent;
        let answer = self.run(request).await;
        Ok(if cacheable {
            self.reply
                .cacheable(self.request, self.asking.standing(), answer)
        } else {
            self.reply.answer(answer)
        })
    }

    /// Refuses answers that we do not give and bodies that we do not take, before a body is read.
    fn check_headers(&self) -> Result<(), Refusal> {
        let request = self.request;
        min_version(request)?;
        repetition(request)?;
        if !self.reply.is_welcome() && self.events == Wish::Never {
            let message = "accept application/graphql-response+json, application/json or \
                           text/event-stream";
            return Err((StatusCode::NOT_ACCEPTABLE, bad_request(message)));
        }
        let has_body = request.method() == Method::POST;
        if (has_body || request.headers().contains_key(CONTENT_TYPE)) && !takes_body(request) {
            let message = "send application/json in UTF-8, without content encoding";
            return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, bad_request(message)));
        }
        Ok(())
    }

    /// Runs one operation for a client that takes a stream of events.
    async fn start(&self, request: GraphRequest, turn: Ticket) -> Result<HttpResponse, Refusal> {
        match self
            .gateway
            .start(request.with_events(), &self.asking)
            .await
        {
            Started::Answered(answered) => {
                let answer = self.noted(*answered);
                let by_status = self.events == Wish::Possible || is_refused_before(&answer);
                Ok(if by_status {
                    self.reply.answer(answer)
                } else {
                    stream::single(answer, RequestId::of(self.request).text())
                })
            }
            Started::Subscribed(subscription) => {
                drop(turn);
                let log = OperationLog {
                    outcome: "ok",
                    key: self.asking.principal.key,
                    ..OperationLog::of(subscription.facts())
                };
                log.note(self.request);
                let seat = take_seat(self.shared, &self.entrance)?;
                Ok(stream::events(Events {
                    subscription: *subscription,
                    gateway: self.gateway.clone(),
                    entrance: Rc::clone(&self.entrance),
                    request_id: RequestId::of(self.request).text().to_owned(),
                    heartbeat: self.shared.settings.sockets.heartbeat,
                    seat,
                    _open: self.gateway.metrics().stream(),
                }))
            }
        }
    }

    /// Runs one operation and leaves a note for the log.
    async fn run(&self, request: GraphRequest) -> Answer {
        self.noted(self.gateway.run(request, &self.asking).await)
    }

    /// The answer, after the note for the log.
    fn noted(&self, answered: Answered) -> Answer {
        let Answered { answer, facts } = answered;
        let log = OperationLog {
            key: self.asking.principal.key,
            outcome: answer.outcome.word(),
            ..OperationLog::of(&facts)
        };
        log.note(self.request);
        answer
    }
}

/// The version of the catalogue that an answer has to have at least; 0 when nobody asks for one.
fn min_version(request: &HttpRequest) -> Result<u64, Refusal> {
    let Some(value) = request.headers().get("rolegraph-min-version") else {
        return Ok(0);
    };
    let number = value.to_str().ok().and_then(|text| text.parse().ok());
    number.ok_or_else(|| {
        let message = "Rolegraph-Min-Version is not a whole number of at least 0";
        (StatusCode::BAD_REQUEST, bad_request(message))
    })
}

/// Under which key the request may be sent again.
fn repetition(request: &HttpRequest) -> Result<Arc<Repetition>, Refusal> {
    let key = request.headers().get("idempotency-key");
    let key = key.map(|value| value.to_str().unwrap_or_default());
    let repetition = Repetition::of(key).map(Arc::new);
    repetition.map_err(|InvalidKey| (StatusCode::BAD_REQUEST, bad_request(InvalidKey::MESSAGE)))
}

/// Reads the whole body under one limit and one deadline; what is announced to be too large is
/// refused before it arrives.
async fn read(
    request: &HttpRequest,
    payload: Payload,
    limit: usize,
    deadline: Duration,
) -> Result<Bytes, Refusal> {
    let too_large = || {
        let message = format!("the body is too large: at most {limit} bytes are allowed");
        let error = GraphError::new(ErrorCode::BodyTooLarge, &message);
        (StatusCode::PAYLOAD_TOO_LARGE, error.with_limit(limit, None))
    };
    if announced(request).is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    let body = tokio::time::timeout(deadline, payload.to_bytes_limited(limit)).await;
    match body {
        Ok(Ok(Ok(body))) => Ok(body),
        Ok(Ok(Err(_broken))) => Err((
            StatusCode::BAD_REQUEST,
            bad_request("the body could not be read"),
        )),
        Ok(Err(_too_large)) => Err(too_large()),
        Err(_elapsed) => Err((
            StatusCode::REQUEST_TIMEOUT,
            GraphError::new(ErrorCode::Timeout, "the body did not arrive in time"),
        )),
    }
}

/// The announced length of the body; one that no number can hold counts as the largest.
fn announced(request: &HttpRequest) -> Option<usize> {
    let length = request
        .headers()
        .get(actix_web::http::header::CONTENT_LENGTH)?;
    Some(length.to_str().ok()?.parse().unwrap_or(usize::MAX))
}
