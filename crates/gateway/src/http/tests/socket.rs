//! Sockets: what clients may say, and how a conversation ends.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};
use testkit::{Said, Socket};

use super::Board;
use super::life_cycle::serving;
use crate::{GatewaySettings, SocketSettings};

const QUERY: &str = "{ __typename }";
const CHANGES: &str = "subscription { roleChanged { cursor } }";

/// What a client sees of a served board with these settings of sockets.
async fn seen<T: Send + 'static>(
    change: impl FnOnce(&mut SocketSettings),
    client: impl FnOnce(SocketAddr) -> T + Send + 'static,
) -> T {
    let mut settings = GatewaySettings::for_testing();
    change(&mut settings.sockets);
    let board = Board::trusting(settings, &[]).await;
    serving(board, |address, _switches| client(address)).await
}

/// With which code a conversation ends that has begun and in which the client says something.
async fn end_of(say: impl FnOnce(&mut Socket) + Send + 'static) -> Option<u16> {
    seen(
        |_| {},
        |address| {
            let mut socket = Socket::begun(address);
            say(&mut socket);
            socket.close_code()
        },
    )
    .await
}

fn message(socket: &mut Socket) -> Value {
    match socket.message() {
        Said::Message(message) => message,
        other => panic!("{other:?}"),
    }
}

/// The socket still answers.
fn answers(socket: &mut Socket, id: &str) {
    socket.subscribe(id, QUERY);
    let data = json!({ "data": { "__typename": "Query" } });
    assert_eq!(
        message(socket),
        json!({ "id": id, "type": "next", "payload": data })
    );
    assert_eq!(message(socket), json!({ "id": id, "type": "complete" }));
}

#[actix_web::test]
async fn what_is_no_message_ends_the_conversation() {
    for text in ["nothing", "[]", r#"{"type":"next","id":"1"}"#] {
        assert_eq!(
            end_of(|socket| socket.text(text)).await,
            Some(4400),
            "{text}"
        );
    }
    let binary = |socket: &mut Socket| socket.frame(0x82, b"{}");
    assert_eq!(end_of(binary).await, Some(4400));
    let no_text = |socket: &mut Socket| socket.frame(0x81, b"\xff");
    assert_eq!(end_of(no_text).await, Some(1007));
    let no_beginning = |socket: &mut Socket| socket.frame(0x80, b"x");
    assert_eq!(end_of(no_beginning).await, Some(1002));
    let no_id = |socket: &mut Socket| socket.say(&json!({ "type": "subscribe", "payload": {} }));
    assert_eq!(end_of(no_id).await, Some(4400));
}

#[actix_web::test]
async fn a_conversation_begins_once_and_in_time() {
    let again = |socket: &mut Socket| socket.say(&json!({ "type": "connection_init" }));
    assert_eq!(end_of(again).await, Some(4429));
    let early = seen(
        |_| {},
        |address| {
            let mut socket = Socket::open(address, "").unwrap();
            socket.subscribe("1", QUERY);
            socket.close_code()
        },
    );
    assert_eq!(early.await, Some(4401));
    let soon = |sockets: &mut SocketSettings| sockets.init_deadline = Duration::from_millis(50);
    let late = seen(soon, |address| {
        Socket::open(address, "").unwrap().close_code()
    });
    assert_eq!(late.await, Some(4408));
}

#[actix_web::test]
async fn wrong_credentials_are_never_acknowledged() {
    let ends = seen(
        |_| {},
        |address| {
            let wrong = json!({ "authorization": "Bearer x" });
            let by = |headers: &str, payload: Value| {
                let mut socket = Socket::open(address, headers).unwrap();
                socket.say(&json!({ "type": "connection_init", "payload": payload }));
                socket.message()
            };
            [by("", wrong), by("Authorization: Bearer x\r\n", json!({}))]
        },
    );
    assert_eq!(ends.await, [Said::Close(4403), Said::Close(4403)]);
}

#[actix_web::test]
async fn an_id_is_in_use_until_its_operation_ends() {
    let twice = |socket: &mut Socket| {
        socket.subscribe("1", CHANGES);
        socket.subscribe("1", QUERY);
    };
    assert_eq!(end_of(twice).await, Some(4409));
    seen(
        |_| {},
        |address| {
            let mut socket = Socket::begun(address);
            socket.subscribe("1", CHANGES);
            socket.say(&json!({ "type": "complete", "id": "1" }));
            answers(&mut socket, "1");
            answers(&mut socket, "1");
        },
    )
    .await;
}

#[actix_web::test]
async fn a_client_may_not_say_too_much() {
    let talk = |socket: &mut Socket| {
        for _ in 0..100 {
            socket.say(&json!({ "type": "ping" }));
        }
    };
    assert_eq!(end_of(talk).await, Some(1008));
    let whole = |socket: &mut Socket| socket.text(&"x".repeat(64 * 1024 + 1));
    assert_eq!(end_of(whole).await, Some(1009));
    let parts = |socket: &mut Socket| {
        let half = vec![b'x'; 40 * 1024];
        socket.frame(0x01, &half);
        socket.frame(0x80, &half);
    };
    assert_eq!(end_of(parts).await, Some(1009));
}

