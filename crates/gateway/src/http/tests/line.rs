//! What the log tells of requests.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::test::TestRequest;
use domain::id::{Id as _, KeyId};
use serde_json::{Value, json};
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt;

use super::super::log::{self, OperationLog};
use super::{Board, JSON, post};
use crate::document::DocumentHash;

/// A log that is kept in memory.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Kept {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Keeps the log of this thread until the guard goes.
fn keep() -> (Kept, DefaultGuard) {
    let kept = Kept::default();
    let writer = kept.clone();
    let subscriber = fmt()
        .json()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(move || writer.clone())
        .finish();
    (kept, tracing::subscriber::set_default(subscriber))
}

/// The log of one request.
async fn logged(board: &Board, request: TestRequest) -> String {
    let (kept, _guard) = keep();
    board.send(request).await;
    kept.text()
}

/// The line that tells that the request was answered.
fn line(log: &str) -> Value {
    let mut lines = log.lines().map(|line| serde_json::from_str(line).unwrap());
    let is_it = |line: &Value| line["fields"]["message"] == "answered a request";
    lines.find(is_it).unwrap()
}

#[actix_web::test]
async fn a_request_has_one_line_with_its_name_and_its_trace() {
    let board = Board::new().await;
    let request = post(JSON)
        .insert_header(("x-request-id", "mine-7"))
        .insert_header((
            "traceparent",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ))
        .set_payload(r#"{"query": "{ __typename }"}"#);
    let log = logged(&board, request).await;
    assert_eq!(log.matches("answered a request").count(), 1, "{log}");
    let line = line(&log);
    assert_eq!(line["level"], "DEBUG");
    assert_eq!(line["fields"]["http.status"], 200);
    assert_eq!(line["fields"]["bytes"], 31);
    assert!(line["fields"]["duration.ms"].is_f64());
    assert_eq!(
        line["span"],
        json!({
            "name": "request",
            "request.id": "mine-7",
            "http.method": "POST",
            "http.path": "/graphql",
            "trace.id": "4bf92f3577b34da6a3ce929d0e0e4736",
            "trace.parent": "00f067aa0ba902b7",
        })
    );
}

const KEY: &str = "key_00000000-0000-7000-8000-000000000001";

#[actix_web::test]
async fn what_a_handler_knows_of_the_operation_is_told() {
    let (kept, _guard) = keep();
    let request = TestRequest::with_uri("/graphql").to_http_request();
    let known = OperationLog {
        kind: "query",
        document: Some(DocumentHash::of("{ a }").short()),
        key: KeyId::parse(KEY).ok(),
        cost: Some(7),
        outcome: "partial",
    };
    known.note(&request);
    let answer = ServiceResponse::new(request, HttpResponse::Ok().finish());
    log::answered(&answer, Duration::from_millis(2));
    let line = line(&kept.text());
    assert_eq!(
        line["fields"],
        json!({
            "message": "answered a request",
            "http.status": 200,
            "duration.ms": 2.0,
            "bytes": 0,
            "operation.type": "query",
            "document.hash": DocumentHash::of("{ a }").short().to_string(),
            "key.id": KEY,
            "operation.cost": 7,
            "operation.outcome": "partial",
        })
    );
}

#[actix_web::test]
async fn the_log_keeps_secrets() {
    let board = Board::new().await;
    let secret = "canary7";
    let request = TestRequest::with_uri(&format!("/graphql?query=%7B{secret}%7D&x={secret}"))
        .insert_header(("authorization", format!("Bearer {secret}")))
        .insert_header(("x-request-id", format!("{secret} ")))
        .insert_header(("traceparent", secret));
    let log = logged(&board, request).await;
    assert_eq!(line(&log)["span"]["http.path"], "/graphql");
    assert!(!log.contains(secret), "{log}");
}

#[actix_web::test]
async fn levels_tell_failures_and_slow_answers_from_the_rest() {
    let board = Board::with(|edge| edge.concurrency = 0).await;
    board.state.readiness.stop();
    for (address, level) in [("/healthz", "DEBUG"), ("/readyz", "WARN"), ("/a", "DEBUG")] {
        let log = logged(&board, TestRequest::with_uri(address)).await;
        assert_eq!(line(&log)["level"], level, "{address}");
    }
    let refused = logged(
        &board,
        TestRequest::with_uri("/graphql").method(Method::PUT),
    )
    .await;
    assert_eq!(line(&refused)["level"], "INFO");
    let (kept, _guard) = keep();
    let request = TestRequest::with_uri("/graphql").to_http_request();
    let answer = ServiceResponse::new(request, HttpResponse::Ok().finish());
    log::answered(&answer, Duration::from_secs(1));
    assert_eq!(line(&kept.text())["level"], "INFO");
}
