//! `rolegraph documents`

use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::program::{Ended, Workplace};

const APOLLO: &str = include_str!("../../../ingest/fixtures/manifest/apollo.json");
const RELAY: &str = include_str!("../../../ingest/fixtures/manifest/relay.json");
const CODEGEN: &str = include_str!("../../../ingest/fixtures/manifest/codegen.json");

/// The ids of the three manifests, in order.
const IDS: [&str; 6] = [
    "0b805541087b10e630266e93e3540482551b24a067154e7261511f67c767a5f1",
    "2c3312655b9bfcf273be1a2303486c60",
    "46d7c87f41707c57b02eba0361d1d62e40500b27eae7a0152167b7c235c199a5",
    "c67eb92c15d1286a43a99a212efebafe5c88edd1",
    "dac9e854716493e1ba755a1bbae49049",
    "role-list/v1",
];

/// A folder with a manifest of each tool.
fn manifests() -> Workplace {
    let place = Workplace::new();
    place.write("apollo.json", APOLLO);
    place.write("relay.json", RELAY);
    place.write("codegen.json", CODEGEN);
    place
}

/// Runs `rolegraph documents` against a database.
fn documents(place: &Workplace, url: &str, arguments: &[&str]) -> Ended {
    let mut all = vec!["documents", "--database-url", url];
    all.extend(arguments);
    place.run(&all)
}

fn push_all(place: &Workplace, url: &str) -> Ended {
    let all = ["push", "apollo.json", "relay.json", "codegen.json"];
    documents(place, url, &all)
}

fn ids(place: &Workplace, url: &str) -> Vec<String> {
    let listed = documents(place, url, &["list", "--output", "json"]).json();
    let listed = listed.as_array().unwrap().iter();
    listed
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect()
}

/// The line of an error that ended the command with exit code 1.
fn failure(ended: &Ended) -> &str {
    assert_eq!(ended.code, 1, "{ended:?}");
    assert_eq!(ended.errors.lines().count(), 1, "{ended:?}");
    assert_eq!(ended.output, "", "{ended:?}");
    ended.errors.trim_end()
}

on_both_engines! {
    async fn manifests_of_every_tool_are_pushed_once(board) {
        let place = manifests();
        let pushed = push_all(&place, board.url());
        assert_eq!((pushed.code, pushed.output.as_str()), (0, "created: 6, unchanged: 0\n"));
        assert_eq!(ids(&place, board.url()), IDS);
        let again = push_all(&place, board.url());
        assert_eq!((again.code, again.output.as_str()), (0, "created: 0, unchanged: 6\n"));
    }

    async fn an_id_with_another_text_keeps_everything_out(board) {
        let place = manifests();
        documents(&place, board.url(), &["push", "relay.json"]);
        let id = IDS[1];
        place.write("changed.json", json!({ "new": "{ a: __typename }", id: "{ b: __typename }" }).to_string());
        let refused = documents(&place, board.url(), &["push", "apollo.json", "changed.json"]);
        assert_eq!(
            failure(&refused),
            format!(
                "rolegraph: nothing was stored: document {id} is already there with another text: \
                 an id never changes its text, push the new text under a new id"
            )
        );
        assert_eq!(ids(&place, board.url()), [IDS[1], IDS[4]]);
    }

    async fn the_list_is_for_people_or_for_programs(board) {
        let place = manifests();
        let empty = documents(&place, board.url(), &["list"]);
        assert_eq!((empty.code, empty.output.as_str()), (0, "trusted documents: 0\n"));
        assert_eq!(ids(&place, board.url()), [""; 0]);

        documents(&place, board.url(), &["push", "apollo.json"]);
        let listed = documents(&place, board.url(), &["list"]);
        let second = format!("role-list/v1{}      84 bytes  RoleList", " ".repeat(52));
        let lines: Vec<&str> = listed.output.lines().collect();
        assert_eq!(lines[0], format!("{}     149 bytes  RolePage", IDS[2]));
        assert_eq!(lines[1..], [second.as_str(), "trusted documents: 2"]);

        let data = documents(&place, board.url(), &["list", "--output", "json"]).json();
        let manifest: Value = serde_json::from_str(APOLLO).unwrap();
        let operation = &manifest["operations"][1];
        assert_eq!(
            data[1],
            json!({ "id": "role-list/v1", "name": "RoleList", "text": operation["body"] })
        );
    }

    async fn removed_documents_are_gone_and_unknown_ids_are_named(board) {
        let place = manifests();
        push_all(&place, board.url());
        let removed = documents(&place, board.url(), &["remove", IDS[0], IDS[5]]);
        assert_eq!((removed.code, removed.output.as_str()), (0, "removed: 2\n"));
        let again = documents(&place, board.url(), &["remove", IDS[0], IDS[1]]);
        assert_eq!((again.code, again.output.as_str()), (1, "removed: 1\n"));
        assert_eq!(
            again.errors,
            format!("rolegraph: no trusted document has the id {}\n", IDS[0])
        );
        assert_eq!(ids(&place, board.url()), IDS[2..5]);
    }
}

