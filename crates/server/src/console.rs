//! The streams of the program, handed in so that tests can read them.

use std::io::{Read, Write};

/// Where a command reads from and writes to.
pub struct Console<'a> {
    /// Standard input.
    pub input: &'a mut dyn Read,
    /// Standard output: what was asked for.
    pub output: &'a mut dyn Write,
    /// Standard error: what went wrong.
    pub errors: &'a mut dyn Write,
    /// Whether a person is watching, who likes to see progress.
    pub interactive: bool,
}
