//! `rolegraph schema`

use crate::program::Workplace;

#[test]
fn the_printed_schema_passes_the_check() {
    let place = Workplace::new();
    let printed = place.run(&["schema", "print"]);
    assert_eq!(printed.code, 0);
    place.write("schema.graphql", &printed.output);
    let checked = place.run(&["schema", "check"]);
    assert_eq!(
        (checked.code, checked.output.as_str()),
        (0, "schema.graphql is up to date\n")
    );
}

#[test]
fn a_changed_schema_fails_the_check_and_shows_where() {
    let place = Workplace::new();
    let printed = place.run(&["schema", "print"]).output;
    place.write(
        "old.graphql",
        printed.replacen("type Role ", "type Roll ", 1),
    );
    let checked = place.run(&["schema", "check", "old.graphql"]);
    assert_eq!(checked.code, 1);
    assert!(
        checked.output.contains("\n-type Roll "),
        "{}",
        checked.output
    );
    assert!(
        checked.output.contains("\n+type Role "),
        "{}",
        checked.output
    );
}

#[test]
fn a_schema_file_that_is_not_there_is_named() {
    let checked = Workplace::new().run(&["schema", "check", "nowhere.graphql"]);
    assert_eq!(checked.code, 1);
    assert!(
        checked
            .errors
            .starts_with("rolegraph: cannot read nowhere.graphql: ")
    );
}
