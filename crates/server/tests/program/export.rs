//! `rolegraph export`

use testkit::{draft, on_both_engines, shared_file};

use crate::program::{Workplace, file_names};

/// The folder of the demo documents.
const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/roles");

#[test]
fn the_demo_catalogue_survives_import_and_export_byte_for_byte() {
    let place = Workplace::new();
    let imported = place.run(&["import", DEMO]);
    assert_eq!(imported.code, 0, "{}", imported.output);
    let exported = place.run(&["export", "--out", "out"]);
    assert_eq!(exported.code, 0, "{}", exported.errors);
    let names = file_names(DEMO.as_ref());
    assert_eq!(file_names(&place.path("out")), names);
    for name in names {
        let [old, new] = [DEMO.as_ref(), place.path("out").as_path()]
            .map(|folder| std::fs::read_to_string(folder.join(&name)).unwrap());
        assert_eq!(new, old, "{name}");
    }
    let again = place.run(&["import", "out", "--output", "json"]).json();
    assert_eq!(again["unchanged"], file_names(DEMO.as_ref()).len());
}

#[test]
fn a_page_survives_import_and_export_apart_from_white_space() {
    let Some(seed) = shared_file("data/seed/python-software-developer.txt") else {
        return;
    };
    let place = Workplace::new();
    assert_eq!(place.run(&["import", seed.to_str().unwrap()]).code, 0);
    let exported = place.run(&["export", "python-software-developer", "--format", "page"]);
    assert_eq!(exported.code, 0, "{}", exported.errors);
    let words = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        words(&exported.output),
        words(&std::fs::read_to_string(seed).unwrap())
    );
}

#[test]
fn the_whole_catalogue_is_written_as_lines_to_the_output_or_a_file() {
    let place = Workplace::new();
    place.run(&["import", DEMO]);
    let printed = place.run(&["export", "--format", "ndjson"]);
    assert_eq!(printed.code, 0, "{}", printed.errors);
    let lines: Vec<&str> = printed.output.lines().collect();
    assert!(lines[0].starts_with(r#"{"type":"header","format":"rolegraph","formatVersion":1,"#));
    let roles = lines
        .iter()
        .filter(|line| line.starts_with(r#"{"type":"role","#));
    assert_eq!(roles.count(), file_names(DEMO.as_ref()).len());
    assert!(lines[lines.len() - 1].starts_with(r#"{"type":"trailer","#));

    place.run(&["export", "--format", "ndjson", "--out", "all.ndjson"]);
    let written = std::fs::read_to_string(place.path("all.ndjson")).unwrap();
    assert_eq!(written, printed.output);
    assert_eq!(place.run(&["export", "chef", "--format", "ndjson"]).code, 2);
}

#[test]
fn an_unknown_slug_fails_and_the_others_are_written() {
    let place = Workplace::new();
    place.run(&["import", DEMO]);
    let ended = place.run(&["export", "chef", "no-such-role", "plumber", "--out", "out"]);
    assert_eq!(ended.code, 1);
    assert_eq!(
        ended.errors,
        "rolegraph: no role has the slug \"no-such-role\"\n"
    );
    assert_eq!(file_names(&place.path("out")), ["chef.md", "plumber.md"]);
    let single = place.run(&["export", "no-such-role"]);
    assert_eq!((single.code, single.output.as_str()), (1, ""));
}

on_both_engines! {
    async fn roles_in_any_state_and_language_are_exported(board) {
        let mut hidden = draft("hidden", "Hidden");
        hidden.state = domain::role::PublicationState::Draft;
        let mut german = draft("koch", "Koch");
        german.locale = domain::Locale::parse("de").unwrap();
        board.store(&hidden).await;
        board.store(&german).await;
        let place = Workplace::new();
        let ended = place.run(&["export", "--out", "out", "--format", "page", "--database-url", board.url()]);
        assert_eq!(ended.output, "roles written to out: 2\n");
        assert_eq!(file_names(&place.path("out")), ["hidden.txt", "koch.de.txt"]);
    }
}
