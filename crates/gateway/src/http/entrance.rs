//! The way of a request into admission, and what it is told when it may not enter.

use std::future::{Ready, ready};
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::error::ErrorInternalServerError;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpRequest};

use super::admission::{Admission, Place, Refused, Ticket};
use super::caller::Caller;
use super::graphql::Refusal;
use crate::error::{ErrorCode, GraphError};
use crate::metrics::Metrics;

/// The door that the caller of a request stands before.
pub(super) struct Entrance {
    caller: Caller,
    admission: Data<Admission>,
    metrics: Data<Metrics>,
}

impl Entrance {
    /// Who the caller is.
    pub(super) fn caller(&self) -> Caller {
        self.caller
    }

    /// Takes one of the places of the caller. Refusals are counted.
    pub(super) fn enter(&self) -> Result<Place, Refusal> {
        let entered = self.admission.enter(self.caller);
        entered.map_err(|refused| self.refusal(refused))
    }

    /// Waits until the request may run; it may as long as the ticket is held. Refusals are
    /// counted.
    pub(super) async fn turn(&self, place: Place) -> Result<Ticket, Refusal> {
        let turn = self.admission.turn(place).await;
        turn.map_err(|refused| self.refusal(refused))
    }

    /// Waits until something may run for which its caller does not wait, however long that takes.
    pub(super) async fn patient_turn(&self) -> Ticket {
        loop {
            let turn = match self.admission.enter(self.caller) {
                Ok(place) => self.admission.turn(place).await,
                Err(refused) => Err(refused),
            };
            match turn {
                Ok(ticket) => return ticket,
                Err(Refused::Caller { .. } | Refused::Server) => tokio::time::sleep(SOON).await,
            }
        }
    }

    fn refusal(&self, refused: Refused) -> Refusal {
        let (status, error) = match refused {
            Refused::Caller { limit } => {
                let message = format!("at most {limit} requests at once: wait for an answer first");
                let error = GraphError::new(ErrorCode::RateLimited, &message);
                (StatusCode::TOO_MANY_REQUESTS, error.with_limit(limit, None))
            }
            Refused::Server => {
                let message = "the server is busy: try again later";
                let error = GraphError::new(ErrorCode::Unavailable, message);
                (StatusCode::SERVICE_UNAVAILABLE, error)
            }
        };
        self.metrics.rejected(error.code());
        (status, error.retry_after(SOON))
    }
}

/// How long a client is asked to wait for room.
const SOON: Duration = Duration::from_secs(1);

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
