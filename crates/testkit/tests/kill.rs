//! A short run of the program that kills writers, on both engines.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use std::process::Command;

use testkit::Engine;

fn kill(engine: &str, kills: u32) {
    let run = Command::new(env!("CARGO_BIN_EXE_kill"))
        .args(["--engine", engine, "--kills", &kills.to_string()])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success() && said.ends_with("sound\n"),
        "{said}{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

#[test]
fn what_was_acknowledged_outlives_the_writer_of_a_file() {
    kill("sqlite", 6);
}

#[test]
fn what_was_acknowledged_outlives_the_client_of_a_server() {
    if Engine::Postgres.available() {
        kill("postgres", 3);
    }
}

#[test]
fn what_was_acknowledged_outlives_the_server() {
    if Engine::Postgres.available() {
        kill("postgres-server", 2);
    }
}
