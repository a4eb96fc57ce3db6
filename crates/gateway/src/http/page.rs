//! Small pages: health, numbers, the schema, and what there is not.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, Responder};

use super::admission::{Admission, Load};
use super::budget::Budget;
use super::readiness::{Readiness, Verdict};
use super::reply::Reply;
use super::request_id::RequestId;
use crate::Gateway;
use crate::error::{ErrorCode, GraphError};
use crate::metrics::{self, Gauges, Metrics};

/// `GET /healthz`: the process answers.
pub(super) async fn healthy() -> impl Responder {
    "ok\n"
}

/// `GET /readyz`: the catalogue can be read, and more requests are wanted.
pub(super) async fn ready(
    gateway: Data<Gateway>,
    readiness: Data<Readiness>,
    admission: Data<Admission>,
    request_id: RequestId,
) -> HttpResponse {
    let is_busy = || admission.load() != Load::default();
    let message = match readiness.check(gateway.ready(), is_busy).await {
        Verdict::Ready => return HttpResponse::Ok().body("ready\n"),
        Verdict::Unreadable => "the catalogue cannot be read: try again later",
        Verdict::Stopping => "the server is about to stop: try another one",
    };
    let error = GraphError::new(ErrorCode::Unavailable, message);
    Reply::plain(request_id).refusal(StatusCode::SERVICE_UNAVAILABLE, error)
}

/// `GET /metrics`.
pub(super) async fn numbers(
    metrics: Data<Metrics>,
    admission: Data<Admission>,
    budget: Data<Budget>,
    gateway: Data<Gateway>,
) -> HttpResponse {
    let cache = gateway.cache();
    let (kept_answers, kept_bytes) = cache.size();
    let lag = cache.clock().lag();
    let Load { running, waiting } = admission.load();
    let exposition = metrics.exposition(Gauges {
        in_flight: running,
        queued: waiting,
        sending_bytes: budget.used(),
        kept_answers,
        kept_bytes,
        catalogue_version: cache.clock().head(),
        following_lag: lag.map_or(-1.0, |lag| lag.as_secs_f64()),
        writing: gateway.write_figures(),
    });
    HttpResponse::Ok()
        .content_type(metrics::CONTENT_TYPE)
        .body(exposition)
}

/// `GET /schema.graphql`, for whoever may ask for the schema.
pub(super) async fn schema(gateway: Data<Gateway>, request_id: RequestId) -> HttpResponse {
    if let Some(sdl) = gateway.sdl() {
        return HttpResponse::Ok()
            .content_type("text/plain; charset=utf-8")
            .body(sdl);
    }
    let message = "the schema is not shown here: read its documentation";
    let error = GraphError::new(ErrorCode::IntrospectionDisabled, message);
    Reply::plain(request_id).refusal(StatusCode::NOT_FOUND, error)
}

/// Any other address.
pub(crate) async fn not_found(request_id: RequestId) -> HttpResponse {
    let message = "there is nothing at this address: the graph is at /graphql";
    let error = GraphError::new(ErrorCode::NotFound, message);
    Reply::plain(request_id).refusal(StatusCode::NOT_FOUND, error)
}
