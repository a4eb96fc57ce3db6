//! The contract with clients: `schema.graphql` is what the code exports.

use crate::workspace::{read, root};

#[expect(
    clippy::disallowed_methods,
    reason = "whoever changes the schema asks for the file to be written"
)]
fn rewrite() -> bool {
    std::env::var("UPDATE_SCHEMA").is_ok_and(|value| value == "1")
}

#[test]
fn the_reviewed_schema_is_the_exported_one() {
    let exported = gateway::sdl();
    if rewrite() {
        std::fs::write(root().join("schema.graphql"), &exported).unwrap();
    }
    assert!(
        read("schema.graphql") == exported,
        "schema.graphql differs from the code: run `cargo run -- schema check` to see where, and \
         `UPDATE_SCHEMA=1 cargo test --package rolegraph-tests schema` to rewrite it"
    );
}

#[test]
fn the_schema_has_one_final_line_end_and_no_trailing_spaces() {
    let exported = gateway::sdl();
    assert!(exported.ends_with('\n') && !exported.ends_with("\n\n"));
    assert!(exported.lines().all(|line| line.trim_end() == line));
}
