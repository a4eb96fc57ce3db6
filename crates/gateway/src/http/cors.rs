//! Which pages of other origins may read the answers of the graph.
//!
//! Off unless origins are listed. A listed origin is compared as a whole, so that neither a
//! subdomain nor another port slips through, and credentials are never allowed. An origin that is
//! not listed gets the answer that anybody gets, without a header that would let a page read it;
//! its preflight is answered like any other method that the graph does not take.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpResponse};

use crate::GatewaySettings;

const METHODS: &str = "GET, POST";
const REQUEST_HEADERS: &str = "content-type, authorization, x-request-id, graphql-cost, \
    graphql-require-preflight, apollo-require-preflight, x-apollo-operation-name, traceparent, \
    idempotency-key, rolegraph-min-version";
const EXPOSED_HEADERS: &str = "x-request-id, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, \
    rolegraph-version";
/// How many seconds a browser may remember a preflight: a day, though most stop earlier.
const MAX_AGE: &str = "86400";
/// What the answer to a preflight depends on.
const PREFLIGHT_VARY: &str =
    "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

/// Answers preflights of listed origins, and lets their pages read answers.
pub(super) async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(origin) = listed_origin(&request) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    if is_preflight(&request) {
        return Ok(request.into_response(preflight(origin)));
    }
    let mut answer = next.call(request).await?.map_into_boxed_body();
    let headers = answer.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    set(
        headers,
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        EXPOSED_HEADERS,
    );
    Ok(answer)
}

fn listed_origin(request: &ServiceRequest) -> Option<HeaderValue> {
    let settings = request.app_data::<Data<GatewaySettings>>()?;
    let origin = request.headers().get(header::ORIGIN)?;
    let listed = &settings.edge.cors_origins;
    let is_listed = listed.iter().any(|listed| origin == listed.as_str());
    is_listed.then(|| origin.clone())
}

fn is_preflight(request: &ServiceRequest) -> bool {
    let headers = request.headers();
    request.method() == Method::OPTIONS
        && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

fn preflight(origin: HeaderValue) -> HttpResponse {
    let mut response = HttpResponse::NoContent().finish();
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    set(headers, header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    set(
        headers,
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        REQUEST_HEADERS,
    );
    set(headers, header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    set(headers, header::VARY, PREFLIGHT_VARY);
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}
