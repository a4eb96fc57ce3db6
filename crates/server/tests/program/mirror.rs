//! The clients of `docs/examples`, which keep copies, against the program.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use app::{RoleWrite, StoreOptions};
use domain::read::FeedPlace;
use domain::role::{Faq, PublicationState};
use serde_json::Value;
use testkit::{Copied, TestBoard, draft, example, has_tool, on_both_engines, texts, whole_copy};

use crate::program::{Server, Workplace, file_names, request_head};

/// A client and how its copy is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Client {
    Python,
    Shell,
    TypeScript,
}

impl Client {
    /// Whether the machine can run it.
    fn is_there(self) -> bool {
        match self {
            Self::Python => has_tool("python3"),
            Self::Shell => has_tool("curl") && has_tool("jq"),
            Self::TypeScript => has_tool("node") && has_tool(&tool("tsc").display().to_string()),
        }
    }

    /// What runs it, until the copy has everything up to `last`.
    fn command(self, place: &Workplace, address: &str, last: FeedPlace) -> Command {
        let copy = place.path("copy").display().to_string();
        let (program, script, more) = match self {
            Self::Python => ("python3", example("mirror.py"), "--once".to_owned()),
            Self::Shell => ("sh", example("sync.sh"), String::new()),
            Self::TypeScript => ("node", compiled(place), last.to_string()),
        };
        let mut command = Command::new(program);
        command.arg(script).args([address, &copy]);
        command.args(Some(more).filter(|more| !more.is_empty()));
        command
    }

    async fn copied(self, place: &Workplace) -> Copied {
        let copy = place.path("copy");
        match self {
            Self::Python => rows(&copy).await,
            Self::Shell => files(&copy),
            Self::TypeScript => log(&copy),
        }
    }
}

/// A tool that is installed beside the audit.
fn tool(name: &str) -> PathBuf {
    let audit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/http");
    audit.join("node_modules/.bin").join(name)
}

/// The client in TypeScript as JavaScript; it has to be sound.
fn compiled(place: &Workplace) -> PathBuf {
    let script = place.path("mirror.js");
    if script.exists() {
        return script;
    }
    let types = tool("").join("../@types").display().to_string();
    let out = place.path("").display().to_string();
    let compiled = Command::new(tool("tsc"))
        .arg("--project")
        .arg(example("tsconfig.json"))
        .args(["--typeRoots", &types, "--outDir", &out])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&compiled.stdout);
    assert!(compiled.status.success(), "{said}");
    script
}

async fn rows(copy: &Path) -> Copied {
    let select = |kind: &str| format!("SELECT '{kind} ' || id || ' ' || content FROM {kind}");
    let all = ["role", "category", "skill"]
        .map(select)
        .join(" UNION ALL ");
    let rows = texts(&format!("sqlite://{}", copy.display()), &all).await;
    let rows = rows.iter().map(|row| {
        let (kind, rest) = row.split_once(' ').unwrap();
        let (id, content) = rest.split_once(' ').unwrap();
        let content = serde_json::from_str(content).unwrap();
        ((kind.to_owned(), id.to_owned()), content)
    });
    rows.collect()
}

fn files(copy: &Path) -> Copied {
    let mut copied = Copied::new();
    for kind in ["role", "category", "skill"] {
        for name in file_names(&copy.join(kind)) {
            let content = std::fs::read(copy.join(kind).join(&name)).unwrap();
            let id = name.strip_suffix(".json").unwrap().to_owned();
            copied.insert(
                (kind.to_owned(), id),
                serde_json::from_slice(&content).unwrap(),
            );
        }
    }
    copied
}

fn log(copy: &Path) -> Copied {
    let mut copied = Copied::new();
    for line in std::fs::read_to_string(copy).unwrap().lines() {
        let mut entry: Value = serde_json::from_str(line).unwrap();
        let content = entry["content"].take();
        let word = |name: &str| entry[name].as_str().map(str::to_owned);
        let Some(about) = word("kind").zip(word("id")) else {
            continue;
        };
        if content.is_null() {
            copied.remove(&about);
        } else {
            copied.insert(about, content);
        }
    }
    copied
}

/// Waits until the server knows of what was written beside it.
fn reach(server: &Server, last: FeedPlace) {
    let body = r#"{"query": "{ __typename }"}"#;
    let version = format!("Rolegraph-Min-Version: {}\r\n", last.0);
    let mut answer = String::new();
    while !answer.starts_with("HTTP/1.1 200") {
        let mut stream = server.connect();
        let request = request_head(body, &version) + body;
        stream.write_all(request.as_bytes()).unwrap();
        answer = std::io::read_to_string(stream).unwrap();
    }
}

/// Roles that come, change and go, in every way that a copy has to tell apart.
async fn write(board: &TestBoard, round: usize) {
    for number in 0..4 {
        let mut role = draft(&format!("role-{number}"), &format!("Role {number}"));
        role.summary = Some(format!(
            "As of round {round}: “quotes”, \\ and\ttabs.\n\nMore."
        ));
        if (number + round).is_multiple_of(3) {
            role.state = PublicationState::Draft;
        }
        role.faqs.push(Faq {
            question: format!("Round {round}?"),
            answer: "Yes.\nAnd more.".to_owned(),
        });
        board.store(&role).await;
    }
    let gone = board.store(&draft(&format!("gone-{round}"), "Gone")).await;
    board.store(&draft(&format!("kept-{round}"), "Kept")).await;
    if round > 0 {
        let delete = RoleWrite::Delete {
            role: gone.id,
            expected: None,
        };
        let (writes, options) = ([delete], StoreOptions::new("test"));
        let deleted = board.catalogue().write_roles(&writes, options, None);
        deleted.await.unwrap();
    }
}

/// Lets a copy begin, go on, and begin anew when the changes that it missed are not kept any more.
async fn mirror(board: TestBoard, client: Client) {
    if !client.is_there() {
        return;
    }
    let key = board.key("changes:read").await.token.reveal().to_owned();
    let place = Workplace::new();
    let settings = [
        "--no-demo",
        "--rate-limit",
        "off",
        "--change-retention",
        "36500d",
    ];
    let server = place.serve(&[&["--database-url", board.url()], settings.as_slice()].concat());
    let address = format!("http://{}", server.address());
    for round in 0..4 {
        write(&board, round).await;
        if round == 2 {
            let kept = Duration::ZERO;
            board.clock().advance(60);
            board.catalogue().prune_changes(kept).await.unwrap();
        }
        let reads = board.database().reads();
        let last = FeedPlace(reads.catalogue_version().await.unwrap());
        reach(&server, last);
        let mut command = client.command(&place, &address, last);
        command.env("ROLEGRAPH_KEY", &key);
        let ended = tokio::task::spawn_blocking(move || command.output());
        let ended = ended.await.unwrap().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "round {round}: {said}");
        let wanted = whole_copy(board.database()).await;
        assert_eq!(client.copied(&place).await, wanted, "round {round}: {said}");
    }
}

on_both_engines! {
    async fn the_client_in_python_keeps_a_copy(board) {
        mirror(board, Client::Python).await;
    }

    async fn the_client_of_curl_keeps_a_copy(board) {
        mirror(board, Client::Shell).await;
    }

    async fn the_client_in_typescript_keeps_a_copy(board) {
        mirror(board, Client::TypeScript).await;
    }
}
