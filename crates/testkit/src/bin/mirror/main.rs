//! Kills a copy of the catalogue while others write, and looks whether it is one:
//! `cargo run --package testkit --bin mirror -- --engine sqlite --kills 50 --writes 10000`.
//!
//! The copy is kept by the client in Python of `docs/examples`, which is killed at random moments
//! and started again over the same file. Tasks (`writer`) send mutations of roles, their parts,
//! categories and skills meanwhile. In the end the copy is let to take in the rest, and has to equal
//! the catalogue row for row.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a measurement prints its figures, and ends when a step fails"
)]

mod writer;

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use gateway::{GatewaySettings, Stop};
use serde_json::Value;
use testkit::{Copied, Engine, TestBoard, example, has_tool, texts, whole_copy};
use tokio::sync::oneshot;
use tokio::task::{LocalSet, spawn_local};

use writer::Writer;

/// Tasks that write at the same time.
const WRITERS: usize = 4;
/// After so many kills the changes that a copy has missed are taken away, so that it begins anew.
const EXPIRE_EVERY: u32 = 10;
/// All rows of a copy.
const ROWS: &str = "SELECT 'role ' || id || ' ' || content FROM role \
                    UNION ALL SELECT 'category ' || id || ' ' || content FROM category \
                    UNION ALL SELECT 'skill ' || id || ' ' || content FROM skill";

/// Kills a copy and compares it with the catalogue.
#[derive(Debug, Parser)]
struct Options {
    /// Where the catalogue is.
    #[arg(long, value_enum, default_value_t = Source::Sqlite)]
    engine: Source,
    /// How often the copy is killed.
    #[arg(long, default_value_t = 10)]
    kills: u32,
    /// How many mutations are sent.
    #[arg(long, default_value_t = 500)]
    writes: usize,
    /// Where the random moments and mutations come from; another one for every run unless it is
    /// named.
    #[arg(long)]
    seed: Option<u64>,
}

/// Where the catalogue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Source {
    Sqlite,
    Postgres,
}

#[tokio::main]
async fn main() {
    let options = Options::parse();
    let engine = match options.engine {
        Source::Sqlite => Engine::Sqlite,
        Source::Postgres => Engine::Postgres,
    };
    if !engine.available() || !has_tool("python3") {
        println!("skipped");
        return;
    }
    let board = TestBoard::with_demo(engine).await;
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("the port is known");
    let (stop, stopped) = oneshot::channel::<()>();
    let settings = GatewaySettings::for_testing();
    let served = gateway::serve(board.gateway().clone(), listener, settings, async {
        // When nobody is there to say so, it is time as well.
        let _told = stopped.await;
        Stop::Now
    });
    let run = async {
        run(&options, &board, &format!("http://{address}")).await;
        drop(stop);
    };
    let (served, ()) = tokio::join!(served, run);
    served.expect("the server ends in good order");
}

async fn run(options: &Options, board: &TestBoard, address: &str) {
    let seed = options.seed.unwrap_or_else(fresh_seed);
    println!(
        "{:?}, {} kills, {} writes, seed {seed}",
        options.engine, options.kills, options.writes
    );
    let folder = tempfile::tempdir().expect("a folder for the copy");
    let mirror = Mirror {
        address,
        key: board.key("changes:read").await.token.reveal().to_owned(),
        file: &folder.path().join("copy.db"),
    };
    let started = Instant::now();
    let sent = Arc::new(AtomicUsize::new(0));
    let (writing, killing) = tokio::join!(
        write(board, options.writes, seed, &sent),
        kill(board, &mirror, options, seed, &sent)
    );
    let mut last = mirror.start(&["--once"]);
    let drained = tokio::task::spawn_blocking(move || last.wait());
    let drained = drained.await.expect("a thread").expect("the copy ends");
    assert!(drained.success(), "the copy takes in the rest: {drained}");
    let (copy, wanted) = (mirror.rows().await, whole_copy(board.database()).await);
    println!(
        "{writing} writes accepted of {}, {} kills, {} copies begun anew, {} rows in {:.0} s; {} \
         rows differ",
        options.writes,
        options.kills,
        killing,
        wanted.len(),
        started.elapsed().as_secs_f64(),
        differences(&copy, &wanted)
    );
    assert_eq!(copy, wanted, "the copy differs");
    println!("equal");
}

