//! Event streams: what is refused by a status, what is told inside, and how a stream ends.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::test::TestRequest;
use serde_json::{Value, json};

use super::life_cycle::{serving, until};
use super::{Board, JSON, post};
use crate::GatewaySettings;

const EVENTS: &str = "text/event-stream";
const CHANGES: &str = "subscription { roleChanged { cursor } }";

fn body(query: &str) -> String {
    json!({ "query": query }).to_string()
}

/// The messages of a stream that is over, and whether it was complete.
fn told(text: &str) -> (Vec<Value>, bool) {
    let events: Vec<&str> = text.split_terminator("\n\n").collect();
    let next = |event: &&str| event.strip_prefix("event: next\ndata: ").map(str::to_owned);
    let messages = events.iter().filter_map(next);
    let messages = messages.map(|data| serde_json::from_str(&data).unwrap());
    let is_complete = events.last() == Some(&"event: complete\ndata:");
    (messages.collect(), is_complete)
}

#[actix_web::test]
async fn what_is_answered_once_is_one_event_and_the_end() {
    let board = Board::new().await;
    let answer = board.post(EVENTS, &body("{ __typename }")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(
        answer.header(header::CONTENT_TYPE),
        "text/event-stream; charset=utf-8"
    );
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(answer.named("x-accel-buffering"), "no");
    assert_eq!(answer.header(header::CONTENT_ENCODING), "");
    let (messages, is_complete) = told(std::str::from_utf8(&answer.body).unwrap());
    assert_eq!(messages, [json!({ "data": { "__typename": "Query" } })]);
    assert!(is_complete);
    let request = TestRequest::get()
        .uri("/graphql?query=%7B__typename%7D")
        .insert_header((header::ACCEPT, EVENTS));
    assert_eq!(board.send(request).await.body, answer.body);
}

#[actix_web::test]
async fn errors_of_the_document_come_inside_of_the_stream() {
    let board = Board::new().await;
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        (
            "subscription { roleChanged(after: \"x\") { cursor } }",
            "BAD_USER_INPUT",
        ),
    ] {
        let answer = board.post(EVENTS, &body(query)).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        let (messages, is_complete) = told(std::str::from_utf8(&answer.body).unwrap());
        let [message] = messages.as_slice() else {
            panic!("{messages:?}")
        };
        assert_eq!(message["errors"][0]["extensions"]["code"], code);
        assert!(message.get("data").is_none() && is_complete);
    }
}

#[actix_web::test]
async fn what_can_never_be_a_stream_has_a_status() {
    let board = Board::new().await;
    assert_eq!(
        board.post(EVENTS, "{").await.status,
        StatusCode::BAD_REQUEST
    );
    let once = board.post(JSON, &body(CHANGES)).await;
    assert_eq!(once.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(once.code(), "BAD_REQUEST");
    let address = "/graphql?query=subscription%7BroleChanged%7Bcursor%7D%7D";
    assert_eq!(
        board.get(address).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    let reservation = TestRequest::put()
        .uri("/graphql")
        .insert_header((header::ACCEPT, EVENTS));
    assert_eq!(
        board.send(reservation).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    // Whoever takes both gets an answer as JSON.
    let both = format!("{JSON}, {EVENTS}");
    let answer = board.post(&both, &body("{ __typename }")).await;
    assert_eq!(answer.json(), json!({ "data": { "__typename": "Query" } }));
}

#[actix_web::test]
async fn streams_count_among_the_sockets_of_a_caller() {
    let mut settings = GatewaySettings::for_testing();
    settings.rates.enabled = true;
    settings.sockets.per_caller = 0;
    let board = Board::trusting(settings, &[]).await;
    let request = post(EVENTS).peer_addr(([192, 0, 2, 1], 4).into());
    let answer = board.send(request.set_payload(body(CHANGES))).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.code(), "RATE_LIMITED");
}

/// Begins a stream as a browser does.
fn listen(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let head = format!(
        "GET /graphql?query=subscription%7BroleChanged%7Bcursor%7D%7D HTTP/1.1\r\nHost: board\r\n\
         Accept: {EVENTS}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

#[actix_web::test]
async fn a_stream_shows_that_it_lives_and_ends_without_complete_when_the_server_stops() {
    let mut settings = GatewaySettings::for_testing();
    settings.sockets.heartbeat = Duration::from_millis(30);
    let board = Board::trusting(settings, &[]).await;
    serving(board, |address, switches| {
        let mut stream = listen(address);
        let beginning = until(&stream, "\r\n:\n\n");
        assert!(beginning.starts_with("HTTP/1.1 200 "), "{beginning}");
        drop(switches.stop);
        drop(switches.leave);
        let mut rest = String::new();
        stream.read_to_string(&mut rest).unwrap();
        assert!(
            rest.ends_with("0\r\n\r\n") && !rest.contains("complete"),
            "{rest}"
        );
    })
    .await;
}
