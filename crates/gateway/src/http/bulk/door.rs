//! The way into an export or an import, and what is told to whoever may not enter.

use std::rc::Rc;

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use domain::access::Scope;
use serde::de::DeserializeOwned;

use super::Bulk;
use crate::error::{ApiError, ErrorCode, GraphError};
use crate::execute::{Asking, Outcome};
use crate::http::admission::Place;
use crate::http::entrance::Entrance;
use crate::http::graphql::Refusal;
use crate::http::log::OperationLog;
use crate::http::reply::{Reply, bad_request};
use crate::http::request_id::RequestId;
use crate::http::socket::{NoSeat, Seat, Seats, Shared};
use crate::write::require;

/// Any other method.
pub(in crate::http) async fn other_method(
    request: HttpRequest,
    request_id: RequestId,
) -> HttpResponse {
    let method = if request.path() == "/import" {
        "POST"
    } else {
        "GET"
    };
    let error = bad_request(&format!("use {method}"));
    let refusal = StatusCode::METHOD_NOT_ALLOWED;
    let mut response = Reply::plain(request_id).refusal(refusal, error);
    let headers = response.headers_mut();
    headers.insert(ALLOW, HeaderValue::from_static(method));
    response
}

/// A request on its way in.
pub(super) struct Door<'r> {
    pub(super) request: &'r HttpRequest,
    pub(super) shared: &'r Shared,
    pub(super) bulk: &'r Data<Bulk>,
    pub(super) entrance: Rc<Entrance>,
    pub(super) asking: Asking,
}

/// Why somebody may not enter.
pub(super) enum Closed {
    /// The transport says so.
    Refused(Refusal),
    /// The gateway says so.
    Outcome(Box<Outcome>),
}

impl From<Refusal> for Closed {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Outcome> for Closed {
    fn from(outcome: Outcome) -> Self {
        Self::Outcome(Box::new(outcome))
    }
}

impl<'r> Door<'r> {
    pub(super) fn of(
        request: &'r HttpRequest,
        shared: &'r Shared,
        bulk: &'r Data<Bulk>,
        entrance: Entrance,
    ) -> Self {
        Self {
            request,
            shared,
            bulk,
            asking: entrance.asking(&shared.gateway),
            entrance: Rc::new(entrance),
        }
    }

    /// Takes one of the places of the caller, the smallest price, and a look at its key.
    pub(super) fn enter(&self) -> Result<Place, Closed> {
        if self.shared.readiness.is_stopping() {
            let error = GraphError::new(ErrorCode::Unavailable, "the server is about to stop");
            return Err(self.closed(StatusCode::SERVICE_UNAVAILABLE, error));
        }
        let place = self.entrance.enter()?;
        self.shared.gateway.admit(&self.asking)?;
        self.entrance.check_key(&self.shared.gateway)?;
        Ok(place)
    }

    /// Refuses callers who may not do what `scope` stands for.
    pub(super) fn require(&self, scope: Scope) -> Result<(), Closed> {
        let required = require(&self.asking.principal, scope);
        required.map_err(|error| self.failed(&error))
    }

    /// The parameters of the request; others than these are refused by name.
    pub(super) fn parameters<T: DeserializeOwned>(&self) -> Result<T, Closed> {
        let query = Query::<T>::from_query(self.request.query_string());
        query.map(Query::into_inner).map_err(|error| {
            let error = error.to_string();
            let problem = error
                .split_once(": ")
                .map_or(&*error, |(_, problem)| problem);
            self.malformed(problem)
        })
    }

    /// The seat of the caller for this; it has one.
    pub(super) fn seat(&self, seats: &Seats, what: &str) -> Result<Seat, Closed> {
        let limit = if self.shared.settings.rates.enabled {
            1
        } else {
            usize::MAX
        };
        let taken = seats.take(self.entrance.account(), limit);
        taken.map_err(|NoSeat { limit }| {
            let message = format!("at most {limit} {what} at once: wait until it is over");
            let error = GraphError::new(ErrorCode::RateLimited, &message).with_limit(limit, None);
            self.closed(StatusCode::TOO_MANY_REQUESTS, error)
        })
    }

    /// Leaves a note for the log.
    pub(super) fn note(&self, kind: &'static str, cost: Option<u64>) {
        let log = OperationLog {
            kind,
            key: self.asking.principal.key,
            cost,
            outcome: "ok",
            document: None,
        };
        log.note(self.request);
    }

    /// The refusal of a request that is not well formed.
    pub(super) fn malformed(&self, message: &str) -> Closed {
        self.closed(StatusCode::BAD_REQUEST, bad_request(message))
    }

    /// The refusal of something that failed before anything was told.
    pub(super) fn failed(&self, error: &ApiError) -> Closed {
        let status = match error {
            ApiError::Unauthenticated => StatusCode::UNAUTHORIZED,
            ApiError::Forbidden(_) => StatusCode::FORBIDDEN,
            ApiError::Unavailable(_) | ApiError::Timeout(_) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        self.closed(status, GraphError::of_failure(error))
    }

    /// A refusal of ours, which is counted.
    pub(super) fn closed(&self, status: StatusCode, error: GraphError) -> Closed {
        self.shared.gateway.metrics().rejected(error.code());
        Closed::Refused((status, error))
    }

    /// What is told to somebody who may not enter.
    pub(super) fn tell(&self, closed: Closed) -> HttpResponse {
        let reply = Reply::plain(RequestId::of(self.request));
        match closed {
            Closed::Refused((status, error)) => reply.refusal(status, error),
            Closed::Outcome(outcome) => reply.answer((*outcome).into()),
        }
    }
}
