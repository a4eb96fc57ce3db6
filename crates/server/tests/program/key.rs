//! `rolegraph key`

use std::io::{BufRead as _, BufReader, Write as _};
use std::time::{Duration, Instant};

use serde_json::Value;
use testkit::on_both_engines;

use crate::program::{Ended, Server, Workplace, request_head};

/// Runs `rolegraph key` against a database.
fn key(place: &Workplace, url: &str, arguments: &[&str]) -> Ended {
    let mut all = vec!["key", "--database-url", url];
    all.extend(arguments);
    place.run(&all)
}

fn list(place: &Workplace, url: &str) -> Value {
    key(place, url, &["list", "--output", "json"]).json()
}

/// The status of an answer to somebody who shows something.
fn status(server: &Server, head: &str) -> String {
    let body = r#"{"query": "{ viewer { name } }"}"#;
    let mut stream = server.connect();
    stream
        .write_all(request_head(body, head).as_bytes())
        .unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    line.split(' ').nth(1).unwrap_or_default().to_owned()
}

/// Asks again and again until something is so.
fn within_a_second(is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(1), "it is not so");
    }
}

on_both_engines! {
    async fn a_key_is_made_shown_once_listed_rotated_and_revoked(board) {
        let (place, url) = (Workplace::new(), board.url());
        let limits = ["--cost-limit", "70", "--concurrency", "3", "--network", "192.0.2.0/24,2001:db8::/32"];
        let mut arguments = vec!["create", "--name", "partner", "--scope", "roles:write,changes:read", "--expires-in", "90d"];
        arguments.extend(limits);
        let made = key(&place, url, &arguments);
        assert_eq!(made.code, 0, "{made:?}");
        let secret = made.output.trim_end();
        assert!(secret.starts_with("rg_live_") && secret.len() == 69, "{secret}");

        let listed = list(&place, url);
        assert_eq!(listed[0]["name"], "partner");
        assert_eq!(listed[0]["scopes"], serde_json::json!(["roles:write", "changes:read"]));
        assert_eq!(listed[0]["costLimit"], 70);
        assert_eq!(listed[0]["networks"][1], "2001:db8::/32");
        assert!(listed[0]["expiresAt"].is_string() && listed[0]["revokedAt"].is_null());
        let (name, rest) = secret.split_at(20);
        assert!(!listed.to_string().contains(rest));

        let id = listed[0]["id"].as_str().unwrap();
        let rotated = key(&place, url, &["rotate", id, "--output", "json"]).json();
        assert_ne!(rotated["key"], secret);
        assert!(rotated["key"].as_str().unwrap().starts_with(name));
        assert!(rotated["formerSecretUntil"].is_string());

        let revoked = key(&place, url, &["revoke", id]);
        assert_eq!((revoked.code, revoked.output.as_str()), (0, "revoked: 1\n"));
        let shown = key(&place, url, &["list"]);
        assert_eq!(shown.output, format!("{id}  live  revoked  partner  (roles:write changes:read)\nkeys: 1\n"));
    }

    async fn a_server_learns_within_a_second_that_a_key_was_revoked(board) {
        let (place, url) = (Workplace::new(), board.url());
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--no-demo", "--lame-duck", "0s", "--database-url", url];
        let server = Server::start(place.command(&arguments));
        let made = key(&place, url, &["create", "--name", "partner", "--scope", "roles:write", "--output", "json"]).json();
        let bearer = format!("Authorization: Bearer {}\r\n", made["key"].as_str().unwrap());
        let is_known = || status(&server, &bearer) == "200";
        within_a_second(is_known);
        let revoked = key(&place, url, &["revoke", made["id"].as_str().unwrap()]);
        assert_eq!(revoked.code, 0, "{revoked:?}");
        within_a_second(|| !is_known());
        assert_eq!(status(&server, &bearer), "401");
        server.terminate();
        server.wait();
        // What was noted of the uses is there when the server has gone.
        assert!(list(&place, url)[0]["lastUsedAt"].is_string());
    }

    async fn what_cannot_be_done_is_said(board) {
        let (place, url) = (Workplace::new(), board.url());
        let unknown = "key_00000000-0000-7000-8000-000000000001";
        let revoked = key(&place, url, &["revoke", unknown]);
        assert_eq!(revoked.code, 1);
        assert_eq!(revoked.errors, format!("rolegraph: no key has the id {unknown}\n"));
        let made = key(&place, url, &["create", "--name", "x", "--scope", "admin", "--test", "--output", "json"]).json();
        assert!(made["key"].as_str().unwrap().starts_with("rg_test_"));
        let id = made["id"].as_str().unwrap();
        let rotated = key(&place, url, &["rotate", id, "--overlap", "8d"]);
        assert_eq!(rotated.code, 1);
        assert_eq!(rotated.errors, "rolegraph: the key has its old secret: overlap is \"691200 s\": expected 7 days at most\n");
        let scope = key(&place, url, &["create", "--name", "x", "--scope", "roles:delete"]);
        assert_eq!(scope.code, 2);
    }
}
