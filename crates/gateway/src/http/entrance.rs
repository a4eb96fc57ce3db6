//! The way of a request into admission, and what it is told when it may not enter.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::error::ErrorInternalServerError;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpRequest};

use super::admission::{Admission, Refused, Ticket};
use super::caller::Caller;
use crate::error::{ErrorCode, GraphError};
use crate::metrics::Metrics;

/// The door that the caller of a request stands before.
pub(super) struct Entrance {
    caller: Caller,
    admission: Data<Admission>,
    metrics: Data<Metrics>,
}

impl Entrance {
    /// Waits until the request may run; it may as long as the ticket is held. Refusals are
    /// counted.
    pub(super) async fn enter(&self) -> Result<Ticket, (StatusCode, GraphError)> {
        let refused = match self.admission.enter(self.caller).await {
            Ok(ticket) => return Ok(ticket),
            Err(refused) => refused,
        };
        let (status, code, error) = match refused {
            Refused::Caller { limit } => {
                let message = format!("at most {limit} requests at once: wait for an answer first");
                let error = GraphError::new(ErrorCode::RateLimited, &message);
                let error = error.with_limit(limit, None);
                (StatusCode::TOO_MANY_REQUESTS, ErrorCode::RateLimited, error)
            }
            Refused::Server => {
                let message = "the server is busy: try again later";
                let error = GraphError::new(ErrorCode::Unavailable, message);
                (
                    StatusCode::SERVICE_UNAVAILABLE,
                    ErrorCode::Unavailable,
                    error,
                )
            }
        };
        self.metrics.rejected(code);
        Err((status, error))
    }
}

impl FromRequest for Entrance {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = Caller::from_request(request, payload).into_inner();
        let admission = request.app_data::<Data<Admission>>();
        let metrics = request.app_data::<Data<Metrics>>();
        ready(match (caller, admission, metrics) {
            (Ok(caller), Some(admission), Some(metrics)) => Ok(Self {
                caller,
                admission: admission.clone(),
                metrics: metrics.clone(),
            }),
            _ => Err(ErrorInternalServerError("admission is not set up")),
        })
    }
}