#[actix_web::test]
async fn what_cannot_run_is_one_error_and_the_socket_stays() {
    let only_two = |sockets: &mut SocketSettings| sockets.operations = 2;
    let codes = seen(only_two, |address| {
        let mut socket = Socket::begun(address);
        let mut code = |query: &str| {
            socket.subscribe("1", query);
            let error = message(&mut socket);
            assert_eq!(error["type"], "error");
            error["payload"][0]["extensions"]["code"].clone()
        };
        let mut codes = vec![
            code("{"),
            code("subscription { nothing }"),
            code("subscription { changes { cursor } more: roleChanged { cursor } }"),
            code("subscription { __typename }"),
            code("subscription { roleChanged(after: \"x\") { cursor } }"),
        ];
        socket.say(&json!({ "type": "subscribe", "id": "2", "payload": { "query": 7 } }));
        codes.push(message(&mut socket)["payload"][0]["extensions"]["code"].clone());
        socket.subscribe("a", CHANGES);
        socket.subscribe("b", CHANGES);
        socket.subscribe("c", CHANGES);
        codes.push(message(&mut socket)["payload"][0]["extensions"]["code"].clone());
        socket.say(&json!({ "type": "complete", "id": "a" }));
        answers(&mut socket, "d");
        codes
    });
    assert_eq!(
        codes.await,
        [
            "GRAPHQL_PARSE_FAILED",
            "GRAPHQL_VALIDATION_FAILED",
            "GRAPHQL_VALIDATION_FAILED",
            "GRAPHQL_VALIDATION_FAILED",
            "BAD_USER_INPUT",
            "BAD_REQUEST",
            "RATE_LIMITED",
        ]
    );
}

#[actix_web::test]
async fn signs_of_life_are_answered_and_expected() {
    seen(
        |_| {},
        |address| {
            let mut socket = Socket::begun(address);
            socket.say(&json!({ "type": "pong" }));
            socket.say(&json!({ "type": "ping", "payload": { "a": 1 } }));
            let pong = json!({ "type": "pong", "payload": { "a": 1 } });
            assert_eq!(message(&mut socket), pong);
            socket.frame(0x89, b"there?");
            assert_eq!(socket.hear(), Said::Pong(b"there?".to_vec()));
            answers(&mut socket, "1");
            // A message may come in parts.
            socket.frame(0x01, br#"{"type":"#);
            socket.frame(0x80, br#""ping"}"#);
            assert_eq!(message(&mut socket), json!({ "type": "pong" }));
        },
    )
    .await;
    let often = |sockets: &mut SocketSettings| sockets.ping = Duration::from_millis(50);
    let silent = seen(often, |address| {
        let mut socket = Socket::begun(address);
        assert_eq!(socket.hear(), Said::Ping);
        std::iter::repeat_with(|| socket.hear()).find(|said| *said != Said::Ping)
    });
    assert_eq!(silent.await, Some(Said::Gone));
}

#[actix_web::test]
async fn a_socket_says_what_it_speaks_and_where_it_comes_from() {
    let mut settings = GatewaySettings::for_testing();
    settings.edge.cors_origins = vec!["https://jobs.example".to_owned()];
    let board = Board::trusting(settings, &[]).await;
    serving(board, |address, _switches| {
        let status = |headers: &str| match Socket::upgrade(address, headers) {
            Ok(_) => "101".to_owned(),
            Err(head) => head.split(' ').nth(1).unwrap().to_owned(),
        };
        let ours = "Sec-WebSocket-Protocol: other, graphql-transport-ws\r\n";
        assert_eq!(status(""), "400");
        assert_eq!(status("Sec-WebSocket-Protocol: graphql-ws\r\n"), "400");
        assert_eq!(status(ours), "101");
        for (origin, expected) in [
            ("https://jobs.example", "101"),
            ("http://board", "101"),
            ("https://jobs.example.org", "403"),
            ("null", "403"),
        ] {
            let headers = format!("{ours}Origin: {origin}\r\n");
            assert_eq!(status(&headers), expected, "{origin}");
        }
    })
    .await;
}

#[actix_web::test]
async fn a_caller_has_a_largest_number_of_sockets() {
    let mut settings = GatewaySettings::for_testing();
    settings.rates.enabled = true;
    settings.sockets.per_caller = 2;
    let board = Board::trusting(settings, &[]).await;
    serving(board, |address, _switches| {
        let _first = Socket::begun(address);
        let _second = Socket::begun(address);
        let head = Socket::open(address, "").unwrap_err();
        assert!(head.starts_with("HTTP/1.1 429 "), "{head}");
    })
    .await;
}

#[actix_web::test]
async fn a_server_that_stops_says_so_on_every_socket() {
    let board = Board::new().await;
    serving(board, |address, switches| {
        let mut socket = Socket::begun(address);
        socket.subscribe("1", CHANGES);
        answers(&mut socket, "2");
        drop(switches.stop);
        drop(switches.leave);
        assert_eq!(socket.message(), Said::Close(1012));
    })
    .await;
}

#[actix_web::test]
async fn sockets_are_counted_by_how_they_end() {
    let board = Board::new().await;
    let state = board.state.clone();
    serving(board, |address, _switches| {
        let mut socket = Socket::begun(address);
        socket.text("nothing");
        assert_eq!(socket.close_code(), Some(4400));
        let mut socket = Socket::begun(address);
        socket.frame(0x88, &1000_u16.to_be_bytes());
        assert_eq!(socket.close_code(), Some(1000));
    })
    .await;
    let numbers = state.metrics.exposition(crate::metrics::Gauges::default());
    for line in [
        "rolegraph_socket_closes_total{code=\"4400\"} 1\n",
        "rolegraph_socket_closes_total{code=\"1000\"} 1\n",
        "rolegraph_sockets 0\n",
        "rolegraph_socket_operations 0\n",
    ] {
        assert!(numbers.contains(line), "{line} in {numbers}");
    }
}
