//! `rolegraph audit`

use serde_json::{Value, json};
use testkit::{TestBoard, draft, on_both_engines};

use crate::program::{Ended, Workplace};

/// Runs `rolegraph audit` against the database of a board.
fn audit(board: &TestBoard, arguments: &[&str]) -> Ended {
    let mut all = vec!["audit", "--database-url", board.url()];
    all.extend(arguments);
    Workplace::new().run(&all)
}

fn report(board: &TestBoard, arguments: &[&str]) -> (i32, Value) {
    let mut all = vec!["verify", "--output", "json"];
    all.extend(arguments);
    let ended = audit(board, &all);
    (ended.code, ended.json())
}

/// Takes the lock away that keeps the log as it is, as the owner of a database can.
async fn unlock(board: &TestBoard) {
    let statements: &[&str] = if board.url().starts_with("sqlite") {
        &[
            "DROP TRIGGER audit_keeps_rows",
            "DROP TRIGGER audit_keeps_values",
        ]
    } else {
        &["DROP TRIGGER audit_only_grows ON audit"]
    };
    for statement in statements {
        board.place().run(statement).await;
    }
}

on_both_engines! {
    async fn a_whole_log_is_verified_and_exported(board) {
        let empty = audit(&board, &["verify"]);
        assert_eq!((empty.code, empty.output), (0, format!("entries: 0\nhead: {}\n", "0".repeat(64))));
        board.store(&draft("chef", "Chef")).await;
        board.store(&draft("cook", "Cook")).await;
        let (code, whole) = report(&board, &[]);
        assert_eq!((code, &whole["damage"]), (0, &Value::Null));
        let exported = audit(&board, &["export"]);
        assert_eq!(exported.code, 0);
        let lines: Vec<Value> = exported.output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), usize::try_from(whole["entries"].as_u64().unwrap()).unwrap());
        assert_eq!(lines.last().unwrap()["hash"], whole["head"]);
        for pair in lines.windows(2) {
            assert_eq!(pair[1]["previous"], pair[0]["hash"]);
        }
        let rest = audit(&board, &["export", "--after", "2"]);
        let expected: Vec<&str> = exported.output.lines().skip(2).collect();
        assert_eq!(rest.output.lines().collect::<Vec<_>>(), expected);
        assert_eq!(report(&board, &["--head", whole["head"].as_str().unwrap()]).0, 0);
    }

    async fn damage_is_named_with_its_place_and_ends_with_1(board) {
        board.store(&draft("chef", "Chef")).await;
        let (_, whole) = report(&board, &[]);
        let head = whole["head"].as_str().unwrap().to_uppercase();
        unlock(&board).await;
        board.place().run("UPDATE audit SET actor = 'nobody' WHERE seq = 2").await;
        let (code, changed) = report(&board, &[]);
        assert_eq!(code, 1);
        assert_eq!(changed["damage"], json!({ "seq": 2, "problem": "entry 2 was changed: its hash is another one" }));
        let told = audit(&board, &["verify"]);
        assert_eq!(told.errors, "rolegraph: the audit log is damaged at entry 2: entry 2 was changed: its hash is another one\n");
        board.place().run("DELETE FROM audit WHERE seq > 1").await;
        board.place().run("DELETE FROM change WHERE seq > 1").await;
        assert_eq!(report(&board, &[]).0, 0);
        let (code, cut) = report(&board, &["--head", &head]);
        assert_eq!((code, &cut["damage"]["seq"]), (1, &json!(2)));
    }
}

#[test]
fn what_is_no_hash_is_wrong_usage() {
    let ended = Workplace::new().run(&["audit", "verify", "--head", "abc"]);
    assert_eq!(ended.code, 2);
    assert!(
        ended.errors.contains("expected 64 hexadecimal digits"),
        "{}",
        ended.errors
    );
}
