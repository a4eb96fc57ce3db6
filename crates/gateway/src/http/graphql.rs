//! `/graphql`: from bytes to a request, and from an outcome to a status.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use tracing::Instrument as _;

use super::entrance::Entrance;
use super::negotiation::{MediaType, takes_body};
use super::reply::{Reply, bad_request};
use super::request_id::RequestId;
use crate::error::{ErrorCode, GraphError};
use crate::execute::{GraphRequest, Outcome, Stage};
use crate::{Gateway, GatewaySettings};

/// A refusal of the transport: its status and what the client is told.
type Refusal = (StatusCode, GraphError);

/// `POST /graphql`.
pub(super) async fn post(
    request: HttpRequest,
    request_id: RequestId,
    gateway: Data<Gateway>,
    settings: Data<GatewaySettings>,
    entrance: Entrance,
    payload: Payload,
) -> HttpResponse {
    let reply = Reply::to(&request, request_id.clone());
    if let Err((status, error)) = check_headers(&request) {
        return reply.refusal(status, error);
    }
    let _ticket = match entrance.enter().await {
        Ok(ticket) => ticket,
        Err((status, error)) => return reply.refusal(status, error),
    };
    match read(payload, &settings).await {
        Ok(body) => {
            let request = GraphRequest::from_body(&body);
            reply.outcome(run(&gateway, request, &request_id).await)
        }
        Err((status, error)) => reply.refusal(status, error),
    }
}

/// `GET /graphql`, for queries only.
pub(super) async fn get(
    request: HttpRequest,
    request_id: RequestId,
    gateway: Data<Gateway>,
    entrance: Entrance,
) -> HttpResponse {
    let reply = Reply::to(&request, request_id.clone());
    if let Err((status, error)) = check_headers(&request) {
        return reply.refusal(status, error);
    }
    let _ticket = match entrance.enter().await {
        Ok(ticket) => ticket,
        Err((status, error)) => return reply.refusal(status, error),
    };
    let request = GraphRequest::from_query_string(request.query_string());
    reply.outcome(run(&gateway, request, &request_id).await)
}

/// Any other method.
pub(super) async fn other_method(request_id: RequestId) -> HttpResponse {
    let error = bad_request("use GET or POST");
    Reply::plain(request_id).refusal(StatusCode::METHOD_NOT_ALLOWED, error)
}

/// Refuses answers that we do not give and bodies that we do not take, before a body is read.
fn check_headers(request: &HttpRequest) -> Result<(), Refusal> {
    if MediaType::accepted(request.headers()).is_none() {
        let message = "accept application/graphql-response+json or application/json";
        return Err((StatusCode::NOT_ACCEPTABLE, bad_request(message)));
    }
    let has_body = request.method() == Method::POST;
    if (has_body || request.headers().contains_key(CONTENT_TYPE)) && !takes_body(request) {
        let message = "send application/json in UTF-8, without content encoding";
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, bad_request(message)));
    }
    Ok(())
}

/// Reads the whole body under one limit and one deadline.
async fn read(payload: Payload, settings: &GatewaySettings) -> Result<Bytes, Refusal> {
    let limit = settings.edge.body_bytes;
    let body =
        tokio::time::timeout(settings.edge.body_deadline, payload.to_bytes_limited(limit)).await;
    match body {
        Ok(Ok(Ok(body))) => Ok(body),
        Ok(Ok(Err(_broken))) => Err((
            StatusCode::BAD_REQUEST,
            bad_request("the body could not be read"),
        )),
        Ok(Err(_too_large)) => {
            let message = format!("the body is too large: at most {limit} bytes are allowed");
            let error = GraphError::new(ErrorCode::BodyTooLarge, &message);
            Err((StatusCode::PAYLOAD_TOO_LARGE, error.with_limit(limit, None)))
        }
        Err(_elapsed) => Err((
            StatusCode::REQUEST_TIMEOUT,
            GraphError::new(ErrorCode::Timeout, "the body did not arrive in time"),
        )),
    }
}

async fn run(
    gateway: &Gateway,
    request: Result<GraphRequest, GraphError>,
    request_id: &RequestId,
) -> Outcome {
    let span = tracing::info_span!("operation", request.id = request_id.0);
    match request {
        Ok(request) => gateway.run(request).instrument(span).await,
        Err(error) => Outcome::refused(Stage::Request, error),
    }
}
