//! `rolegraph import`

use serde_json::{Value, json};
use testkit::shared_file;

use crate::program::{Ended, Workplace};

const PAGE: &str = "Example Jobs\n\nKitchen\nChef\n\nChefs cook for guests and lead the kitchen.\n\n\
                    Duties\n\n• Cook\n• Lead the kitchen\n";

/// A folder with one good document and three that cannot be used.
fn mixed() -> Workplace {
    let place = Workplace::new();
    place.write("in/chef.txt", PAGE);
    place.write("in/empty.txt", "");
    place.write(
        "in/photo.txt",
        [0x89, b'P', b'N', b'G', 0, 1, 2, 0xff, 0xfe],
    );
    place.write(
        "in/latin.txt",
        b"Caf\xe9\n\nCaf\xe9 owners run a caf\xe9.\n",
    );
    place.write("in/.hidden.txt", "");
    place
}

fn slugs(place: &Workplace) -> Vec<String> {
    let ended = place.run(&["export", "--out", "slugs"]);
    assert_eq!(ended.code, 0, "{}", ended.errors);
    crate::program::file_names(&place.path("slugs"))
}

fn codes(ended: &Ended) -> Vec<(String, String)> {
    let report = ended.json();
    let findings = report["findings"].as_array().unwrap().iter();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let rejected = [
        "EMPTY_DOCUMENT",
        "INVALID_ENCODING",
        "UNREADABLE",
        "DUPLICATE_DOCUMENT",
    ];
    findings
        .map(|finding| (text(finding, "file"), text(finding, "code")))
        .filter(|(_, code)| rejected.contains(&code.as_str()))
        .collect()
}

#[test]
fn a_rejected_document_keeps_all_others_out() {
    let place = mixed();
    let ended = place.run(&["import", "in", "--output", "json"]);
    assert_eq!(ended.code, 1);
    let problem = |file: &str, code: &str| (file.to_owned(), code.to_owned());
    assert_eq!(
        codes(&ended),
        [
            problem("in/empty.txt", "EMPTY_DOCUMENT"),
            problem("in/latin.txt", "INVALID_ENCODING"),
            problem("in/photo.txt", "INVALID_ENCODING"),
        ]
    );
    assert_eq!(ended.json()["created"], 0);
    assert!(slugs(&place).is_empty());
}

#[test]
fn rejected_documents_can_be_skipped() {
    let place = mixed();
    let ended = place.run(&["import", "in", "--on-error", "skip", "--output", "json"]);
    assert_eq!(ended.code, 1);
    let report = ended.json();
    assert_eq!(
        [&report["created"], &report["rejected"]],
        [&json!(1), &json!(3)]
    );
    assert_eq!(slugs(&place), ["chef.md"]);
}

#[test]
fn the_text_report_names_every_problem_with_file_and_code() {
    let ended = mixed().run(&["import", "in"]);
    assert_eq!(ended.code, 1);
    for (file, code) in [
        ("in/empty.txt", "EMPTY_DOCUMENT"),
        ("in/latin.txt", "INVALID_ENCODING"),
        ("in/photo.txt", "INVALID_ENCODING"),
    ] {
        let named = |line: &str| line.contains(file) && line.contains(code);
        assert!(ended.output.lines().any(named), "{file}: {}", ended.output);
    }
}

#[test]
fn the_same_document_again_is_unchanged() {
    let place = Workplace::new();
    place.write("chef.txt", PAGE);
    let [first, second] = [0, 1].map(|_| place.run(&["import", "chef.txt", "--output", "json"]));
    assert_eq!((first.code, second.code), (0, 0));
    assert_eq!(first.json()["created"], 1);
    assert_eq!(second.json()["unchanged"], 1);
}

#[test]
fn the_seed_page_is_created_once() {
    let Some(seed) = shared_file("data/seed/python-software-developer.txt") else {
        return;
    };
    let place = Workplace::new();
    let import = || {
        place
            .run(&["import", seed.to_str().unwrap(), "--output", "json"])
            .json()
    };
    assert_eq!(import()["created"], 1);
    let again = import();
    assert_eq!(again["unchanged"], 1);
    assert_eq!(again["documents"][0]["slug"], "python-software-developer");
}

#[test]
fn standard_input_is_a_document_like_any_other() {
    let place = Workplace::new();
    let ended = place.run_with_input(&["import", "-", "--output", "json"], PAGE);
    assert_eq!(ended.code, 0, "{}", ended.output);
    assert_eq!(ended.json()["documents"][0]["file"], "-");
    assert_eq!(slugs(&place), ["chef.md"]);
}

#[test]
fn a_dry_run_reports_and_stores_nothing() {
    let place = Workplace::new();
    let ended = place.run_with_input(&["import", "-", "--dry-run", "--output", "json"], PAGE);
    assert_eq!((ended.code, &ended.json()["created"]), (0, &json!(1)));
    assert!(slugs(&place).is_empty());
}

#[test]
fn drafts_are_stored_out_of_sight() {
    let place = Workplace::new();
    assert_eq!(
        place.run_with_input(&["import", "-", "--draft"], PAGE).code,
        0
    );
    let server = place.serve(&[]);
    let answer = server.ask("{ roles { totalCount { value } } }");
    assert_eq!(answer["data"]["roles"]["totalCount"]["value"], 0);
    assert_eq!(slugs(&place), ["chef.md"]);
}

#[test]
fn warnings_reject_when_the_import_is_strict() {
    let place = Workplace::new();
    let only_a_title = "Chef\n";
    let lenient = place.run_with_input(&["import", "-", "--dry-run"], only_a_title);
    assert_eq!(lenient.code, 0, "{}", lenient.output);
    let strict = place.run_with_input(&["import", "-", "--strict"], only_a_title);
    assert_eq!(strict.code, 1, "{}", strict.output);
    assert!(slugs(&place).is_empty());
}

#[test]
fn a_path_that_is_not_there_is_a_rejection() {
    let place = Workplace::new();
    let ended = place.run(&["import", "nowhere.txt", "--output", "json"]);
    assert_eq!(ended.code, 1);
    assert_eq!(
        codes(&ended),
        [("nowhere.txt".to_owned(), "UNREADABLE".to_owned())]
    );
}

#[test]
fn folders_are_read_recursively_in_the_order_of_their_paths() {
    let place = Workplace::new();
    let page = |title: &str| PAGE.replace("Chef\n", &format!("{title}\n"));
    place.write("in/b.txt", page("Baker"));
    place.write("in/a/z.txt", page("Waiter"));
    place.write("in/.git/x.txt", page("Hidden"));
    let ended = place.run(&["import", "in", "--output", "json"]);
    assert_eq!(ended.code, 0, "{}", ended.output);
    let report = ended.json();
    let files = report["documents"].as_array().unwrap().iter();
    let files: Vec<_> = files
        .map(|document| document["file"].as_str().unwrap())
        .collect();
    assert_eq!(files, ["in/a/z.txt", "in/b.txt"]);
}
