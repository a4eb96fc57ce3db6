//! What the numbers tell of requests.

use actix_web::http::StatusCode;
use actix_web::http::header;

use super::{Board, JSON};

#[actix_web::test]
async fn requests_are_counted_by_what_became_of_them() {
    let board = Board::with(|edge| edge.uri_bytes = 64).await;
    board.get("/healthz").await;
    board.get(&format!("/{}", "a".repeat(64))).await;
    let answer = board.get("/metrics").await;
    assert!(
        answer
            .header(header::CONTENT_TYPE)
            .starts_with("application/openmetrics-text")
    );
    let text = String::from_utf8(answer.body).unwrap();
    for line in [
        r#"rolegraph_http_requests_total{status="2xx"} 1"#,
        r#"rolegraph_http_requests_total{status="4xx"} 1"#,
        r#"rolegraph_rejections_total{code="BAD_REQUEST"} 1"#,
        "rolegraph_in_flight 0",
        "rolegraph_queued 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
}

#[actix_web::test]
async fn refusals_of_admission_are_counted() {
    let board = Board::telling_callers_apart(|edge| edge.caller_concurrency = 0).await;
    board.post(JSON, "{}").await;
    let text = String::from_utf8(board.get("/metrics").await.body).unwrap();
    let line = r#"rolegraph_rejections_total{code="RATE_LIMITED"} 1"#;
    assert!(text.contains(line), "{text}");
}

#[actix_web::test]
async fn numbers_are_not_offered_unless_they_are_switched_on() {
    let board = Board::with(|edge| edge.metrics = false).await;
    let answer = board.get("/metrics").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.code(), "NOT_FOUND");
}
