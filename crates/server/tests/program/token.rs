//! Tokens of people, and the first key of a new database.

use std::io::{Read as _, Write as _};

use chrono::Utc;
use domain::Timestamp;
use serde_json::{Value, json};
use testkit::{TOKEN_AUDIENCE, TOKEN_ISSUER, on_both_engines, token, token_keys};

use crate::program::{Server, Workplace, request_head};

/// The flags of a server that believes the issuer of the tests.
fn believing(place: &Workplace) -> Vec<String> {
    place.write("keys.json", token_keys());
    let file = place.path("keys.json").display().to_string();
    let flags = [
        "--token-keys",
        &file,
        "--token-issuer",
        TOKEN_ISSUER,
        "--token-audience",
        TOKEN_AUDIENCE,
    ];
    flags.map(str::to_owned).to_vec()
}

fn serve(place: &Workplace, url: &str, flags: &[String]) -> Server {
    let mut all = vec!["--no-demo", "--database-url", url];
    all.extend(flags.iter().map(String::as_str));
    place.serve(&all)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program has the clock of the machine"
)]
fn now() -> Timestamp {
    Timestamp::new(Utc::now())
}

/// The answer to somebody who shows something.
fn ask(server: &Server, bearer: &str, query: &str) -> Value {
    let body = json!({ "query": query }).to_string();
    let head = format!("Authorization: Bearer {bearer}\r\nConnection: close\r\n");
    let mut stream = server.connect();
    stream
        .write_all(request_head(&body, &head).as_bytes())
        .unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"))
}

const CREATE: &str =
    r#"mutation { roleCreate(input: { title: "Chef" }) { role { slug } userErrors { code } } }"#;

on_both_engines! {
    async fn a_person_writes_with_a_token_and_stands_in_the_audit_log(board) {
        let place = Workplace::new();
        let server = serve(&place, board.url(), &believing(&place));
        let token = token(now(), "ann", "openid roles:write");
        let viewer = ask(&server, &token, "{ viewer { name scopes key { id } } }");
        assert_eq!(viewer["data"]["viewer"], json!({ "name": "user:ann", "scopes": ["roles:write"], "key": null }));
        let created = ask(&server, &token, CREATE);
        assert_eq!(created["data"]["roleCreate"]["role"]["slug"], "chef", "{created}");
        let refused = ask(&server, &token.replace('.', ".x"), "{ __typename }");
        assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
        server.terminate();
        server.wait();
        let log = place.run(&["audit", "export", "--database-url", board.url()]).output;
        let entries: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let role = entries.iter().find(|entry| entry["action"] == "role_created").unwrap();
        assert_eq!((&role["actor"], &role["keyId"]), (&json!("user:ann"), &Value::Null));
        assert_eq!(role["address"], "127.0.0.1");
        assert!(role["requestId"].is_string());
        // What was refused shortly before the end is there as well.
        assert_eq!(entries.last().unwrap()["action"], "authn_login_fail", "{log}");
        assert!(!log.contains(&token));
    }

    async fn the_first_key_is_taken_over_once(board) {
        let place = Workplace::new();
        let [first, second] = ["first", "second"].map(|name| {
            let made = place.run(&["key", "generate"]);
            assert_eq!(made.code, 0, "{made:?}");
            place.write(name, &made.output);
            (made.output.trim().to_owned(), place.path(name).display().to_string())
        });
        let flags = |file: &str| vec!["--bootstrap-key-file".to_owned(), file.to_owned()];
        let scopes = "{ viewer { name scopes } }";
        for ((key, file), is_known) in [(&first, true), (&first, true), (&second, false)] {
            let server = serve(&place, board.url(), &flags(file));
            let answer = ask(&server, key, scopes);
            let known = json!({ "name": "bootstrap", "scopes": ["admin"] });
            assert_eq!(answer["data"]["viewer"] == known, is_known, "{answer}");
            server.terminate();
            server.wait();
        }
        let listed = place.run(&["key", "list", "--output", "json", "--database-url", board.url()]).json();
        assert_eq!(listed.as_array().unwrap().len(), 1);
    }
}

#[test]
fn keys_that_can_be_guessed_and_settings_that_do_not_fit_are_exit_code_78() {
    let place = Workplace::new();
    place.write("weak", "password");
    place.write("keys.json", r#"{"keys": []}"#);
    for (arguments, told) in [
        (
            vec!["--bootstrap-key-file", "weak"],
            "cannot use the first key in weak: this is no key, or a mistyped one",
        ),
        (
            vec!["--bootstrap-key-file", "nowhere"],
            "cannot use the first key in nowhere",
        ),
        (
            vec!["--token-keys", "keys.json"],
            "token-keys, token-issuer and token-audience go together",
        ),
        (
            vec![
                "--token-keys",
                "keys.json",
                "--token-issuer",
                "x",
                "--token-audience",
                "y",
            ],
            "the token issuer has no key that can be used",
        ),
    ] {
        let mut all = vec!["serve", "--listen", "127.0.0.1:0", "--no-demo"];
        all.extend(&arguments);
        let ended = place.run(&all);
        assert_eq!(ended.code, 78, "{ended:?}");
        assert!(ended.errors.contains(told), "{}", ended.errors);
        assert!(!ended.errors.contains("password"), "{}", ended.errors);
    }
}
