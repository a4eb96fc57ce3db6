//! The program `rolegraph`: wires the other crates together and gives them a command line.
//!
//! It holds no rule of the catalogue and writes only through the streams of its [`Console`].
//! Start with [`run`], then `cli` for what can be asked and `command` for what happens.

mod access;
mod banner;
mod catalogue;
mod cli;
mod clock;
mod command;
mod console;
mod demo;
mod failure;
mod log;
mod settings;
#[cfg(feature = "otlp")]
mod traces;
mod upkeep;

use std::ffi::OsString;

use anyhow::Context as _;

use cli::{Cli, Command};
pub use console::Console;
use failure::Outcome;

/// Runs one command and returns the exit code: 0 all done, 1 something failed or was rejected,
/// 2 wrong usage, 78 settings, version gate or database file unusable.
pub fn run(arguments: impl IntoIterator<Item = OsString>, console: &mut Console<'_>) -> u8 {
    let ended = match Cli::of_arguments(arguments) {
        Ok(cli) => execute(cli, console),
        Err(message) => return failure::usage(&message, console),
    };
    match ended {
        Ok(outcome) => outcome.exit_code(),
        Err(error) => failure::report(&error, console),
    }
}

fn execute(cli: Cli, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let settings = settings::load(&cli)?;
    let serves = matches!(cli.command, Command::Serve(_));
    // Declared before the runtime: it ends after everything that is measured.
    let _log = log::start(&settings, console.interactive, serves)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the asynchronous runtime")?;
    runtime.block_on(command::execute(cli.command, settings, console))
}
