//! Programs of the machine that some tests run.

use std::process::{Command, Stdio};

use crate::engine::in_ci;

/// Whether tests can run a program here.
///
/// Says loudly when they cannot, and panics when that must not happen: under `CI=true`.
#[must_use]
pub fn has_tool(program: &str) -> bool {
    let found = Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !found {
        eprintln!("SKIPPED: no test runs {program} here: there is none");
        assert!(!in_ci(), "{program} is missing under CI=true");
    }
    found
}
