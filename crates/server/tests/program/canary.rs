//! Canaries: secrets that lie where they belong, and have to be found nowhere else.

use std::io::{Read as _, Write as _};
use std::process::Stdio;

use serde_json::json;
use testkit::{
    TOKEN_AUDIENCE, TOKEN_ISSUER, TestBoard, draft, on_both_engines, signed_token, token_keys,
};

use crate::program::{Server, Workplace, request_head};

/// What databases and the code below say of themselves when something fails.
const INTERNAL: [&str; 9] = [
    "no such table",
    "relation",
    "SELECT",
    "sqlx",
    "sea_orm",
    "panicked",
    ".rs:",
    "canary",
    "Canary",
];

/// What a client sends to see what comes back.
fn probes() -> Vec<String> {
    let query = "query CanaryOperation($slug: Slug!) { role(by: {slug: $slug}) { title } }";
    let literal = "{ faqs(filter: {questionContains: \"canary-literal\"}) { nodes { question } } }";
    vec![
        json!({"query": query, "variables": {"slug": "canary-variable"}}).to_string(),
        json!({"query": literal}).to_string(),
        json!({"query": "{ nodes(ids: [\"role_0190a000-0000-7000-8000-000000000000\"]) { id } }"}).to_string(),
        json!({"query": "query ($n: Int) { roles(first: $n) { nodes { id } } }", "variables": {"n": "canary"}}).to_string(),
        json!({"documentId": "canary-document"}).to_string(),
        "{\"query\": canary".to_owned(),
    ]
}

/// The whole answer to a request with secrets in its head.
fn answer(server: &Server, body: &str, token: &str) -> String {
    let secrets = format!("Authorization: Bearer {token}\r\nCookie: session=canary-cookie\r\n");
    let mut stream = server.connect();
    stream
        .write_all(request_head(body, &secrets).as_bytes())
        .unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// A key of the database, as it is shown when it is made.
fn new_key(place: &Workplace, url: &str) -> String {
    let create = ["key", "create", "--name", "partner", "--scope", "admin"];
    let mut arguments = vec!["--database-url", url];
    arguments.extend(create);
    place.run(&arguments).output.trim_end().to_owned()
}

/// A token of somebody who may do everything, for as long as there are computers.
pub(crate) fn endless_token() -> String {
    signed_token(&json!({
        "iss": TOKEN_ISSUER, "aud": TOKEN_AUDIENCE, "sub": "ann", "scope": "admin",
        "nbf": 0, "exp": 4_000_000_000_u32,
    }))
}

/// The address of the database with a password, which the servers of tests do not check.
fn url_with_password(board: &TestBoard) -> String {
    let url = board.url();
    let Some((scheme, rest)) = url
        .split_once("://")
        .filter(|(scheme, _)| *scheme != "sqlite")
    else {
        return url.to_owned();
    };
    match rest.split_once('@') {
        Some((user, place)) if !user.contains(':') => {
            format!("{scheme}://{user}:canary-password@{place}")
        }
        _ => url.to_owned(),
    }
}

on_both_engines! {
    async fn no_secret_and_no_internal_text_comes_out(board) {
        board.store(&draft("canary-variable", "Chef")).await;
        let place = Workplace::new();
        let url = url_with_password(&board);
        let key = new_key(&place, board.url());
        // What a client sends that has lost a sign of its key, or that has another one.
        let [lost, other] = [key.split_at(key.len() - 1).0.to_owned(), key.replacen("rg_live", "rg_test", 1)];
        let secret = key.get("rg_live_".len() + 12..key.len() - 6).unwrap();
        place.write("keys.json", token_keys());
        let person = endless_token();
        let (_, signature) = person.rsplit_once('.').unwrap();
        let forged = person.replacen('.', ".x", 1);
        let arguments = [
            "serve", "--listen", "127.0.0.1:0", "--log", "info", "--lame-duck", "0s", "--database-url", &url,
            "--token-keys", "keys.json", "--token-issuer", TOKEN_ISSUER, "--token-audience", TOKEN_AUDIENCE,
        ];
        let mut command = place.command(&arguments);
        let log = std::fs::File::create(place.path("log")).unwrap();
        command.stderr(Stdio::from(log));
        let server = Server::start(command);
        board.place().run("ALTER TABLE role RENAME TO canary_table").await;
        board.place().run("ALTER TABLE faq RENAME TO canary_questions").await;
        board.place().run("ALTER TABLE trusted_document RENAME TO canary_documents").await;
        for body in probes() {
            for token in [&key, &person, &lost, &other, &forged, "canary-token"] {
                let answer = answer(&server, &body, token);
                for word in INTERNAL.into_iter().chain([secret, signature, "canary-token"]) {
                    assert!(!answer.contains(word), "{word} in the answer to {body}: {answer}");
                }
                assert!(answer.contains("\"code\":"), "{answer}");
                assert!(answer.contains("\"requestId\":"), "{answer}");
                let is_refused = answer.starts_with("HTTP/1.1 401");
                assert_eq!(is_refused, ![&key, &person].contains(&&token.to_owned()), "{answer}");
            }
        }
        server.terminate();
        server.wait();
        let log = std::fs::read_to_string(place.path("log")).unwrap();
        // The causes are in the log, under the name of the request; what clients sent is not.
        assert!(log.contains("request.id"), "{log}");
        assert!(log.contains("no such table") || log.contains("does not exist"), "{log}");
        for secret in [secret, signature, "canary-token", "canary-cookie", "canary-password", "canary-variable", "canary-literal", "CanaryOperation", "canary-document"] {
            assert!(!log.contains(secret), "{secret}: {log}");
        }
        // What is stored of a key does not let anybody make it again.
        for file in std::fs::read_dir(board.place().folder()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap_or_default();
            assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()));
        }
    }
}
