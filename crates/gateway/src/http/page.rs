//! Small pages: health, the schema, and what there is not.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, Responder};

use super::reply::{Reply, bad_request};
use super::request_id::RequestId;
use crate::Gateway;
use crate::error::{ErrorCode, GraphError};
use crate::schema;

/// `GET /healthz`: the process answers.
pub(super) async fn healthy() -> impl Responder {
    "ok\n"
}

/// `GET /readyz`: the catalogue can be read.
pub(super) async fn ready(gateway: Data<Gateway>, request_id: RequestId) -> HttpResponse {
    if gateway.ready().await {
        return HttpResponse::Ok().body("ready\n");
    }
    let message = "the catalogue cannot be read: try again later";
    let error = GraphError::new(ErrorCode::Unavailable, message);
    Reply::plain(request_id).refusal(StatusCode::SERVICE_UNAVAILABLE, error)
}

/// `GET /schema.graphql`.
pub(super) async fn schema() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body(schema::sdl())
}

/// Any other address.
pub(super) async fn not_found(request_id: RequestId) -> HttpResponse {
    let error = bad_request("there is nothing at this address: the graph is at /graphql");
    Reply::plain(request_id).refusal(StatusCode::NOT_FOUND, error)
}
