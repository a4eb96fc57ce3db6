//! Prices and budgets, as clients see them.

use std::net::SocketAddr;

use actix_web::http::StatusCode;
use actix_web::http::header;
use serde_json::{Value, json};

use super::{Answer, Board, JSON, MODERN, post};
use crate::GatewaySettings;

const PAGE: &str = r#"{"query": "{ roles(first: 30) { nodes { id } } }"}"#;

async fn limited() -> Board {
    let mut settings = GatewaySettings::for_testing();
    settings.rates.enabled = true;
    settings.rates.bucket = 50;
    settings.rates.restored_per_second = 1;
    settings.rates.operation_cost = 40;
    Board::trusting(settings, &[]).await
}

async fn ask(board: &Board, caller: &str, body: &str, wish: &str) -> Answer {
    let peer: SocketAddr = format!("{caller}:4711").parse().unwrap();
    let request = post(MODERN)
        .peer_addr(peer)
        .insert_header(("GraphQL-Cost", wish.to_owned()));
    board.send(request.set_payload(body.to_owned())).await
}

fn remaining(answer: &Answer) -> u32 {
    answer.named("ratelimit-remaining").parse().unwrap()
}

#[actix_web::test]
async fn a_budget_is_charged_and_what_was_not_used_comes_back() {
    let board = limited().await;
    let answer = ask(&board, "192.0.2.1", PAGE, "report").await;
    // Thirty roles were asked for, and the catalogue is empty: only the connection is paid.
    let cost = &answer.json()["extensions"]["cost"];
    assert_eq!(
        *cost,
        json!({"requested": 32, "actual": 2, "limit": 40, "remaining": 48, "restoreRate": 1})
    );
    assert_eq!(answer.named("ratelimit-limit"), "50");
    assert_eq!(remaining(&answer), 48);
    assert_eq!(answer.named("ratelimit-reset"), "2");
}

#[actix_web::test]
async fn a_price_is_told_without_running_and_whatever_it_is() {
    let board = limited().await;
    let dear = r#"{"query": "{ roles(first: 100) { nodes { id } } }"}"#;
    let answer = ask(&board, "192.0.2.1", dear, "validate").await;
    assert_eq!(answer.status, StatusCode::OK);
    let answer = answer.json();
    assert_eq!(answer["data"], Value::Null);
    assert_eq!(answer["extensions"]["cost"]["requested"], 102);
    assert!(answer["extensions"]["cost"].get("actual").is_none());
    assert!(answer.get("errors").is_none());
}

#[actix_web::test]
async fn an_operation_that_costs_too_much_is_refused() {
    let board = limited().await;
    let dear = r#"{"query": "{ roles(first: 39) { nodes { id } } }"}"#;
    let answer = ask(&board, "192.0.2.1", dear, "").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.code(), "COST_LIMIT_EXCEEDED");
    let extensions = &answer.json()["errors"][0]["extensions"];
    assert_eq!(
        (&extensions["limit"], &extensions["actual"]),
        (&json!(40), &json!(41))
    );
    let fits = r#"{"query": "{ roles(first: 38) { nodes { id } } }"}"#;
    assert_eq!(
        ask(&board, "192.0.2.1", fits, "").await.status,
        StatusCode::OK
    );
}

#[actix_web::test]
async fn whoever_has_spent_everything_waits_and_others_do_not() {
    let board = limited().await;
    // Refused requests cost 1 each.
    for _ in 0..50 {
        ask(&board, "192.0.2.1", r#"{"query": "{"}"#, "").await;
    }
    let answer = ask(&board, "192.0.2.1", PAGE, "").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.code(), "RATE_LIMITED");
    assert!(answer.json().get("data").is_none());
    assert_eq!(answer.header(header::RETRY_AFTER), "1");
    let wait = answer.json()["errors"][0]["extensions"]["retryAfterMs"]
        .as_u64()
        .unwrap();
    assert!((1..=1_000).contains(&wait), "{wait}");
    assert_eq!(
        ask(&board, "192.0.2.2", PAGE, "").await.status,
        StatusCode::OK
    );
}

#[actix_web::test]
async fn without_budgets_nothing_is_said_about_them() {
    let board = Board::new().await;
    let answer = board.post(JSON, PAGE).await;
    assert_eq!(answer.named("ratelimit-limit"), "");
    let answer = ask(&board, "192.0.2.1", PAGE, "report").await.json();
    let cost = &answer["extensions"]["cost"];
    assert_eq!(*cost, json!({"requested": 32, "actual": 2, "limit": 1000}));
}
