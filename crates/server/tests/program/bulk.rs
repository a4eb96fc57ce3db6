//! Whole catalogues out of a server and into one, as lines of JSON.

use std::io::{BufRead as _, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use app::StoreOptions;
use domain::access::Principal;
use domain::role::{PublicationState, RoleDraft};
use ingest::bulk::{Export, RoleDocument};
use serde_json::{Value, json};
use testkit::{TestBoard, demo_drafts, draft, on_both_engines};

use crate::chunk::Chunked;
use crate::program::{Server, Workplace};

const ALL: &str = "?states=PUBLISHED,DRAFT,IN_REVIEW,ARCHIVED";

/// A server over the database of a board, and the key of an editor.
struct Bulk {
    server: Server,
    key: String,
    _place: Workplace,
}

impl Bulk {
    async fn of(board: &TestBoard) -> Self {
        Self::with(board, &[]).await
    }

    async fn with(board: &TestBoard, more: &[&str]) -> Self {
        let key = board.key("roles:write").await.token.reveal().to_owned();
        let place = Workplace::new();
        let usual = ["--database-url", board.url(), "--no-demo"];
        let server = place.serve(&[&usual, more].concat());
        Self {
            server,
            key,
            _place: place,
        }
    }

    fn begin(&self, method: &str, address: &str, more: &str) -> TcpStream {
        let mut stream = self.server.connect();
        let head = format!(
            "{method} {address} HTTP/1.1\r\nHost: board\r\nAuthorization: Bearer {}\r\n{more}\r\n",
            self.key
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream
    }

    fn get(&self, address: &str, more: &str) -> Chunked {
        Chunked::read(self.begin("GET", address, more))
    }

    /// The lines of an export, header and trailer included.
    fn export(&self, parameters: &str) -> Vec<Value> {
        lines(self.get(&format!("/export{parameters}"), ""))
    }

    /// What is told about a body that is sent at once.
    fn import(&self, parameters: &str, body: &str) -> Vec<Value> {
        lines(self.send(parameters, body))
    }

    fn send(&self, parameters: &str, body: &str) -> Chunked {
        let mut stream = self.begin_import(parameters, body.len());
        stream.write_all(body.as_bytes()).unwrap();
        Chunked::read(stream)
    }

    fn begin_import(&self, parameters: &str, bytes: usize) -> TcpStream {
        let more = format!("Content-Type: application/x-ndjson\r\nContent-Length: {bytes}\r\n");
        self.begin("POST", &format!("/import{parameters}"), &more)
    }
}

/// The lines of an answer that has some.
fn lines(answer: Chunked) -> Vec<Value> {
    assert_eq!(answer.status, 200);
    let lines = answer.body.lines().map(|line| line.unwrap());
    lines.map(|line| parsed(&line)).collect()
}

fn parsed(line: &str) -> Value {
    serde_json::from_str(line).unwrap()
}

fn text(lines: &[Value]) -> String {
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    lines.join("\n") + "\n"
}

fn of_kind<'l>(lines: &'l [Value], kind: &'l str) -> impl Iterator<Item = &'l Value> {
    lines.iter().filter(move |line| line["type"] == kind)
}

/// The members of lines of one kind, sorted.
fn members(lines: &[Value], kind: &str, names: &[&str]) -> Vec<String> {
    let members = of_kind(lines, kind).map(|line| {
        let members = names.iter().map(|name| line[name].to_string());
        members.collect::<Vec<_>>().join(" ")
    });
    let mut members: Vec<String> = members.collect();
    members.sort();
    members
}

fn role_line(draft: &RoleDraft) -> Value {
    json!({ "type": "role", "document": RoleDocument::of(draft) })
}

fn actions(told: &[Value]) -> Vec<&str> {
    of_kind(told, "result")
        .map(|line| line["action"].as_str().unwrap())
        .collect()
}

on_both_engines! {
    async fn a_catalogue_that_was_exported_is_the_same_after_its_import(board) {
        board
            .catalogue()
            .store_roles(&demo_drafts(), StoreOptions::new("demo"))
            .await
            .unwrap();
        let mut hidden = draft("hidden", "Hidden");
        hidden.state = PublicationState::Draft;
        board.store(&hidden).await;
        let source = Bulk::of(&board).await;
        let exported = source.export(ALL);
        let head = &exported[0];
        assert_eq!((&head["format"], &head["formatVersion"]), (&json!("rolegraph"), &json!(1)));
        let version = board.database().reads().catalogue_version().await.unwrap();
        assert_eq!(head["catalogueVersion"], version);
        let counts = &exported.last().unwrap()["counts"];
        for (kind, name) in [("category", "categories"), ("skill", "skills"), ("role", "roles")] {
            assert_eq!(counts[name], of_kind(&exported, kind).count(), "{name}");
        }
        assert_eq!(counts["roles"], demo_drafts().len() + 1);

        let empty = TestBoard::new(board.engine()).await;
        let target = Bulk::of(&empty).await;
        let body = text(&exported);
        let told = target.import("?find-skills=false", &body);
        let summary = told.last().unwrap();
        assert_eq!(summary["complete"], true, "{summary}");
        assert_eq!(summary["offset"], body.len());
        assert_eq!((&summary["created"], &summary["refused"]), (&counts["roles"], &json!(0)));
        let copy = target.export(ALL);
        let said = ["slug", "contentHash", "document"];
        assert_eq!(members(&copy, "role", &said), members(&exported, "role", &said));
        let paths = |lines| members(lines, "category", &["path"]);
        assert_eq!(paths(&copy), paths(&exported));
        let skills = |lines| members(lines, "skill", &["name", "kind", "aliases"]);
        assert_eq!(skills(&copy), skills(&exported));

        let again = target.import("?find-skills=false", &body);
        assert_eq!(again.last().unwrap()["unchanged"], counts["roles"]);
        assert_eq!(target.export(ALL)[0], copy[0]);
    }

    async fn strangers_are_told_what_is_published(board) {
        board.store(&draft("shown", "Shown")).await;
        for state in [PublicationState::Draft, PublicationState::Archived] {
            let mut hidden = draft(&format!("hidden-{state}").to_lowercase(), "Secret");
            hidden.state = state;
            board.store(&hidden).await;
        }
        let mut bulk = Bulk::of(&board).await;
        let slugs = |lines: &[Value]| members(lines, "role", &["slug"]);
        assert_eq!(slugs(&bulk.export("?states=DRAFT")), ["\"hidden-draft\""]);
        let reader = board.key("roles:read").await;
        reader.token.reveal().clone_into(&mut bulk.key);
        // A running server knows of a new key within a second.
        let mut refused = 401;
        while refused == 401 {
            refused = bulk.get(&format!("/export{ALL}"), "").status;
        }
        assert_eq!(refused, 403);
        assert_eq!(slugs(&bulk.export("")), ["\"shown\""]);
        assert!(!text(&bulk.export("")).contains("Secret"));
        assert_eq!(bulk.send("", "").status, 403);
    }

    async fn an_export_tells_one_version_while_others_write(board) {
        let roles = |round: usize| {
            let roles = (0..60).map(|role| draft(&format!("role-{role}"), &format!("Round {round}")));
            roles.collect::<Vec<_>>()
        };
        let store = async |round| {
            let roles = roles(round);
            let stored = board.catalogue().store_roles(&roles, StoreOptions::new("test"));
            stored.await.unwrap();
        };
        for round in 0..3 {
            store(round * 10).await;
            let version = board.database().reads().catalogue_version().await.unwrap();
            let (states, time) = ([PublicationState::Published], Duration::from_mins(1));
            let export = Export::begin(board.database(), &states, time).await;
            let (mut export, mut told) = (export.unwrap(), Vec::new());
            for later in 1.. {
                let Some(lines) = export.next().await.unwrap() else { break };
                told.extend(String::from_utf8(lines).unwrap().lines().map(parsed));
                store(round * 10 + later).await;
            }
            assert_eq!(told[0]["catalogueVersion"], version);
            let titles = of_kind(&told, "role").map(|role| &role["document"]["title"]);
            let titles: Vec<&Value> = titles.collect();
            assert_eq!(titles, vec![&json!(format!("Round {}", round * 10)); 60]);
        }
    }

    async fn lines_are_stored_and_told_while_more_arrive(board) {
        let bulk = Bulk::of(&board).await;
        let drafts: Vec<RoleDraft> = (0..120).map(|n| draft(&format!("role-{n}"), "Role")).collect();
        let all: Vec<Value> = drafts.iter().map(role_line).collect();
        let (first, rest) = (text(&all[..50]), text(&all[50..]));
        let mut stream = bulk.begin_import("", first.len() + rest.len());
        stream.write_all(first.as_bytes()).unwrap();
        let mut answer = Chunked::read(stream);
        assert_eq!(answer.status, 200);
        let mut last = Value::Null;
        for number in 1..=50 {
            let mut line = String::new();
            answer.body.read_line(&mut line).unwrap();
            last = serde_json::from_str(&line).unwrap();
            assert_eq!((&last["line"], &last["action"]), (&json!(number), &json!("CREATED")));
        }
        assert_eq!(last["offset"], first.len());
        let slug = last["slug"].as_str().unwrap();
        let found = bulk.server.ask(&format!("{{ role(by: {{slug: \"{slug}\"}}) {{ revision }} }}"));
        assert_eq!(found["data"]["role"]["revision"], 1);
        drop(answer);

        // The import is taken up where the connection was lost.
        let body = first.clone() + &rest;
        let offset = usize::try_from(last["offset"].as_u64().unwrap()).unwrap();
        let parameters = format!("?after-line={}&offset={offset}", last["line"]);
        let told = loop {
            // The server may still be busy with the connection that was lost.
            let answer = bulk.send(&parameters, body.get(offset..).unwrap());
            if answer.status != 429 {
                break lines(answer);
            }
        };
        let summary = told.last().unwrap();
        assert_eq!(summary["created"], 70, "{summary}");
        assert_eq!((&summary["line"], &summary["offset"]), (&json!(120), &json!(body.len())));
        assert_eq!(bulk.import("", &body).last().unwrap()["unchanged"], 120);
    }

    async fn a_line_that_cannot_be_stored_keeps_no_other_back(board) {
        let bulk = Bulk::with(&board, &["--import-line-bytes", "4KiB"]).await;
        let (good, mut blank) = (draft("good", "Good"), draft("blank", " "));
        blank.duties[1].text = "long".repeat(600);
        let mut typo = role_line(&good);
        typo["document"]["titel"] = json!("Good");
        let long = format!("{{\"type\":\"role\"{}}}", " ".repeat(5_000));
        let body = [
            role_line(&good).to_string(),
            "{".to_owned(),
            role_line(&blank).to_string(),
            typo.to_string(),
            long,
            role_line(&draft("better", "Better")).to_string(),
        ];
        let body = body.join("\n");
        let told = bulk.import("?dry-run=true", &body);
        let expected = ["CREATED", "REFUSED", "REFUSED", "REFUSED", "REFUSED", "CREATED"];
        assert_eq!(actions(&told), expected);
        assert_eq!(board.database().reads().catalogue_version().await.unwrap(), 0);

        let stopped = bulk.import("?on-error=stop", &body);
        assert_eq!(actions(&stopped), ["CREATED", "REFUSED"]);
        let summary = stopped.last().unwrap();
        assert_eq!(summary["complete"], false);
        assert_eq!(summary["error"]["code"], "BAD_USER_INPUT");

        let told = bulk.import("", &body);
        let expected = ["UNCHANGED", "REFUSED", "REFUSED", "REFUSED", "REFUSED", "CREATED"];
        assert_eq!(actions(&told), expected);
        let errors: Vec<String> = told
            .iter()
            .flat_map(|line| line["errors"].as_array().cloned().unwrap_or_default())
            .map(|error| format!("{} {} {}", error["code"], error["path"], error["message"]))
            .collect();
        assert_eq!(
            errors,
            [
                r#""INVALID" [] "EOF while parsing an object""#,
                r#""BLANK" ["document","title"] "title is blank: expected text""#,
                r#""TOO_LONG" ["document","duties","1","text"] "duties[1].text has 2400 characters: at most 2000 are allowed""#,
                &format!(
                    r#""INVALID" [] "unknown field `titel`, expected one of {}""#,
                    MEMBERS.map(|name| format!("`{name}`")).join(", ")
                ),
                r#""TOO_LONG" [] "the line has too many bytes: split what it says""#,
            ]
        );
    }

    async fn an_export_is_packed_for_whoever_takes_that(board) {
        board.store(&draft("chef", "Chef")).await;
        let bulk = Bulk::of(&board).await;
        let mut answer = bulk.get("/export", "Accept-Encoding: br, gzip\r\n");
        let mut packed = Vec::new();
        answer.body.read_to_end(&mut packed).unwrap();
        let unpacked = std::io::read_to_string(flate2::read::GzDecoder::new(packed.as_slice()));
        let unpacked: Vec<Value> = unpacked.unwrap().lines().map(parsed).collect();
        assert_eq!(unpacked, bulk.export(""));
    }

    async fn an_export_that_takes_too_long_breaks_off(board) {
        board.store(&draft("chef", "Chef")).await;
        let bulk = Bulk::with(&board, &["--export-deadline", "0s"]).await;
        let told = std::io::read_to_string(bulk.begin("GET", "/export", "")).unwrap();
        // Neither the last line nor the end of the body.
        assert!(!told.contains("trailer") && !told.ends_with("\r\n0\r\n\r\n"), "{told}");
    }

    async fn a_caller_has_one_import_which_ends_with_its_key(board) {
        let key = board.key("roles:write").await;
        let mut bulk = Bulk::of(&board).await;
        key.token.reveal().clone_into(&mut bulk.key);
        while bulk.get(&format!("/export{ALL}"), "").status == 401 {}
        let line = role_line(&draft("chef", "Chef")).to_string() + "\n";
        let mut stream = bulk.begin_import("", 2 * line.len());
        stream.write_all(line.as_bytes()).unwrap();
        let mut answer = Chunked::read(stream.try_clone().unwrap());
        let mut told = String::new();
        answer.body.read_line(&mut told).unwrap();
        assert_eq!(parsed(&told)["action"], "CREATED");
        assert_eq!(bulk.send("", "").status, 429);

        let operator = Principal::operator("test");
        board.keys().revoke_key(&operator, key.key.id).await.unwrap();
        // A running server knows of it within a second.
        while bulk.get("/graphql?query=%7B__typename%7D", "").status != 401 {}
        stream.write_all(line.as_bytes()).unwrap();
        let told = lines(answer);
        let [summary] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(summary["error"]["code"], "UNAUTHENTICATED");
        assert_eq!((&summary["created"], &summary["complete"]), (&json!(1), &json!(false)));
    }

    async fn a_body_that_stays_away_ends_an_import_and_what_was_told_stays(board) {
        let bulk = Bulk::with(&board, &["--import-patience", "300ms"]).await;
        let line = role_line(&draft("chef", "Chef")).to_string() + "\n";
        let mut stream = bulk.begin_import("", 2 * line.len());
        stream.write_all(line.as_bytes()).unwrap();
        let told = lines(Chunked::read(stream));
        assert_eq!(actions(&told), ["CREATED"]);
        assert_eq!(told[1]["error"]["code"], "TIMEOUT");
    }
}

/// The members of a document.
const MEMBERS: [&str; 25] = [
    "slug",
    "locale",
    "title",
    "state",
    "source",
    "translationGroup",
    "summary",
    "categories",
    "lastReviewedOn",
    "facts",
    "duties",
    "sections",
    "qualificationGroups",
    "coverLetter",
    "faqs",
    "salaries",
    "distributions",
    "alternateTitles",
    "skills",
    "relatedRoles",
    "codes",
    "outline",
    "site",
    "lastUpdatedLine",
    "categoryLink",
];
