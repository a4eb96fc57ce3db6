//! The way of a request into admission, and what it is told when it may not enter.

use std::future::{Ready, ready};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::error::ErrorInternalServerError;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpRequest};
use domain::access::KeyRefusal;

use super::admission::{Admission, Place, Refused, Ticket};
use super::caller::Caller;
use super::graphql::Refusal;
use super::identity::{self, Known};
use super::request_id::RequestId;
use crate::error::{ErrorCode, GraphError};
use crate::execute::{Asking, Origin, Terms};
use crate::metrics::Metrics;
use crate::rate::Account;
use crate::{Gateway, GatewaySettings};

/// The door that the caller of a request stands before.
pub(super) struct Entrance {
    caller: Caller,
    request_id: RequestId,
    known: Result<Option<Known>, KeyRefusal>,
    terms: Terms,
    admission: Data<Admission>,
    metrics: Data<Metrics>,
}

impl Entrance {
    /// The door for the same caller, who shows this key or none.
    pub(super) fn known_as(&self, known: Option<Known>, settings: &GatewaySettings) -> Self {
        Self {
            caller: self.caller,
            request_id: self.request_id.clone(),
            terms: terms(known.as_ref(), settings),
            known: Ok(known),
            admission: self.admission.clone(),
            metrics: self.metrics.clone(),
        }
    }

    /// The address that the caller is at, not that of its network.
    pub(super) fn exact_address(&self) -> IpAddr {
        self.caller.exact
    }

    /// Whom the key names that was shown, or why it does not hold.
    pub(super) fn known(&self) -> Result<Option<&Known>, KeyRefusal> {
        self.known
            .as_ref()
            .map(Option::as_ref)
            .map_err(|refused| *refused)
    }

    /// What the caller asks, as far as its door says it.
    pub(super) fn asking(&self, gateway: &Gateway) -> Asking {
        let asking = match self.known() {
            Ok(Some(known)) => Asking {
                holder: known.holder().cloned(),
                ..Asking::of(Arc::clone(known.principal()))
            },
            Ok(None) | Err(_) => Asking::of(Arc::clone(gateway.anonymous())),
        };
        Asking {
            account: Some(self.account()),
            origin: self.origin(),
            ..asking
        }
    }

    /// Where what is asked comes from.
    pub(super) fn origin(&self) -> Origin {
        Origin {
            request: Some(self.request_id.clone()),
            address: Some(self.caller.exact),
        }
    }

    /// Whether the key that was shown still holds; nothing has to hold where none was shown.
    pub(super) fn still_holds(&self, gateway: &Gateway) -> bool {
        self.known()
            .is_ok_and(|known| known.is_none_or(|known| known.still_holds(gateway)))
    }

    /// Who pays.
    pub(super) fn account(&self) -> Account {
        match self.known() {
            Ok(Some(known)) => known.account(),
            Ok(None) | Err(_) => Account::Address(self.caller.address),
        }
    }

    /// Waits until the key that was shown does not hold any more; forever where none was shown.
    pub(super) async fn shut(&self, gateway: &Gateway) {
        while self.still_holds(gateway) {
            tokio::time::sleep(SOON).await;
        }
    }

    /// Refuses whoever shows a key or a token that does not hold, after its address has paid like that of
    /// anybody without one: nobody tries keys for nothing. Refusals are counted.
    pub(super) fn check_key(&self, gateway: &Gateway) -> Result<(), Refusal> {
        let Err(refused) = self.known() else {
            return Ok(());
        };
        gateway.note_refused(refused, &self.origin());
        let (status, error) = identity::refusal(refused);
        self.metrics.rejected(error.code());
        Err((status, error))
    }

    /// Takes one of the places of the caller. Refusals are counted.
    pub(super) fn enter(&self) -> Result<Place, Refusal> {
        let entered = self.admission.enter(self.account(), self.terms.places);
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
            let turn = match self.admission.enter(self.account(), self.terms.places) {
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

impl Entrance {
    fn of(request: &HttpRequest, caller: Caller) -> Option<Self> {
        let gateway = request.app_data::<Data<Gateway>>()?;
        let settings = request.app_data::<Data<GatewaySettings>>()?;
        let known = identity::of(request.headers(), caller.exact, gateway);
        Some(Self {
            terms: terms(known.as_ref().ok().and_then(Option::as_ref), settings),
            caller,
            request_id: RequestId::of(request),
            known,
            admission: request.app_data::<Data<Admission>>()?.clone(),
            metrics: request.app_data::<Data<Metrics>>()?.clone(),
        })
    }
}

/// What a caller may spend.
fn terms(known: Option<&Known>, settings: &GatewaySettings) -> Terms {
    match known {
        Some(known) => Terms::of_key(settings, known.holder().map(|holder| &**holder)),
        None => Terms::of_everybody(settings),
    }
}

/// How long a client is asked to wait for room.
const SOON: Duration = Duration::from_secs(1);

impl FromRequest for Entrance {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = Caller::from_request(request, payload).into_inner();
        ready(caller.and_then(|caller| {
            let set_up = Self::of(request, caller);
            set_up.ok_or_else(|| ErrorInternalServerError("admission is not set up"))
        }))
    }
}
