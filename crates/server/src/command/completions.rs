//! `rolegraph completions`: what a shell needs to complete commands and flags.

use crate::Console;
use crate::cli::{Cli, CompletionsArguments};
use crate::failure::Outcome;

pub(super) fn execute(
    arguments: &CompletionsArguments,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Cli::definition(),
        "rolegraph",
        &mut script,
    );
    console.output.write_all(&script)?;
    Ok(Outcome::Done)
}
