//! What it costs to make an answer from trees in memory: written straight away, and resolved by
//! the engine.
//!
//! Prints a table and judges nothing: how fast a machine is says nothing about the code.

#![expect(clippy::print_stdout, reason = "a table is all that it is for")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use gateway::fuzzing::MeasuredAnswer;

/// That of the server, for the engine does little else than to allocate.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs of each answer that are measured; some more come before.
const RUNS: usize = 2_000;
const WARM_UP: usize = 200;

fn main() {
    println!(
        "{:>10} {:>11} {:>7} {:>7}  answer",
        "written µs", "resolved µs", "factor", "bytes"
    );
    for (name, answer) in MeasuredAnswer::all() {
        let Some(parsed) = answer.parsed() else {
            continue;
        };
        let written = median(|| answer.write());
        let resolved = median(|| answer.resolve(&parsed));
        let micros = |time: Duration| time.as_secs_f64() * 1e6;
        let factor = micros(resolved) / micros(written);
        println!(
            "{:10.1} {:11.1} {factor:7.1} {:7}  {name}",
            micros(written),
            micros(resolved),
            answer.write().len()
        );
    }
}

fn median(make: impl Fn() -> Vec<u8>) -> Duration {
    for _ in 0..WARM_UP {
        black_box(make());
    }
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(make());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times.get(RUNS / 2).copied().unwrap_or_default()
}
