//! Traces, as a collector receives them.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use testkit::{TOKEN_AUDIENCE, TOKEN_ISSUER, token_keys};

use crate::canary::endless_token;
use crate::program::{Server, Workplace, json_body, request_head};

/// A trace that its client keeps, and one that it does not.
const KEPT: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const UNKEPT: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "00f067aa0ba902b7";
/// What stands in requests and must not stand in traces.
const SECRET: &str = "canary7";

/// Starts a collector; whatever is sent to it can be received until the sender is gone.
fn collector() -> (String, Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (sender, received) = channel();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut reader = BufReader::new(connection.unwrap());
            while let Some(body) = next_body(&mut reader) {
                sender.send(body).unwrap();
            }
        }
    });
    (endpoint, received)
}

/// Reads one request and answers it; `None` when there is none any more.
fn next_body(reader: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        (reader.read_line(&mut head).unwrap() > 0).then_some(())?;
    }
    assert!(head.starts_with("POST /v1/traces HTTP/1.1\r\n"), "{head}");
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        (name.eq_ignore_ascii_case("content-length")).then(|| value.parse().unwrap())
    });
    let mut body = vec![0; length.unwrap()];
    reader.read_exact(&mut body).unwrap();
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    reader.get_mut().write_all(answer).unwrap();
    Some(body)
}

/// A server that sends traces to `endpoint`, with its log in the file `log`.
fn serve(place: &Workplace, endpoint: &str, more: &[&str]) -> Server {
    let mut command = place.command(&["serve", "--listen", "127.0.0.1:0", "--lame-duck", "0ms"]);
    let log = std::fs::File::create(place.path("log")).unwrap();
    command
        .args(["--no-demo", "--log", "trace", "--otlp-endpoint", endpoint])
        .args(more)
        .env("NO_PROXY", "127.0.0.1")
        // As in an image without certificates.
        .env("SSL_CERT_FILE", "nowhere")
        .env("SSL_CERT_DIR", "nowhere")
        .stderr(Stdio::from(log));
    Server::start(command)
}

