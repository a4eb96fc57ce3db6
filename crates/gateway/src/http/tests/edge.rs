//! What every answer carries.

use actix_web::http::header;
use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;
use serde_json::json;

use super::{Answer, Board, JSON, post};

fn is_protected(answer: &Answer) -> bool {
    answer.header(header::X_CONTENT_TYPE_OPTIONS) == "nosniff"
        && answer.header(header::REFERRER_POLICY) == "no-referrer"
        && answer.header(header::X_FRAME_OPTIONS) == "DENY"
}

#[actix_web::test]
async fn every_answer_is_named_and_protected() {
    let board = Board::new().await;
    for address in [
        "/",
        "/healthz",
        "/readyz",
        "/metrics",
        "/schema.graphql",
        "/playground/none.js",
        "/elsewhere",
        "/graphql",
    ] {
        for method in [Method::GET, Method::POST, Method::OPTIONS] {
            let request = TestRequest::with_uri(address)
                .method(method.clone())
                .insert_header(("x-request-id", "mine-7"));
            let answer = board.send(request).await;
            assert!(is_protected(&answer), "{method} {address}");
            assert_eq!(answer.named("x-request-id"), "mine-7", "{method} {address}");
        }
    }
}

#[actix_web::test]
async fn a_name_that_could_disturb_the_log_is_replaced() {
    let board = Board::new().await;
    let request = TestRequest::with_uri("/healthz").insert_header(("x-request-id", "a b"));
    let answer = board.send(request).await;
    assert!(!answer.named("x-request-id").is_empty());
    assert_ne!(answer.named("x-request-id"), "a b");
}

#[actix_web::test]
async fn an_address_has_a_largest_length() {
    let board = Board::with(|edge| edge.uri_bytes = 64).await;
    let query = "/graphql?query=%7B__typename%7D";
    let padded = |bytes: usize| format!("{query}{}", "+".repeat(bytes - query.len()));
    assert_eq!(board.get(&padded(64)).await.status, StatusCode::OK);
    let answer = board.get(&padded(65)).await;
    assert_eq!(answer.status, StatusCode::URI_TOO_LONG);
    assert!(is_protected(&answer));
    assert_eq!(answer.code(), "BAD_REQUEST");
    let extensions = &answer.json()["errors"][0]["extensions"];
    assert_eq!(extensions["limit"], 64);
    assert_eq!(extensions["actual"], 65);
    assert_eq!(extensions["requestId"], json!(answer.named("x-request-id")));
}

#[actix_web::test]
async fn a_cookie_changes_nothing() {
    let board = Board::new().await;
    let request = post(JSON)
        .insert_header((header::COOKIE, "session=1"))
        .set_payload(r#"{"query": "{ __typename }"}"#);
    assert_eq!(board.send(request).await.status, StatusCode::OK);
}
