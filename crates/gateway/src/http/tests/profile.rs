//! The two profiles of statuses, batches, and answers that are too large.

use actix_web::http::StatusCode;
use serde_json::{Value, json};

use super::{Board, JSON, MODERN};
use crate::{GatewaySettings, HttpProfile};

#[actix_web::test]
async fn statuses_follow_the_profile() {
    let audit = Board::new().await;
    let draft = Board::with(|edge| edge.http_profile = HttpProfile::Draft2026).await;
    let field_error = r#"{"query": "{ node(id: \"x\") { id } __typename }"}"#;
    for (body, audited, plain, drafted, drafted_plain) in [
        ("{", 400, 400, 400, 400),
        (r#"{"query": 7}"#, 400, 400, 422, 422),
        (r#"{"query": "{}", "variables": [7]}"#, 400, 400, 422, 422),
        (r#"{"query": "{"}"#, 400, 200, 400, 400),
        (r#"{"query": "{ pay }"}"#, 400, 200, 422, 422),
        (
            r#"{"query": "{ a: __typename }", "operationName": "A"}"#,
            400,
            200,
            422,
            422,
        ),
        (
            r#"{"query": "query ($n: Int!) { roles(first: $n) { nodes { id } } }"}"#,
            400,
            200,
            422,
            422,
        ),
        (field_error, 200, 200, 294, 200),
        (r#"{"query": "{ __typename }"}"#, 200, 200, 200, 200),
    ] {
        for (board, accept, status) in [
            (&audit, MODERN, audited),
            (&audit, JSON, plain),
            (&draft, MODERN, drafted),
            (&draft, JSON, drafted_plain),
        ] {
            let answer = board.post(accept, body).await;
            assert_eq!(answer.status.as_u16(), status, "{accept} {body}");
        }
    }
}

#[actix_web::test]
async fn a_batch_is_answered_in_its_order_where_batches_are_allowed() {
    let batch =
        r#"[{"query": "{ a: __typename }"}, {"query": "{"}, {"query": "{ b: __typename }"}]"#;
    let closed = Board::new().await.post(JSON, batch).await;
    assert_eq!(closed.status, StatusCode::BAD_REQUEST);
    let board = Board::with(|edge| edge.batch = 3).await;
    let answer = board.post(JSON, batch).await;
    assert_eq!(answer.status, StatusCode::OK);
    let answers = answer.json();
    assert_eq!(answers[0]["data"], json!({"a": "Query"}));
    assert_eq!(
        answers[1]["errors"][0]["extensions"]["code"],
        "GRAPHQL_PARSE_FAILED"
    );
    assert_eq!(answers[2]["data"], json!({"b": "Query"}));
    let four = json!([{}, {}, {}, {}]).to_string();
    let answer = board.post(JSON, &four).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.json()["errors"][0]["extensions"]["limit"], 3);
}

#[actix_web::test]
async fn an_answer_that_is_too_large_is_an_error() {
    let mut settings = GatewaySettings::for_testing();
    settings.execution.response_bytes = 1_000;
    let board = Board::trusting(settings, &[]).await;
    let answer = board
        .post(
            JSON,
            r#"{"query": "{ __schema { types { name description } } }"}"#,
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.code(), "RESPONSE_TOO_LARGE");
    assert_eq!(answer.json()["data"], Value::Null);
    assert_eq!(answer.json()["errors"][0]["extensions"]["limit"], 1_000);
    assert!(answer.body.len() < 1_000);
}

#[actix_web::test]
async fn an_answer_with_too_many_objects_is_an_error() {
    let mut settings = GatewaySettings::for_testing();
    settings.execution.response_objects = 10;
    let board = Board::trusting(settings, &[]).await;
    let answer = board
        .post(JSON, r#"{"query": "{ __schema { types { name } } }"}"#)
        .await;
    assert_eq!(answer.code(), "COST_LIMIT_EXCEEDED");
    assert_eq!(answer.json()["data"], Value::Null);
}

#[actix_web::test]
async fn a_body_that_announces_too_much_is_refused_before_it_comes() {
    let board = Board::new().await;
    let announced = super::post(JSON).insert_header(("content-length", "1073741824"));
    let answer = board.send(announced).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.code(), "BODY_TOO_LARGE");
}