/// Asks for a role that is not there, with secrets wherever there is room for them.
fn ask(server: &Server, more: &str) {
    let query = format!("query {SECRET}($by: RoleBy!) {{ {SECRET}: role(by: $by) {{ title }} }}");
    let variables = serde_json::json!({ "by": { "slug": SECRET } });
    let body = serde_json::json!({ "query": query, "variables": variables }).to_string();
    let more = format!("Cookie: session={SECRET}\r\n{more}");
    let mut stream = server.connect();
    let head = request_head(&body, &more);
    stream.write_all((head + &body).as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert_eq!(json_body(&answer)["data"][SECRET], serde_json::Value::Null);
    assert!(json_body(&answer)["errors"].is_null(), "{answer}");
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex
        .chars()
        .map(|c| u8::try_from(c.to_digit(16).unwrap()).unwrap())
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}

fn count(haystack: &[u8], needle: &[u8]) -> usize {
    let windows = haystack.windows(needle.len());
    windows.filter(|window| *window == needle).count()
}

/// Stops the server and returns everything that the collector has received.
fn collected(server: Server, received: &Receiver<Vec<u8>>) -> Vec<u8> {
    server.terminate();
    assert_eq!(server.wait().code(), Some(0));
    // The last batch was answered before the server ended.
    received.try_iter().flatten().collect()
}

#[test]
fn a_collector_receives_the_request_and_what_it_took_within_its_trace() {
    let place = Workplace::new();
    let (endpoint, received) = collector();
    let server = serve(&place, &endpoint, &[]);
    ask(
        &server,
        &format!("X-Request-Id: mine-7\r\ntraceparent: 00-{KEPT}-{PARENT}-01\r\n"),
    );
    let sent = collected(server, &received);
    // The request, its execution and its statement are one trace below the client's step.
    assert_eq!(count(&sent, &bytes(KEPT)), 3);
    assert_eq!(count(&sent, &bytes(PARENT)), 1);
    for told in [
        "POST /graphql",
        "execute",
        "read",
        "rolegraph",
        "http.request.method",
        "http.response.status_code",
        "url.path",
        "request.id",
        "mine-7",
        "operation.type",
        "query",
        "operation.cost",
        "operation.outcome",
        "document.hash",
    ] {
        assert!(count(&sent, told.as_bytes()) > 0, "{told}");
    }
    for kept in [
        SECRET,
        "title",
        "SELECT",
        "Bearer",
        "trace.parent",
        "http.path",
        "busy_ns",
    ] {
        assert_eq!(count(&sent, kept.as_bytes()), 0, "{kept}");
    }
}

#[test]
fn keys_and_tokens_are_in_no_trace_and_no_log() {
    let place = Workplace::new();
    let (endpoint, received) = collector();
    let made = place.run(&["key", "create", "--name", "partner", "--scope", "admin"]);
    let (key, person) = (made.output.trim().to_owned(), endless_token());
    place.write("keys.json", token_keys());
    let flags = [
        "--token-keys",
        "keys.json",
        "--token-issuer",
        TOKEN_ISSUER,
        "--token-audience",
        TOKEN_AUDIENCE,
    ];
    let server = serve(&place, &endpoint, &flags);
    for shown in [&key, &person] {
        ask(&server, &format!("Authorization: Bearer {shown}\r\n"));
    }
    let sent = collected(server, &received);
    assert_eq!(count(&sent, b"POST /graphql"), 2);
    let log = std::fs::read_to_string(place.path("log")).unwrap();
    assert!(!log.is_empty());
    let (_, signature) = person.rsplit_once('.').unwrap();
    for secret in [key.get(20..63).unwrap(), signature] {
        assert_eq!(count(&sent, secret.as_bytes()), 0);
        assert!(!log.contains(secret), "{log}");
    }
}

#[test]
fn clients_and_the_ratio_decide_what_is_sent() {
    let place = Workplace::new();
    let (endpoint, received) = collector();
    // An answer that is kept has no spans of its execution.
    let flags = ["--otlp-sample-ratio", "0", "--cache", "off"];
    let server = serve(&place, &endpoint, &flags);
    ask(
        &server,
        &format!("traceparent: 00-{UNKEPT}-{PARENT}-00\r\n"),
    );
    ask(&server, "");
    ask(&server, "traceparent: nonsense\r\n");
    ask(&server, &format!("traceparent: 00-{KEPT}-{PARENT}-01\r\n"));
    let sent = collected(server, &received);
    assert_eq!(count(&sent, b"POST /graphql"), 1);
    assert_eq!(count(&sent, &bytes(KEPT)), 3);
    assert_eq!(count(&sent, &bytes(UNKEPT)), 0);
}

#[test]
fn made_up_methods_and_paths_do_not_become_names() {
    let place = Workplace::new();
    let (endpoint, received) = collector();
    let server = serve(&place, &endpoint, &[]);
    for line in [&format!("{SECRET} /graphql"), "GET /a"] {
        let mut stream = server.connect();
        let head = format!("{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        stream.read_to_end(&mut Vec::new()).unwrap();
    }
    let sent = collected(server, &received);
    assert_eq!(count(&sent, b"HTTP /graphql"), 1);
    assert_eq!(count(&sent, b"_OTHER"), 1);
    assert_eq!(count(&sent, b"GET /"), 0);
    assert_eq!(count(&sent, SECRET.as_bytes()), 0);
}

#[test]
fn a_collector_that_is_away_costs_one_line_of_the_log() {
    let place = Workplace::new();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let server = serve(&place, &endpoint, &[]);
    for _ in 0..3 {
        ask(&server, "");
    }
    server.terminate();
    assert_eq!(server.wait().code(), Some(0));
    let log = std::fs::read_to_string(place.path("log")).unwrap();
    assert_eq!(log.matches("traces cannot be sent").count(), 1, "{log}");
}

#[test]
fn a_collector_that_never_answers_holds_nobody_up() {
    let place = Workplace::new();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let server = serve(&place, &endpoint, &[]);
    let started = Instant::now();
    ask(&server, "");
    assert!(started.elapsed() < Duration::from_secs(4));
    server.terminate();
    assert_eq!(server.wait().code(), Some(0));
    assert!(started.elapsed() < Duration::from_secs(15));
}

#[test]
fn the_doctor_shows_where_traces_go() {
    let place = Workplace::new();
    place.write(
        "rolegraph.toml",
        "otlp-endpoint = \"http://a:4318\"\notlp-sample-ratio = 1\n",
    );
    let mut command = place.command(&["doctor"]);
    command.env("ROLEGRAPH_OTLP_SAMPLE_RATIO", "0.5");
    let output = String::from_utf8(command.output().unwrap().stdout).unwrap();
    for (name, value) in [
        ("otlp-endpoint", "http://a:4318"),
        ("otlp-sample-ratio", "0.5"),
    ] {
        let line = output.lines().find(|line| line.starts_with(name)).unwrap();
        assert_eq!(line.split_whitespace().last(), Some(value));
    }
}
