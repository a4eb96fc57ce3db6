//! Sockets of the web: the graph by `graphql-transport-ws`, our own reading of the protocol.
//!
//! A socket is a loop on the thread that accepted it (`session`). It reads whole messages
//! (`incoming`, `message`), starts a task for each operation (`operation`, `running`), and sends
//! what these put into a bounded box (`outbox`). Operations pass the same gate, prices and limits
//! as requests over HTTP. Who speaks is decided in `identity`, why it ends in `close`.

mod close;
mod frame;
mod identity;
mod incoming;
mod message;
mod operation;
mod outbox;
mod running;
mod seat;
mod session;

use std::future::{Ready, ready};
use std::rc::Rc;

use actix_web::body::BoxBody;
use actix_web::error::ErrorInternalServerError;
use actix_web::guard::GuardContext;
use actix_web::http::StatusCode;
use actix_web::http::header::{HOST, ORIGIN, SEC_WEBSOCKET_PROTOCOL, UPGRADE};
use actix_web::web::{Data, Payload};
use actix_web::{Error, FromRequest, HttpRequest, HttpResponse, rt};

use super::budget::Budget;
use super::entrance::Entrance;
use super::graphql::Refusal;
use super::readiness::Readiness;
use super::reply::{Reply, bad_request};
use super::request_id::RequestId;
use crate::error::{ErrorCode, GraphError};
use crate::rate::Account;
use crate::{Gateway, GatewaySettings};
use frame::Frames;
use operation::Desk;
use outbox::{Limits, Outbox};
use running::Running;
use session::{Life, Session};

pub(super) use seat::{NoSeat, Seat, Seats};

/// The protocol that is spoken.
const PROTOCOL: &str = "graphql-transport-ws";

/// Whether a request wants to become a socket.
pub(super) fn is_wanted(context: &GuardContext<'_>) -> bool {
    let upgrade = context.head().headers().get(UPGRADE);
    upgrade.is_some_and(|upgrade| upgrade.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// What sockets and streams share, across all threads.
pub(super) struct Shared {
    pub(super) gateway: Data<Gateway>,
    pub(super) settings: Data<GatewaySettings>,
    pub(super) readiness: Data<Readiness>,
    pub(super) seats: Data<Seats>,
    pub(super) sending: Data<Budget>,
}

impl FromRequest for Shared {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut actix_web::dev::Payload) -> Self::Future {
        let shared = || {
            Some(Self {
                gateway: request.app_data::<Data<Gateway>>()?.clone(),
                settings: request.app_data::<Data<GatewaySettings>>()?.clone(),
                readiness: request.app_data::<Data<Readiness>>()?.clone(),
                seats: request.app_data::<Data<Seats>>()?.clone(),
                sending: request.app_data::<Data<Budget>>()?.clone(),
            })
        };
        ready(shared().ok_or_else(|| ErrorInternalServerError("sockets are not set up")))
    }
}

/// `GET /graphql` with an upgrade.
pub(super) async fn open(
    request: HttpRequest,
    payload: Payload,
    entrance: Entrance,
    shared: Shared,
) -> HttpResponse {
    let reply = Reply::to(&request);
    let asking = entrance.asking(&shared.gateway);
    if let Err((status, error)) = check(&request, &shared) {
        return reply.refusal(status, error);
    }
    if let Err(refused) = shared.gateway.admit(&asking) {
        return reply.answer(refused.into());
    }
    let seat = match take_seat(&shared, &entrance) {
        Ok(seat) => seat,
        Err((status, error)) => return reply.refusal(status, error),
    };
    let shaken = actix_ws::handle_with_protocols(&request, payload, &[PROTOCOL]);
    let Ok((response, _sender, frames)) = shaken else {
        return reply.refusal(
            StatusCode::BAD_REQUEST,
            bad_request("not an upgrade to a WebSocket"),
        );
    };
    let session = session(&request, &shared, entrance);
    let outbox = Rc::clone(&session.desk.outbox);
    let metrics = shared.gateway.metrics().clone();
    rt::spawn(async move {
        let open = metrics.socket();
        let close = session.run(frames, seat).await;
        metrics.socket_closed(close.label());
        drop(open);
    });
    // The library would take everything at once, however slow the client is.
    response.map_body(|_head, upgrade| {
        BoxBody::new(Frames {
            outbox,
            _upgrade: upgrade,
        })
    })
}

fn session(request: &HttpRequest, shared: &Shared, entrance: Entrance) -> Session {
    let settings = shared.settings.sockets.clone();
    let limits = Limits {
        messages: settings.waiting,
        bytes: settings.waiting_bytes,
    };
    let metrics = shared.gateway.metrics().clone();
    Session {
        desk: Desk {
            gateway: shared.gateway.clone(),
            entrance: Rc::new(entrance),
            outbox: Rc::new(Outbox::new(limits, shared.sending.get_ref().clone())),
            running: Rc::new(Running::new(settings.operations, metrics)),
            request_id: RequestId::of(request).text().into(),
        },
        settings,
        all: shared.settings.clone(),
        asking: None,
        life: Life::new(),
    }
}

/// Refuses what will never be a socket of ours.
fn check(request: &HttpRequest, shared: &Shared) -> Result<(), Refusal> {
    let offered = request.headers().get_all(SEC_WEBSOCKET_PROTOCOL);
    let offered = offered.filter_map(|value| value.to_str().ok());
    let mut offered = offered.flat_map(|value| value.split(',')).map(str::trim);
    if !offered.any(|protocol| protocol == PROTOCOL) {
        let message = format!("offer the subprotocol {PROTOCOL}");
        return Err((StatusCode::BAD_REQUEST, bad_request(&message)));
    }
    if !is_welcome(request, &shared.settings.edge.cors_origins) {
        let message = "pages of this origin may not open sockets";
        return Err((StatusCode::FORBIDDEN, bad_request(message)));
    }
    if shared.readiness.is_stopping() {
        let error = GraphError::new(ErrorCode::Unavailable, "the server is about to stop");
        return Err((StatusCode::SERVICE_UNAVAILABLE, error));
    }
    Ok(())
}

/// Whether the page that opens the socket, if it is one, is ours or one of a listed origin.
fn is_welcome(request: &HttpRequest, listed: &[String]) -> bool {
    let headers = request.headers();
    let Some(origin) = headers.get(ORIGIN) else {
        return true;
    };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let origin = origin.to_str().unwrap_or_default();
    let own = origin.split_once("://").map(|(_scheme, host)| host);
    listed.iter().any(|listed| origin == listed) || (own.is_some() && own == host)
}

/// Takes one of the seats of a caller. Refusals are counted.
pub(super) fn take_seat(shared: &Shared, entrance: &Entrance) -> Result<Seat, Refusal> {
    let sockets = &shared.settings.sockets;
    let limit = match (shared.settings.rates.enabled, entrance.account()) {
        (false, _) => usize::MAX,
        (true, Account::Address(_)) => sockets.per_caller,
        (true, Account::Key(_) | Account::User(_)) => sockets.per_key,
    };
    let taken = shared.seats.take(entrance.account(), limit);
    taken.map_err(|NoSeat { limit }| {
        let message = format!("at most {limit} sockets and streams at once: close one first");
        let error = GraphError::new(ErrorCode::RateLimited, &message).with_limit(limit, None);
        shared.gateway.metrics().rejected(error.code());
        (StatusCode::TOO_MANY_REQUESTS, error)
    })
}
