//! What the graph answers, and with which status.

use actix_web::http::header;
use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;
use serde_json::{Value, json};

use super::{Answer, Board, JSON, MODERN, post};
use crate::GatewaySettings;

#[actix_web::test]
async fn a_query_is_answered_in_the_media_type_that_was_asked_for() {
    let board = Board::new().await;
    let query = json!({"query": "{ roles { nodes { id } totalCount { value precision } } }"});
    for (accept, content_type) in [
        (JSON, "application/json; charset=utf-8"),
        ("*/*", "application/json; charset=utf-8"),
        (MODERN, "application/graphql-response+json; charset=utf-8"),
    ] {
        let answer = board.post(accept, &query.to_string()).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header(header::CONTENT_TYPE), content_type);
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        let roles = json!({"nodes": [], "totalCount": {"value": 0, "precision": "EXACT"}});
        assert_eq!(answer.json(), json!({"data": {"roles": roles}}));
    }
    let answer = board.post("text/html", &query.to_string()).await;
    assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(answer.code(), "BAD_REQUEST");
}

#[actix_web::test]
async fn the_status_tells_where_a_request_failed() {
    let board = Board::new().await;
    let bad = StatusCode::BAD_REQUEST;
    for (body, json_status, code) in [
        ("{", bad, "BAD_REQUEST"),
        ("[]", bad, "BAD_REQUEST"),
        (r#"{"query": 7}"#, bad, "BAD_REQUEST"),
        (r#"{"query": "{"}"#, StatusCode::OK, "GRAPHQL_PARSE_FAILED"),
        (
            r#"{"query": "{ pay }"}"#,
            StatusCode::OK,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            r#"{"query": "{ roles(first: \"1\") { nodes { id } } }"}"#,
            StatusCode::OK,
            "BAD_USER_INPUT",
        ),
        (
            r#"{"query": "{ __typename }", "operationName": "A"}"#,
            StatusCode::OK,
            "OPERATION_RESOLUTION_FAILURE",
        ),
    ] {
        for (accept, status) in [(MODERN, bad), (JSON, json_status)] {
            let answer = board.post(accept, body).await;
            assert_eq!(answer.status, status, "{body}");
            assert_eq!(answer.code(), code, "{body}");
            assert!(answer.json().get("data").is_none(), "{body}");
        }
    }
    let field = r#"{"query": "{ roles(first: 101) { nodes { id } } }"}"#;
    let answer = board.post(MODERN, field).await;
    assert_eq!(answer.status, StatusCode::OK);
    let error = &answer.json()["errors"][0];
    assert_eq!(answer.json()["data"], Value::Null);
    assert_eq!(error["path"], json!(["roles"]));
    assert_eq!(error["extensions"]["reason"], "PAGE_SIZE");
}

#[actix_web::test]
async fn bodies_are_plain_json_and_not_too_large() {
    let board = Board::new().await;
    let query = r#"{"query": "{ __typename }"}"#;
    let unsupported = StatusCode::UNSUPPORTED_MEDIA_TYPE;
    for (name, value) in [
        ("content-type", "text/plain"),
        ("content-type", "application/json; charset=utf-16"),
        ("content-encoding", "gzip"),
    ] {
        let request = post(JSON).insert_header((name, value)).set_payload(query);
        assert_eq!(board.send(request).await.status, unsupported, "{value}");
    }
    let bare = TestRequest::post().uri("/graphql").set_payload(query);
    assert_eq!(board.send(bare).await.status, unsupported);
    let limit = GatewaySettings::for_testing().edge.body_bytes;
    let padded = |bytes: usize| format!("{query}{}", " ".repeat(bytes - query.len()));
    assert_eq!(
        board.post(JSON, &padded(limit)).await.status,
        StatusCode::OK
    );
    let answer = board.post(JSON, &padded(limit + 1)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.code(), "BODY_TOO_LARGE");
    assert_eq!(answer.json()["errors"][0]["extensions"]["limit"], limit);
}

#[actix_web::test]
async fn queries_may_be_sent_in_the_address_and_nothing_else_may() {
    let board = Board::new().await;
    let get = |query: &str| TestRequest::get().uri(&format!("/graphql?{query}"));
    let answer = board.send(get("query=%7B__typename%7D")).await;
    assert_eq!(answer.json(), json!({"data": {"__typename": "Query"}}));
    let answer = board.send(get("query=mutation%7B__typename%7D")).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header(header::ALLOW), "POST");
    let answer = board.send(get("variables=%7B%7D")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let put = TestRequest::default().method(Method::PUT).uri("/graphql");
    let answer = board.send(put).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header(header::ALLOW), "GET, POST");
}

#[actix_web::test]
async fn every_error_names_its_request() {
    let board = Board::new().await;
    let named = post(JSON)
        .insert_header(("x-request-id", "mine-7"))
        .set_payload("{");
    let answer = board.send(named).await;
    assert_eq!(answer.headers.get("x-request-id").unwrap(), "mine-7");
    let extensions = &answer.json()["errors"][0]["extensions"];
    assert_eq!(extensions["requestId"], "mine-7");
    let ids = |answer: &Answer| answer.headers.get("x-request-id").unwrap().clone();
    let (first, second) = (board.post(JSON, "{").await, board.post(JSON, "{").await);
    assert_ne!(ids(&first), ids(&second));
}

#[actix_web::test]
async fn hostile_documents_are_refused_and_the_next_request_is_answered() {
    let board = Board::new().await;
    let lists = format!("{{ a(b: {}{}) }}", "[".repeat(7000), "]".repeat(7000));
    let answer = board.post(JSON, &json!({"query": lists}).to_string()).await;
    assert_eq!(answer.code(), "LIMIT_NESTING");
    let nested = format!(
        "{}__typename{}",
        "{ role { category ".repeat(15),
        "} }".repeat(15)
    );
    let answer = board
        .post(JSON, &json!({"query": nested}).to_string())
        .await;
    assert_eq!(answer.code(), "LIMIT_DEPTH");
    assert!(answer.json()["errors"].as_array().unwrap().len() <= 10);
    let answer = board.post(JSON, r#"{"query": "{ __typename }"}"#).await;
    assert_eq!(answer.status, StatusCode::OK);
}
