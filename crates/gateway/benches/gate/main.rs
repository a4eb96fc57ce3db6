//! What the gate costs, for documents of every day and for those that are made to hurt.
//!
//! Prints a table and judges nothing: how fast a machine is says nothing about the code. An argument
//! chooses the documents whose names contain it.

#![expect(clippy::print_stdout, reason = "a table is all that it is for")]

mod hostile;

use std::fs;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use gateway::DocumentLimits;
use gateway::fuzzing::FuzzedGate;
use hostile::Room;

/// That of the server, for the gate does little else than to allocate.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs of each document that are measured; some more come before.
const RUNS: usize = 300;
const WARM_UP: usize = 20;

/// What the standard tools ask for the schema with.
const INTROSPECTION: &str = include_str!("introspection.graphql");

struct Sample {
    name: String,
    text: String,
}

struct Row {
    name: String,
    bytes: usize,
    median: Duration,
    largest: Duration,
    verdict: &'static str,
}

fn main() -> io::Result<()> {
    let usual = FuzzedGate::new(DocumentLimits::default());
    let wide = FuzzedGate::new(DocumentLimits {
        document_bytes: 64 * 1024,
        tokens: 4_000,
        ..DocumentLimits::default()
    });
    table("ordinary documents", &usual, &ordinary()?);
    let small = hostile::documents(Room {
        bytes: 16 * 1024,
        tokens: 1_000,
    });
    table("hostile documents within the usual limits", &usual, &small);
    let large = hostile::documents(Room {
        bytes: 64 * 1024,
        tokens: 4_000,
    });
    table("hostile documents of up to 64 KiB", &usual, &large);
    table(
        "the same with limits of 64 KiB and 4,000 tokens",
        &wide,
        &large,
    );
    Ok(())
}

/// The documents of all test cases, and the introspection.
fn ordinary() -> io::Result<Vec<Sample>> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut samples = Vec::new();
    for file in files(&cases)? {
        if file
            .extension()
            .is_some_and(|extension| extension == "graphql")
        {
            let name = file.strip_prefix(&cases).unwrap_or(&file);
            samples.push(Sample::new(
                &name.display().to_string(),
                fs::read_to_string(&file)?,
            ));
        }
    }
    samples.push(Sample::new("introspection", INTROSPECTION.to_owned()));
    Ok(samples)
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Prints a row for each sample, and the dearest of them again.
fn table(title: &str, gate: &FuzzedGate, samples: &[Sample]) {
    let wanted = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let wanted = wanted.unwrap_or_default();
    let samples = samples
        .iter()
        .filter(|sample| sample.name.contains(&wanted));
    println!("\n{title}");
    println!(
        "{:>9} {:>9} {:>7}  document",
        "median µs", "max µs", "bytes"
    );
    let rows: Vec<Row> = samples.map(|sample| measured(gate, sample)).collect();
    rows.iter().for_each(Row::print);
    if let Some(dearest) = rows.iter().max_by_key(|row| row.median) {
        println!("the dearest:");
        dearest.print();
    }
}

fn measured(gate: &FuzzedGate, sample: &Sample) -> Row {
    let text = sample.text.as_str();
    for _ in 0..WARM_UP {
        black_box(gate.verdict(black_box(text)));
    }
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(gate.verdict(black_box(text)));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    Row {
        name: sample.name.clone(),
        bytes: text.len(),
        median: times.get(RUNS / 2).copied().unwrap_or_default(),
        largest: times.last().copied().unwrap_or_default(),
        verdict: gate.verdict(text).unwrap_or("passes"),
    }
}

impl Sample {
    fn new(name: &str, text: String) -> Self {
        Self {
            name: name.to_owned(),
            text,
        }
    }
}

impl Row {
    fn print(&self) {
        let micros = |time: Duration| time.as_secs_f64() * 1e6;
        let (median, largest) = (micros(self.median), micros(self.largest));
        println!(
            "{median:9.1} {largest:9.1} {:7}  {}: {}",
            self.bytes, self.name, self.verdict
        );
    }
}