/// Sends mutations from several tasks; how many were accepted.
async fn write(board: &TestBoard, writes: usize, seed: u64, sent: &Arc<AtomicUsize>) -> usize {
    let tasks = async {
        let tasks: Vec<_> = (0..WRITERS)
            .map(|number| {
                let task = Writer::new(number, seed, board.gateway().clone());
                spawn_local(task.run(writes, Arc::clone(sent)))
            })
            .collect();
        let mut accepted = 0;
        for task in tasks {
            accepted += task.await.expect("a writer ends in good order");
        }
        accepted
    };
    // What the gateway makes stays on its thread.
    LocalSet::new().run_until(tasks).await
}

/// Kills the copy at random moments, over the whole time of writing; how often it had to begin anew
/// because changes were taken away.
async fn kill(
    board: &TestBoard,
    mirror: &Mirror<'_>,
    options: &Options,
    seed: u64,
    sent: &AtomicUsize,
) -> usize {
    let mut random = random_numbers(seed);
    let mut expired = 0;
    for kill in 1..=options.kills {
        let mut child = mirror.start(&["--interval", "0.02"]);
        tokio::time::sleep(Duration::from_millis(40 + random(700))).await;
        // Kills are spread over the writes.
        let due = options.writes * usize::try_from(kill).unwrap_or(usize::MAX)
            / usize::try_from(options.kills + 1).unwrap_or(usize::MAX);
        while sent.load(Ordering::Relaxed) < due {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        child.kill().expect("the copy can be killed");
        child.wait().expect("the copy was there");
        if kill % EXPIRE_EVERY == 0 {
            board.clock().advance(3_600);
            let pruned = board
                .catalogue()
                .prune_changes(Duration::from_mins(1))
                .await;
            pruned.expect("old changes are taken away");
            expired += 1;
        }
    }
    expired
}

/// The copy.
struct Mirror<'m> {
    address: &'m str,
    key: String,
    file: &'m Path,
}

impl Mirror<'_> {
    fn start(&self, more: &[&str]) -> Child {
        let child = Command::new("python3")
            .arg(example("mirror.py"))
            .args([self.address, &self.file.display().to_string()])
            .args(more)
            .env("ROLEGRAPH_KEY", &self.key)
            .spawn();
        child.expect("the copy starts")
    }

    async fn rows(&self) -> Copied {
        let rows = texts(&format!("sqlite://{}", self.file.display()), ROWS).await;
        let rows = rows.iter().map(|row| {
            let (kind, rest) = row.split_once(' ').expect("a kind");
            let (id, content) = rest.split_once(' ').expect("an id");
            let content: Value = serde_json::from_str(content).expect("JSON");
            ((kind.to_owned(), id.to_owned()), content)
        });
        rows.collect()
    }
}

/// How many rows are missing, too many, or other ones.
fn differences(copy: &Copied, wanted: &Copied) -> usize {
    let missing = wanted
        .iter()
        .filter(|(id, row)| copy.get(*id) != Some(*row));
    let strange = copy.keys().filter(|id| !wanted.contains_key(*id));
    missing.count() + strange.count()
}

/// Random numbers from a seed, the same every time.
fn random_numbers(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed;
    move |below| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below.max(1)
    }
}

fn fresh_seed() -> u64 {
    u64::from(std::process::id())
        ^ std::time::UNIX_EPOCH
            .elapsed()
            .map_or(0, |time| time.as_secs())
}
