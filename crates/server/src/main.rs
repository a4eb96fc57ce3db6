//! The program `rolegraph`: hands its arguments and streams to the library.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use server::Console;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // The streams are not locked for good: the log writes to standard error from other threads.
    let mut console = Console {
        input: &mut io::stdin(),
        output: &mut io::stdout(),
        errors: &mut io::stderr(),
        interactive: io::stderr().is_terminal(),
    };
    ExitCode::from(server::run(std::env::args_os(), &mut console))
}