#[test]
fn a_broken_manifest_keeps_everything_out_and_names_file_and_place() {
    let place = manifests();
    let broken = APOLLO.replace("role-list/v1", "role list");
    place.write("broken.json", broken);
    let refused = place.run(&["documents", "push", "relay.json", "broken.json"]);
    let error = failure(&refused);
    let wanted = "rolegraph: nothing was stored: broken.json: operations[1]: \"role list\" is not \
                  the id of a document: expected 1 to 128 visible ASCII characters";
    assert!(error.starts_with(wanted), "{error}");
    assert!(!place.path("rolegraph.db").exists());
}

#[test]
fn two_manifests_cannot_give_one_id_two_texts() {
    let place = manifests();
    place.write(
        "other.json",
        json!({ IDS[1]: "{ b: __typename }" }).to_string(),
    );
    let refused = place.run(&["documents", "push", "relay.json", "other.json"]);
    let error = failure(&refused);
    assert!(
        error.contains(&format!("document {} is given twice", IDS[1])),
        "{error}"
    );
    assert!(place.run(&["documents", "list"]).output.ends_with(": 0\n"));
}

#[test]
fn a_manifest_that_cannot_be_read_is_named() {
    let refused = Workplace::new().run(&["documents", "push", "nowhere.json"]);
    let error = failure(&refused);
    assert!(
        error.starts_with("rolegraph: nothing was stored: cannot read nowhere.json: "),
        "{error}"
    );
}

#[test]
fn standard_input_is_a_manifest_like_any_other() {
    let place = Workplace::new();
    let pushed = place.run_with_input(&["documents", "push", "-"], RELAY);
    assert_eq!(pushed.output, "created: 2, unchanged: 0\n");
    let refused = place.run_with_input(&["documents", "push", "-"], "[]");
    let error = failure(&refused);
    assert!(
        error.starts_with("rolegraph: nothing was stored: -: invalid type"),
        "{error}"
    );
}

#[test]
fn commands_without_files_or_with_impossible_ids_are_wrong_usage() {
    let place = Workplace::new();
    let usages: [&[&str]; 4] = [
        &["documents"],
        &["documents", "push"],
        &["documents", "remove"],
        &["documents", "remove", "a b"],
    ];
    for arguments in usages {
        assert_eq!(place.run(arguments).code, 2, "{arguments:?}");
    }
}

#[test]
fn an_unusable_database_is_exit_code_78() {
    let place = manifests();
    let url = "sqlite://nowhere/x.db";
    for arguments in [&["push", "relay.json"][..], &["list"], &["remove", "a"]] {
        let refused = documents(&place, url, arguments);
        assert_eq!(
            (refused.code, refused.errors.lines().count()),
            (78, 1),
            "{refused:?}"
        );
    }
}

#[test]
fn the_variable_chooses_how_the_list_is_written() {
    let place = Workplace::new();
    let mut command = place.command(&["documents", "list"]);
    command.env("ROLEGRAPH_DOCUMENTS_OUTPUT", "json");
    assert_eq!(command.output().unwrap().stdout, b"[]\n");
}

#[test]
fn a_document_that_does_not_fit_the_schema_keeps_everything_out() {
    let place = manifests();
    place.write("other.json", json!({ "mine": "{ salaries }" }).to_string());
    let refused = place.run(&["documents", "push", "relay.json", "other.json"]);
    let error = failure(&refused);
    assert!(
        error.starts_with("rolegraph: nothing was stored: document mine: Unknown field"),
        "{error}"
    );
    assert!(place.run(&["documents", "list"]).output.ends_with(": 0\n"));
}
