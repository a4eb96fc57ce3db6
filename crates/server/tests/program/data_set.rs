//! `rolegraph import` of data sets and of whole catalogues.

use serde_json::Value;

use crate::program::{Ended, Workplace};

const OCCUPATIONS: &str = "O*NET-SOC Code\tTitle\tDescription\r\n\
                           15-1299.01\tLighthouse Programmers\tKeep lighthouses running.\r\n\
                           15-1299.02\tBuoy Counters\tCount buoys.\r\n";
const TASKS: &str = "O*NET-SOC Code\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\t\
                     Domain Source\r\n\
                     15-1299.01\t901\tWrite programs for lamps.\tCore\t31\t08/2023\tIncumbent\r\n";

fn release() -> Workplace {
    let place = Workplace::new();
    place.write("onet/Occupation Data.txt", OCCUPATIONS);
    place.write("onet/Task Statements.txt", TASKS);
    place
}

fn import(place: &Workplace, more: &[&str]) -> Ended {
    let usual = ["import", "--format", "onet", "--release", "29.3", "onet"];
    place.run(&[&usual, more].concat())
}

/// The documents of all roles, in the order of an export.
fn documents(lines: &str) -> Vec<(Value, Value)> {
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let roles = lines.filter(|line| line["type"] == "role");
    roles
        .map(|mut role| (role["document"].take(), role["contentHash"].take()))
        .collect()
}

#[test]
fn a_release_is_reported_table_by_table() {
    let place = release();
    let told = import(&place, &["--dry-run", "--output", "json"]).json();
    assert_eq!(
        (&told["created"], &told["release"]),
        (&Value::from(2), &Value::from("29.3"))
    );
    let tables = told["tables"].as_array().unwrap();
    let names: Vec<_> = tables
        .iter()
        .map(|table| table["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Occupation Data.txt", "Task Statements.txt"]);
    let first = import(&place, &["--output", "json"]);
    assert_eq!((first.code, first.json()), (0, told));
    let again = import(&place, &[]);
    assert!(
        again
            .output
            .contains("0 created, 0 updated, 0 refreshed, 2 unchanged")
    );
}

#[test]
fn a_release_without_a_name_is_imported_and_credited_without_a_number() {
    let place = release();
    let ended = place.run(&["import", "--format", "onet", "onet"]);
    assert_eq!(ended.code, 0, "{}", ended.output);
    let listed = place.run(&["sources", "list", "--output", "json"]).json();
    let credit = listed["sources"][0]["attribution"].as_str().unwrap();
    assert!(credit.contains("the O*NET Database by"), "{credit}");
}

#[test]
fn what_an_import_would_ignore_is_refused() {
    let place = release();
    assert_eq!(import(&place, &["--strict"]).code, 2);
    assert_eq!(import(&place, &["another"]).code, 2);
}

#[test]
fn files_are_written_again_byte_for_byte() {
    let place = release();
    place.write(
        "onet/Scales Reference.txt",
        "Scale ID\tScale Name\tMinimum\tMaximum\nIM\tImportance\t1\t5",
    );
    assert_eq!(
        place
            .run(&["sources", "export", "onet", "--out", "again"])
            .code,
        2
    );
    assert_eq!(import(&place, &[]).code, 0);
    let ended = place.run(&["sources", "export", "onet", "--out", "again"]);
    assert_eq!(ended.code, 0, "{}", ended.errors);
    let names = crate::program::file_names(&place.path("again"));
    assert_eq!(
        names,
        [
            "Occupation Data.txt",
            "Scales Reference.txt",
            "Task Statements.txt"
        ]
    );
    for name in names {
        let read = |folder: &str| std::fs::read(place.path(folder).join(&name)).unwrap();
        assert_eq!(read("again"), read("onet"), "{name}");
    }
    let listed = place.run(&["sources", "list", "--output", "json"]).json();
    assert_eq!(listed["sources"][0]["roles"], 2);
    assert_eq!(listed["imports"][0]["release"], "29.3");
    assert!(listed["imports"][0]["finishedAt"].is_string());
}

#[test]
fn a_row_that_cannot_be_read_is_named_and_keeps_everything_out() {
    let place = release();
    place.write(
        "onet/Task Statements.txt",
        TASKS.replace("08/2023", "08/23"),
    );
    let ended = import(&place, &[]);
    assert_eq!(ended.code, 1);
    let wanted = "Task Statements.txt:2 \"Date\": rejected";
    assert!(ended.output.contains(wanted), "{}", ended.output);
    let exported = place.run(&["export", "--format", "ndjson"]);
    assert!(documents(&exported.output).is_empty());
}

#[test]
fn columns_may_be_called_otherwise_when_a_mapping_says_so() {
    let place = release();
    place.write(
        "onet/Task Statements.txt",
        TASKS.replace("\tTask\t", "\tWhat they do\t"),
    );
    assert_eq!(import(&place, &[]).code, 1);
    place.write(
        "map.toml",
        "[\"Task Statements\"]\n\"What they do\" = \"Task\"\n",
    );
    let ended = import(&place, &["--map", "map.toml"]);
    assert_eq!(ended.code, 0, "{}", ended.output);
}

#[test]
fn an_exported_catalogue_is_the_same_when_it_is_imported() {
    let place = release();
    assert_eq!(import(&place, &[]).code, 0);
    let whole = ["export", "--format", "ndjson", "--out", "whole.ndjson"];
    assert_eq!(place.run(&whole).code, 0);
    let whole = std::fs::read_to_string(place.path("whole.ndjson")).unwrap();
    let other = Workplace::new();
    let ended = other.run_with_input(&["import", "--format", "ndjson", "-"], &whole);
    assert_eq!(ended.code, 0, "{}", ended.errors);
    assert!(
        ended
            .output
            .ends_with("2 created, 0 updated, 0 unchanged, 4 skipped, 0 refused\n"),
        "{}",
        ended.output
    );
    let copy = other.run(&["export", "--format", "ndjson"]);
    assert_eq!(documents(&copy.output), documents(&whole));
    let again = other.run_with_input(&["import", "--format", "ndjson", "-"], &whole);
    assert!(
        again.output.contains("0 created, 0 updated, 2 unchanged"),
        "{}",
        again.output
    );
}

#[test]
fn a_line_that_is_no_role_ends_an_import_unless_it_is_skipped() {
    let place = Workplace::new();
    let role = r#"{"type":"role","document":{"slug":"chef","title":"Chef","state":"PUBLISHED"}}"#;
    let lines = format!("{{\"type\":\n{role}\n");
    let arguments = ["import", "--format", "ndjson", "-", "--output", "json"];
    let ended = place.run_with_input(&arguments, &lines);
    assert_eq!(ended.code, 1);
    assert_eq!(ended.output.lines().count(), 2, "{}", ended.output);
    let skip = [&arguments[..], &["--on-error", "skip"]].concat();
    let ended = place.run_with_input(&skip, &lines);
    assert_eq!(ended.code, 1);
    assert!(ended.output.contains("\"created\":1"), "{}", ended.output);
}
