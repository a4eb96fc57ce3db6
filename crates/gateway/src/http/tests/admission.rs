//! Who may come in, and what happens to whoever may not.

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::http::header;
use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;

use super::{Board, JSON, post};
use crate::http::admission::Load;
use crate::rate::Account;

const QUERY: &str = r#"{"query": "{ __typename }"}"#;

fn query_from(peer: &str) -> TestRequest {
    let peer: SocketAddr = peer.parse().unwrap();
    post(JSON).peer_addr(peer).set_payload(QUERY)
}

fn caller(address: &str) -> Account {
    Account::Address(address.parse().unwrap())
}

#[actix_web::test]
async fn a_caller_with_too_many_requests_is_told_to_wait_and_others_are_not() {
    let board = Board::telling_callers_apart(|edge| edge.caller_concurrency = 1).await;
    let admission = &board.state.admission;
    let place = admission.enter(caller("192.0.2.1"), 1).unwrap();
    let answer = board.send(query_from("192.0.2.1:4711")).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.code(), "RATE_LIMITED");
    assert_eq!(answer.header(header::RETRY_AFTER), "1");
    assert_eq!(answer.json()["errors"][0]["extensions"]["limit"], 1);
    let other = board.send(query_from("192.0.2.2:4711")).await;
    assert_eq!(other.status, StatusCode::OK);
    drop(place);
    let answer = board.send(query_from("192.0.2.1:4711")).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[actix_web::test]
async fn callers_behind_a_trusted_proxy_are_told_apart() {
    let board = Board::telling_callers_apart(|edge| {
        edge.caller_concurrency = 1;
        edge.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
    });
    let board = board.await;
    let _place = board.state.admission.enter(caller("192.0.2.1"), 1).unwrap();
    let forwarded = |by: &str, of: &'static str| {
        let request = query_from(by).insert_header(("x-forwarded-for", of));
        board.send(request)
    };
    let busy = forwarded("10.0.0.7:80", "192.0.2.1").await;
    assert_eq!(busy.status, StatusCode::TOO_MANY_REQUESTS);
    let other = forwarded("10.0.0.7:80", "192.0.2.2").await;
    assert_eq!(other.status, StatusCode::OK);
    let forged = forwarded("203.0.113.9:80", "192.0.2.1").await;
    assert_eq!(forged.status, StatusCode::OK);
}

#[actix_web::test]
async fn a_full_server_refuses_the_graph_and_answers_everything_else() {
    let board = Board::with(|edge| {
        edge.concurrency = 0;
        edge.queue_deadline = Duration::ZERO;
    });
    let board = board.await;
    let query = TestRequest::with_uri("/graphql?query=%7B__typename%7D");
    for request in [post(JSON).set_payload(QUERY), query] {
        let answer = board.send(request).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.code(), "UNAVAILABLE");
        assert_eq!(answer.header(header::RETRY_AFTER), "1");
    }
    for address in ["/", "/healthz", "/readyz", "/metrics", "/schema.graphql"] {
        assert_eq!(board.get(address).await.status, StatusCode::OK, "{address}");
    }
}

#[actix_web::test]
async fn a_request_leaves_nothing_behind() {
    let board = Board::new().await;
    for body in [QUERY, "{", r#"{"query": "{ pay }"}"#] {
        board.post(JSON, body).await;
        assert_eq!(board.state.admission.load(), Load::default());
    }
}

#[actix_web::test]
async fn where_callers_are_not_told_apart_nobody_has_too_many_requests() {
    let board = Board::with(|edge| edge.caller_concurrency = 1).await;
    let _place = board.state.admission.enter(caller("192.0.2.1"), 1).unwrap();
    let answer = board.send(query_from("192.0.2.1:4711")).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[actix_web::test]
async fn balancers_may_ask_for_the_head_only() {
    let board = Board::new().await;
    for address in ["/healthz", "/readyz"] {
        let head = TestRequest::default().method(Method::HEAD).uri(address);
        assert_eq!(board.send(head).await.status, StatusCode::OK, "{address}");
    }
}
