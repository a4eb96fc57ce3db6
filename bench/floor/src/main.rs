//! The floors of the load harness: how fast the work could be done at best.
//!
//! `floor memory ANSWERS` serves known answers over HTTP from memory: what is left of a server when
//! it has nothing to find out. `floor rows DATABASE REQUESTS SECONDS` reads the rows of an answer
//! with prepared statements and writes them as JSON: what is left of it without HTTP and GraphQL.
//! The harness calls both; neither is part of the product.

mod json;
mod memory;
mod requests;
mod rows;
mod statements;

use std::io;
use std::path::Path;

use anyhow::{Context as _, bail};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str = "usage: floor memory ANSWERS | floor rows DATABASE REQUESTS SECONDS";

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut output = io::stdout();
    match arguments.as_slice() {
        ["memory", answers] => memory::serve(Path::new(answers), &mut output),
        ["rows", database, requests, seconds] => {
            let seconds = seconds.parse().context(USAGE)?;
            rows::run(
                Path::new(database),
                Path::new(requests),
                seconds,
                &mut output,
            )
        }
        _ => bail!(USAGE),
    }
}
