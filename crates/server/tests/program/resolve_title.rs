//! `rolegraph resolve-title`

use domain::role::{RoleTitle, TitleKind};
use serde_json::{Value, json};
use testkit::{TestBoard, draft, on_both_engines};

use crate::program::{Ended, Workplace};

/// Two roles, one of which has another name.
async fn store(board: &TestBoard) {
    let mut chef = draft("chef", "Chef");
    chef.titles = vec![RoleTitle::new("Kitchen Manager", TitleKind::Alternate)];
    board.store(&chef).await;
    board.store(&draft("plumber", "Plumber")).await;
}

fn resolve(board: &TestBoard, input: &str, arguments: &[&str]) -> Ended {
    let all = ["resolve-title", "--database-url", board.url()];
    Workplace::new().run_with_input(&[&all, arguments].concat(), input)
}

/// Runs the program over a file of this content, which it refuses.
fn refused(content: &[u8]) -> Ended {
    let place = Workplace::new();
    place.write("titles.txt", content);
    let ended = place.run(&["resolve-title", "titles.txt"]);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert_eq!(ended.errors.lines().count(), 1, "{ended:?}");
    ended
}

on_both_engines! {
    async fn every_title_gets_its_roles_in_lines_for_people(board) {
        store(&board).await;
        let ended = resolve(&board, "Senior Chefs\r\n\nkitchen manager\nAstronaut", &["-"]);
        assert_eq!(ended.code, 0, "{ended:?}");
        let lines: Vec<&str> = ended.output.lines().collect();
        assert_eq!(lines[0], "Senior Chefs");
        assert!(lines[1].contains("  chef  NORMALISED_TITLE  \"Chef\"  ("), "{ended:?}");
        assert_eq!(lines[2], "kitchen manager");
        assert_eq!(
            lines[3],
            "  1.00  chef  EXACT_ALTERNATE  \"Kitchen Manager\"  (The title is written like the name.)"
        );
        assert_eq!(lines[4..], ["Astronaut", "  no role"]);
    }

    async fn programs_get_an_array(board) {
        store(&board).await;
        let ended = resolve(&board, "Plumber\nAstronaut\n", &["-", "--output", "json"]);
        let answers = ended.json();
        assert_eq!(answers[1], json!({ "title": "Astronaut", "matches": [] }));
        let found = &answers[0]["matches"][0];
        let confidence = found["confidence"].as_f64().unwrap();
        assert!(confidence > 0.9 && confidence <= 1.0, "{confidence}");
        assert_eq!(
            answers[0],
            json!({ "title": "Plumber", "matches": [{
                "slug": "plumber",
                "title": "Plumber",
                "matchedTitle": "Plumber",
                "kind": "EXACT_TITLE",
                "confidence": confidence,
                "reasons": ["The title is written like the name."],
            }] })
        );
        let empty = resolve(&board, "\n", &["-", "--output", "json"]);
        assert_eq!((empty.code, empty.json()), (0, json!([])));
    }

    async fn more_titles_than_are_looked_up_at_once_are_answered_in_order(board) {
        store(&board).await;
        let titles: Vec<String> = (0..250).map(|number| format!("Plumber {number}")).collect();
        let ended = resolve(&board, &titles.join("\n"), &["-", "--output", "json"]);
        let answers = ended.json();
        let given = |answer: &Value| answer["title"].as_str().unwrap().to_owned();
        let answered: Vec<String> = answers.as_array().unwrap().iter().map(given).collect();
        assert_eq!(answered, titles);
    }
}

#[test]
fn a_limit_bounds_the_roles_of_each_title() {
    let place = Workplace::new();
    place.write("titles.txt", "Engineer\n");
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/roles");
    assert_eq!(place.run(&["import", demo]).code, 0);
    let number = |limit: &str| {
        let arguments = [
            "resolve-title",
            "titles.txt",
            "--output",
            "json",
            "--limit",
            limit,
        ];
        place.run(&arguments).json()[0]["matches"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(number("1"), 1);
    assert!(number("20") > 1);
}

#[test]
fn what_is_no_title_is_named_with_file_and_line() {
    let long = format!("Chef\n\n{}\n", "x".repeat(201));
    assert_eq!(
        refused(long.as_bytes()).errors,
        "rolegraph: titles.txt:3: the title has more than 200 characters\n"
    );
    assert_eq!(
        refused(b"Chef\nCaf\xe9\n").errors,
        "rolegraph: titles.txt:2: the line is not written in UTF-8\n"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_no_database_is_made() {
    let place = Workplace::new();
    let ended = place.run(&["resolve-title", "nowhere.txt"]);
    assert_eq!(ended.code, 1);
    let wanted = "rolegraph: cannot read nowhere.txt: ";
    assert!(ended.errors.starts_with(wanted), "{ended:?}");
    assert!(!place.path("rolegraph.db").exists());
}

#[test]
fn commands_without_a_file_or_with_an_impossible_limit_are_wrong_usage() {
    let place = Workplace::new();
    let usages: [&[&str]; 3] = [
        &["resolve-title"],
        &["resolve-title", "-", "--limit", "0"],
        &["resolve-title", "-", "--limit", "21"],
    ];
    for arguments in usages {
        assert_eq!(place.run(arguments).code, 2, "{arguments:?}");
    }
}
