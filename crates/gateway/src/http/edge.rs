//! Around every request: its name, its place in the log, its count, and the headers that every
//! answer carries.
//!
//! A request with a `Cookie` header is treated like any other: nothing here is authenticated by
//! cookie, so that a page of another site gains nothing by sending one. When a cookie begins to
//! mean something, this is the place to ask for a header that such a page cannot send without a
//! preflight (`GraphQL-Require-Preflight`, `Apollo-Require-Preflight` or `X-Apollo-Operation-Name`)
//! and to answer 403 `FORBIDDEN` without it.

use std::rc::Rc;
use std::time::Instant;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpResponse};
use tracing::{Instrument as _, Span};

use super::State;
use super::log;
use super::reply::{Reply, bad_request};
use super::request_id::{self, RequestId};
#[cfg(feature = "otlp")]
use super::server_span;
use super::trace_context::TraceContext;
use crate::error::ErrorCode;

/// What every answer says about itself.
const PROTECTION: [(HeaderName, &str); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
];
/// A path in the log has no more bytes than this; paths that exist are shorter.
const MAX_PATH_BYTES: usize = 128;

/// Names a request, lets it be answered within its span, and completes the answer.
pub(super) async fn around(
    state: Rc<State>,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let id = state.request_ids.name(request.headers());
    request.extensions_mut().insert(id.clone());
    let span = span_of(&request, &id);
    #[cfg(feature = "otlp")]
    server_span::open(&span, &request);
    let answered = async {
        let mut answer = match too_long(&state, &request, &id) {
            Some(refusal) => request.into_response(refusal),
            None => next.call(request).await?,
        };
        complete(&mut answer, &id, state.readiness.is_stopping());
        state.metrics.answered(answer.status());
        log::answered(&answer, started.elapsed());
        #[cfg(feature = "otlp")]
        server_span::close(&Span::current(), &answer);
        Ok(answer)
    };
    answered.instrument(span).await
}

/// What every line of the log about the request stands under. The query string is not told: it
/// may hold a document and its variables.
fn span_of(request: &ServiceRequest, id: &RequestId) -> Span {
    let trace = TraceContext::of(request.headers());
    let method = request.method().as_str();
    // Of the highest level, so that errors are named also where the log holds nothing else.
    tracing::error_span!(
        "request",
        request.id = id.text(),
        http.method = method,
        http.path = short_path(request),
        trace.id = trace.as_ref().map(|trace| trace.trace.as_str()),
        trace.parent = trace.as_ref().map(|trace| trace.parent.as_str()),
    )
}

/// The path, as long as paths of ours may be.
pub(super) fn short_path(request: &ServiceRequest) -> &str {
    let path = request.path();
    path.get(..MAX_PATH_BYTES).unwrap_or(path)
}

/// The refusal of an address that has too many bytes.
fn too_long(state: &State, request: &ServiceRequest, id: &RequestId) -> Option<HttpResponse> {
    let limit = state.settings.edge.uri_bytes;
    let uri = request.uri();
    let bytes = uri.path_and_query().map_or(0, |uri| uri.as_str().len());
    (bytes > limit).then(|| {
        state.metrics.rejected(ErrorCode::BadRequest);
        let message = format!("the address is too long: at most {limit} bytes are allowed");
        let error = bad_request(&message).with_limit(limit, Some(bytes));
        Reply::plain(id.clone()).refusal(StatusCode::URI_TOO_LONG, error)
    })
}

fn complete(answer: &mut ServiceResponse<BoxBody>, id: &RequestId, stopping: bool) {
    let headers = answer.headers_mut();
    for (name, value) in PROTECTION {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(request_id::HEADER, id.value());
    if stopping {
        let head = answer.response_mut().head_mut();
        head.set_connection_type(ConnectionType::Close);
    }
}
