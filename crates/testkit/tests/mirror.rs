//! A short run of the program that kills a copy, on both engines.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use std::process::Command;

use testkit::{Engine, has_tool};

fn mirror(engine: &str) {
    if !has_tool("python3") {
        return;
    }
    let run = Command::new(env!("CARGO_BIN_EXE_mirror"))
        .args(["--engine", engine, "--kills", "10", "--writes", "300"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success() && said.ends_with("equal\n"),
        "{said}{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

#[test]
fn a_copy_of_a_file_outlives_its_keeper() {
    mirror("sqlite");
}

#[test]
fn a_copy_of_a_server_outlives_its_keeper() {
    if Engine::Postgres.available() {
        mirror("postgres");
    }
}
