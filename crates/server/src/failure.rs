//! How commands end, and the line that says why.

use std::io::{self, ErrorKind};

use crate::Console;

/// A command that came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was done.
    Done,
    /// Something failed or was rejected, and the output says what.
    Failed,
}

impl Outcome {
    /// `Done` when nothing is wrong.
    pub(crate) const fn of(all_done: bool) -> Self {
        if all_done { Self::Done } else { Self::Failed }
    }

    /// The exit code of the process.
    pub(crate) const fn exit_code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
        }
    }
}

const WRONG_USAGE: u8 = 2;
const UNUSABLE: u8 = 78;

/// Marks an error that no repetition of the command heals: the exit code is 78.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(crate) enum Unusable {
    /// A settings file or a value in it.
    #[error("the settings cannot be used")]
    Settings,
    /// The database file, its address or its version.
    #[error("the database cannot be used")]
    Database,
}

/// Arguments that are well formed but make no sense together: the exit code is 2.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct WrongUsage(pub(crate) String);

/// Prints the error with its causes in one line and returns the exit code.
pub(crate) fn report(error: &anyhow::Error, console: &mut Console<'_>) -> u8 {
    if reader_went_away(error) {
        return Outcome::Failed.exit_code();
    }
    // Nobody is left to tell when standard error is closed, too.
    let _ = writeln!(console.errors, "rolegraph: {}", one_line(error));
    if error.is::<WrongUsage>() {
        WRONG_USAGE
    } else if error.is::<Unusable>() {
        UNUSABLE
    } else {
        Outcome::Failed.exit_code()
    }
}

/// Prints what the argument parser has to say: help and version are no errors.
pub(crate) fn usage(message: &clap::Error, console: &mut Console<'_>) -> u8 {
    let text = message.render();
    let written = if message.use_stderr() {
        write!(console.errors, "{text}")
    } else {
        write!(console.output, "{text}")
    };
    match written {
        Ok(()) if message.use_stderr() => WRONG_USAGE,
        Ok(()) => Outcome::Done.exit_code(),
        Err(_closed) => Outcome::Failed.exit_code(),
    }
}

/// The error and its causes; causes that an outer text already quotes are left out.
pub(crate) fn one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain().map(ToString::to_string) {
        let cause = cause.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            line = cause;
        } else if !line.contains(&cause) {
            line.push_str(": ");
            line.push_str(&cause);
        }
    }
    line
}

/// `rolegraph export … | head` is no failure worth a message.
fn reader_went_away(error: &anyhow::Error) -> bool {
    let broken = |error: &io::Error| error.kind() == ErrorKind::BrokenPipe;
    error
        .chain()
        .any(|cause| cause.downcast_ref().is_some_and(broken))
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::{Context as _, anyhow};

    #[test]
    fn a_cause_is_told_once_and_in_one_line() {
        let error = anyhow!("no such\nfile").context("cannot read x: no such file");
        let error = error.context(Unusable::Settings);
        assert_eq!(
            one_line(&error),
            "the settings cannot be used: cannot read x: no such file"
        );
    }

    #[test]
    fn the_exit_code_tells_what_sort_of_error_it_was() {
        let code = |error: anyhow::Error| {
            let mut console = Console {
                input: &mut io::empty(),
                output: &mut io::sink(),
                errors: &mut io::sink(),
                interactive: false,
            };
            report(&error, &mut console)
        };
        let failed: anyhow::Result<()> = Err(anyhow!("no"));
        assert_eq!(code(failed.context(Unusable::Database).unwrap_err()), 78);
        assert_eq!(code(WrongUsage("no".to_owned()).into()), 2);
        assert_eq!(code(anyhow!("no")), 1);
    }
}
