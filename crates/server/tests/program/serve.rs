//! `rolegraph serve`

use std::io::{Read as _, Write as _};
use std::process::Stdio;

use crate::program::{Server, Workplace, file_names, json_body, request_head};

const ACCEPTANCE: &str = "{ roles(first: 50) { totalCount { value } nodes { title duties { text } faqs { question } } } }";

#[test]
fn an_empty_folder_becomes_a_catalogue_without_any_argument() {
    let place = Workplace::new();
    let mut command = place.command(&[]);
    command.env("ROLEGRAPH_LISTEN", "127.0.0.1:0");
    let server = Server::start(command);
    let answer = server.ask(ACCEPTANCE);
    let roles = answer["data"]["roles"]["nodes"].as_array().unwrap();
    assert!(roles.len() >= 24, "{} roles", roles.len());
    for role in roles {
        assert!(!role["duties"].as_array().unwrap().is_empty(), "{role}");
        assert!(!role["faqs"].as_array().unwrap().is_empty(), "{role}");
    }
    assert!(file_names(&place.path("")).contains(&"rolegraph.db".to_owned()));
}

#[test]
fn the_banner_names_version_address_database_and_roles() {
    let place = Workplace::new();
    let server = place.serve(&[]);
    let lines: Vec<&str> = server.banner.lines().map(str::trim).collect();
    assert_eq!(lines[0], concat!("Rolegraph ", env!("CARGO_PKG_VERSION")));
    assert_eq!(
        lines[1],
        format!("playground  http://{}/", server.address())
    );
    assert_eq!(lines[3], "database    sqlite://rolegraph.db");
    assert!(lines[4].ends_with("(demo catalogue)"), "{}", lines[4]);
}

#[test]
fn the_demo_catalogue_is_loaded_once_and_only_when_it_is_wanted() {
    let place = Workplace::new();
    let empty = place.serve(&["--no-demo"]);
    assert!(
        empty.banner.ends_with("roles       0\n"),
        "{}",
        empty.banner
    );
    drop(empty);
    let filled = place.serve(&[]);
    assert!(
        filled.banner.ends_with("(demo catalogue)\n"),
        "{}",
        filled.banner
    );
    let version = filled.ask("{ server { catalogueVersion } }");
    drop(filled);
    let again = place.serve(&[]);
    assert!(!again.banner.contains("demo"), "{}", again.banner);
    assert_eq!(again.ask("{ server { catalogueVersion } }"), version);
}

#[test]
fn a_request_in_flight_is_answered_before_the_server_stops() {
    let place = Workplace::new();
    let server = place.serve(&["--no-demo"]);
    let body = r#"{"query":"{ server { version } }"}"#;
    let mut stream = server.connect();
    let head = request_head(body, "Expect: 100-continue\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    // The server says this when it has begun to read the body.
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    server.terminate();
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let version = &json_body(&answer)["data"]["server"]["version"];
    assert_eq!(version, env!("CARGO_PKG_VERSION"));
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn a_stopped_server_leaves_one_database_file() {
    let place = Workplace::new();
    let server = place.serve(&["--database-url", "sqlite://board.db"]);
    server.terminate();
    assert_eq!(server.wait().code(), Some(0));
    assert_eq!(file_names(&place.path("")), ["board.db"]);
}

#[test]
fn an_address_in_use_is_an_error_that_names_it() {
    let place = Workplace::new();
    let server = place.serve(&["--no-demo"]);
    let ended = place.run(&["serve", "--listen", server.address()]);
    assert_eq!(ended.code, 1);
    let wanted = format!("rolegraph: cannot listen on {}: ", server.address());
    assert!(ended.errors.starts_with(&wanted), "{}", ended.errors);
    assert_eq!(ended.errors.lines().count(), 1);
}

#[test]
fn the_log_can_be_json() {
    let place = Workplace::new();
    let arguments = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--no-demo",
        "--log-format",
        "json",
    ];
    let mut command = place.command(&arguments);
    let log = std::fs::File::create(place.path("log")).unwrap();
    command.stderr(Stdio::from(log));
    let server = Server::start(command);
    server.terminate();
    server.wait();
    let log = std::fs::read_to_string(place.path("log")).unwrap();
    assert!(!log.is_empty());
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(line["message"].is_string(), "{line}");
    }
}
