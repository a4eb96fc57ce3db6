//! Following the changes over sockets and event streams, while others write.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;

use app::StoreOptions;
use domain::read::{ChangesRequest, FeedPlace};
use futures_util::future::join_all;
use serde_json::Value;
use testkit::{Said, Socket, TestBoard, draft, on_both_engines};

use crate::program::{Server, Workplace};

const WRITERS: usize = 4;
const ROUNDS: usize = 15;
/// What is stored after everything else.
const LAST: &str = "the-last-one";

fn subscription(after: FeedPlace) -> String {
    format!(
        "subscription {{ changes(after: \"{after}\") {{ cursor node {{ ... on Role {{ slug }} }} }} }}"
    )
}

/// The place of an event, and whether it is the last one.
fn read(payload: &Value) -> (FeedPlace, bool) {
    let change = &payload["data"]["changes"];
    let place = change["cursor"].as_str().map(FeedPlace::parse);
    let place = place.unwrap_or_else(|| panic!("{payload}")).unwrap();
    (place, change["node"]["slug"] == LAST)
}

/// Follows on sockets until the last change; each socket is left after some events.
fn follow(address: SocketAddr, key: &str, patience: usize) -> Vec<u64> {
    let mut told = Vec::new();
    loop {
        let after = FeedPlace(told.last().copied().unwrap_or_default());
        let mut socket = begun(address, key);
        socket.subscribe("1", &subscription(after));
        for _ in 0..patience {
            let Said::Message(message) = socket.message() else {
                panic!("the socket is closed");
            };
            assert_eq!(message["type"], "next", "{message}");
            let (place, is_last) = read(&message["payload"]);
            told.push(place.0);
            if is_last {
                return told;
            }
        }
    }
}

/// A socket of whoever has a key.
fn begun(address: SocketAddr, key: &str) -> Socket {
    let payload = serde_json::json!({ "authorization": format!("Bearer {key}") });
    Socket::begun_with(address, &payload)
}

/// Follows on an event stream until the last change.
fn stream(server: &Server, key: &str) -> Vec<u64> {
    let mut stream = server.connect();
    let query = serde_json::json!({ "query": subscription(FeedPlace(0)) }).to_string();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: board\r\nContent-Type: application/json\r\n\
         Accept: text/event-stream\r\nAuthorization: Bearer {key}\r\nContent-Length: {}\r\n\r\n{query}",
        query.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut told = Vec::new();
    for line in BufReader::new(stream).lines() {
        let line = line.unwrap();
        let Some(data) = line.strip_prefix("data: ") else {
            continue;
        };
        let (place, is_last) = read(&serde_json::from_str(data).unwrap());
        told.push(place.0);
        if is_last {
            break;
        }
    }
    told
}

async fn write(board: &TestBoard) {
    let store = async |slug: &str, title: &str| {
        let role = draft(slug, title);
        let stored = board
            .catalogue()
            .store_role(&role, StoreOptions::new("test"));
        stored.await.unwrap();
    };
    join_all((0..WRITERS).map(async |writer| {
        for round in 0..ROUNDS {
            let slug = format!("role-{writer}-{}", round % 5);
            store(&slug, &format!("Role {writer} as of {round}")).await;
        }
    }))
    .await;
    store(LAST, "The last one").await;
}

/// What the table says up to a place.
async fn truth(board: &TestBoard, last: u64) -> Vec<u64> {
    let (mut all, mut after) = (Vec::new(), None);
    while all.last() != Some(&last) {
        let request = ChangesRequest {
            after,
            entities: Vec::new(),
            limit: 100,
            total: false,
        };
        let page = board
            .database()
            .reads()
            .changes_page(&request)
            .await
            .unwrap();
        all.extend(page.changes.iter().map(|change| change.place.0));
        after = Some(page.end());
        all.truncate(
            all.iter()
                .position(|place| *place == last)
                .map_or(all.len(), |end| end + 1),
        );
    }
    all
}

on_both_engines! {
    async fn nobody_who_follows_misses_a_change_or_hears_it_twice(board) {
        for number in 0..3 {
            board.store(&draft(&format!("early-{number}"), "Early")).await;
        }
        let key = board.key("changes:read").await.token.reveal().to_owned();
        let place = Workplace::new();
        let server = place.serve(&["--database-url", board.url(), "--no-demo", "--rate-limit", "off", "--change-retention", "36500d"]);
        let address: SocketAddr = server.address().parse().unwrap();
        let followers = [7, 23, usize::MAX].map(|patience| {
            let key = key.clone();
            tokio::task::spawn_blocking(move || follow(address, &key, patience))
        });
        let stream = tokio::task::spawn_blocking(move || {
            let told = stream(&server, &key);
            (server, told)
        });
        write(&board).await;
        let (server, streamed) = stream.await.unwrap();
        let all = truth(&board, *streamed.last().unwrap()).await;
        assert_eq!(streamed, all);
        for told in join_all(followers).await {
            assert_eq!(told.unwrap(), all);
        }
        drop(server);
    }

    async fn a_client_that_is_too_slow_loses_its_socket_and_no_change(board) {
        let mut role = draft("big", "Big");
        role.summary = Some("long ".repeat(150));
        for number in 0..200 {
            role.title = format!("Big as of {number}");
            board.store(&role).await;
        }
        board.store(&draft(LAST, "The last one")).await;
        let key = board.key("changes:read").await.token.reveal().to_owned();
        let place = Workplace::new();
        let server = place.serve(&[
            "--database-url", board.url(), "--no-demo", "--rate-limit", "off", "--change-retention", "36500d", "--cost-limit", "100000",
            "--socket-patience", "200ms",
        ]);
        let address: SocketAddr = server.address().parse().unwrap();
        let client = tokio::task::spawn_blocking(move || {
            let mut told = Vec::new();
            let many: Vec<String> = (0..30).map(|n| format!("m{n}: markdown")).collect();
            let many = many.join(" ");
            let mut socket = begun(address, &key);
            let after = FeedPlace(0);
            socket.subscribe("1", &format!(
                "subscription {{ changes(after: \"{after}\") {{ cursor node {{ ... on Role {{ slug {many} }} }} }} }}"
            ));
            // The client takes nothing until the server has had enough of it.
            for running in [1, 0] {
                let line = format!("rolegraph_socket_operations {running}\n");
                while !numbers(address).contains(&line) {
                    std::thread::yield_now();
                }
            }
            let end = loop {
                match socket.message() {
                    Said::Message(message) => told.push(read(&message["payload"]).0.0),
                    other => break other,
                }
            };
            let rest = follow_from(address, &key, told.last().copied().unwrap_or_default());
            (end, told.len(), [told, rest].concat())
        });
        let (end, before, told) = client.await.unwrap();
        assert_eq!(end, Said::Close(1013));
        assert_eq!(told, truth(&board, *told.last().unwrap()).await);
        assert!(before < told.len());
        drop(server);
    }
}

/// The numbers of the server.
fn numbers(address: SocketAddr) -> String {
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let head = "GET /metrics HTTP/1.1\r\nHost: board\r\nConnection: close\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    std::io::read_to_string(stream).unwrap()
}

fn follow_from(address: SocketAddr, key: &str, place: u64) -> Vec<u64> {
    let mut socket = begun(address, key);
    socket.subscribe("1", &subscription(FeedPlace(place)));
    let mut told = Vec::new();
    loop {
        let Said::Message(message) = socket.message() else {
            panic!("the socket is closed");
        };
        let (place, is_last) = read(&message["payload"]);
        told.push(place.0);
        if is_last {
            return told;
        }
    }
}
