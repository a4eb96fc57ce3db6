//! What a collector of traces is told about a request: the span of the edge, as OpenTelemetry
//! wants it.
//!
//! Its name is made of words of ours: the method and the route. Of the client it tells the path,
//! the id of the request and the parent in `traceparent`; `tracestate` is ignored, because nothing
//! is called from here that could read it.

use actix_web::HttpMessage as _;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use opentelemetry::Context;
use opentelemetry::trace::{
    SpanContext, SpanId, Status, TraceContextExt as _, TraceFlags, TraceId, TraceState,
};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use super::edge::short_path;
use super::log::OperationLog;
use super::trace_context::TraceContext;

const METHODS: [Method; 9] = [
    Method::GET,
    Method::POST,
    Method::HEAD,
    Method::OPTIONS,
    Method::PUT,
    Method::DELETE,
    Method::PATCH,
    Method::CONNECT,
    Method::TRACE,
];

/// Tells what is known of a request when it comes in; the span must not have been entered yet.
pub(super) fn open(span: &Span, request: &ServiceRequest) {
    if let Some(trace) = TraceContext::of(request.headers()) {
        // Without a collector there is nothing that could have a parent.
        let _nobody_collects = span.set_parent(remote(&trace));
    }
    let method = known(request.method());
    span.set_attribute("http.request.method", method.unwrap_or("_OTHER"));
    span.set_attribute("url.path", short_path(request).to_owned());
    // Whoever hangs up leaves it with this name.
    rename(span, method.unwrap_or("HTTP").to_owned());
}

/// Tells what became of a request.
pub(super) fn close(span: &Span, answer: &ServiceResponse) {
    let request = answer.request();
    let method = known(request.method()).unwrap_or("HTTP");
    if let Some(route) = request.match_pattern() {
        rename(span, format!("{method} {route}"));
    }
    let status = answer.status();
    span.set_attribute("http.response.status_code", i64::from(status.as_u16()));
    let noted = request.extensions().get::<OperationLog>().cloned();
    let failed = noted
        .as_ref()
        .is_some_and(|noted| noted.outcome == "failed");
    if status.is_server_error() || failed {
        span.set_status(Status::error(""));
    }
    let Some(OperationLog {
        kind,
        document,
        key: _,
        cost,
        outcome,
    }) = noted
    else {
        return;
    };
    span.set_attribute("operation.type", kind);
    span.set_attribute("operation.outcome", outcome);
    if let Some(document) = document {
        span.set_attribute("document.hash", document.to_string());
    }
    if let Some(cost) = cost.and_then(|cost| i64::try_from(cost).ok()) {
        span.set_attribute("operation.cost", cost);
    }
}

/// The method in our words; clients may make up others.
fn known(method: &Method) -> Option<&'static str> {
    let found = METHODS.iter().position(|known| known == method)?;
    METHODS.get(found).map(Method::as_str)
}

fn rename(span: &Span, name: String) {
    span.context().span().update_name(name);
}

/// The step of the client, as a parent that lives elsewhere.
fn remote(trace: &TraceContext) -> Context {
    let flags = if trace.sampled {
        TraceFlags::SAMPLED
    } else {
        TraceFlags::NOT_SAMPLED
    };
    let parent = SpanContext::new(
        TraceId::from_hex(&trace.trace).unwrap_or(TraceId::INVALID),
        SpanId::from_hex(&trace.parent).unwrap_or(SpanId::INVALID),
        flags,
        true,
        TraceState::NONE,
    );
    Context::new().with_remote_span_context(parent)
}
