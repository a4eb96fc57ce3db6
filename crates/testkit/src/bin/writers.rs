//! How many small edits per second become durable on SQLite, with shared commits and with one
//! commit each, beside readers: `cargo run --release --package testkit --bin writers`.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a measurement prints its figures, and ends when a step fails"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use app::{Catalogue, StoreAction, StoreOptions};
use clap::{Parser, ValueEnum};
use domain::limits::ContentLimits;
use domain::read::{RoleBy, RoleParts};
use domain::role::RoleDraft;
use domain::{PartialDate, Slug};
use persistence::{Database, DatabaseSettings};
use testkit::{ManualClock, SequentialIds, large_draft};

/// The allocator that the product is built with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures durable edits per second.
#[derive(Debug, Parser)]
struct Options {
    /// Roles of the catalogue; each writer edits those that are its own.
    #[arg(long, default_value_t = 1_000)]
    roles: usize,
    /// How many write at the same time.
    #[arg(long, default_value_t = 64)]
    writers: usize,
    /// How many read at the same time.
    #[arg(long, default_value_t = 2)]
    readers: usize,
    /// How long each part is measured.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// What an edit changes.
    #[arg(long, value_enum, default_value_t = Edit::Review)]
    edit: Edit,
    /// How long commits may wait for others to join, in milliseconds; as in the product unless given.
    #[arg(long)]
    commit_delay_ms: Option<u64>,
    /// Where the file is made; on the disk that is to be measured.
    #[arg(long, default_value = ".")]
    folder: PathBuf,
}

/// What an edit changes.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Edit {
    /// The date of the last review, which no search finds.
    Review,
    /// The summary, which searches find.
    Summary,
}

/// What was counted.
struct Figures {
    edits: usize,
    reads: usize,
    seconds: f64,
    /// Ascending.
    latencies: Vec<Duration>,
}

#[tokio::main]
async fn main() {
    let options = Options::parse();
    let folder = tempfile::tempdir_in(&options.folder).expect("a folder for the file");
    let file = folder.path().join("writers.db");
    fill(&file, options.roles).await;
    println!(
        "{} roles, {} writers, {} readers, edit: {:?}, {} s each",
        options.roles, options.writers, options.readers, options.edit, options.seconds
    );
    println!(
        "one write and fsync of 4 KiB: {:.2} ms",
        fsync_ms(folder.path())
    );
    let calm = measure(&file, &options, 256, 0, options.readers).await;
    report("readers alone", &calm);
    let shared = measure(&file, &options, 256, options.writers, 0).await;
    report("shared commits", &shared);
    let single = measure(&file, &options, 1, options.writers, 0).await;
    report("a commit each", &single);
    let beside = measure(&file, &options, 256, options.writers, options.readers).await;
    report("shared, beside readers", &beside);
    let single_beside = measure(&file, &options, 1, options.writers, options.readers).await;
    report("each, beside readers", &single_beside);
    let rate = |figures: &Figures, count: usize| per_second(figures, count);
    println!(
        "edits: {:.1} times (beside readers {:.1} times); p99 {:.1} ms; reads {:.2} times",
        rate(&shared, shared.edits) / rate(&single, single.edits),
        rate(&beside, beside.edits) / rate(&single_beside, single_beside.edits),
        percentile(&beside, 99).as_secs_f64() * 1_000.0,
        rate(&beside, beside.reads) / rate(&calm, calm.reads),
    );
}

async fn open(file: &Path, transactions_per_commit: usize, delay: Option<Duration>) -> Database {
    let usual = DatabaseSettings::new(format!("sqlite://{}", file.display()));
    let settings = DatabaseSettings {
        commit_delay: delay.unwrap_or(usual.commit_delay),
        transactions_per_commit,
        acquire_timeout: Duration::from_secs(30),
        ..usual
    };
    Database::open(&settings).await.expect("the file is opened")
}

fn catalogue(database: &Database) -> Catalogue {
    let clock = Arc::<ManualClock>::default();
    let ids = Arc::new(SequentialIds::of_generation(fresh_number()));
    Catalogue::new(database.clone(), clock, ids, ContentLimits::default())
}

async fn fill(file: &Path, roles: usize) {
    let database = open(file, 256, None).await;
    let ids = Arc::<SequentialIds>::default();
    let clock = Arc::<ManualClock>::default();
    let catalogue = Catalogue::new(database.clone(), clock, ids, ContentLimits::default());
    let drafts: Vec<RoleDraft> = (0..roles).map(large_draft).collect();
    for group in drafts.chunks(100) {
        let stored = catalogue
            .store_roles(group, StoreOptions::new("fill"))
            .await;
        stored.expect("the roles are stored");
    }
    database.close().await.expect("the file is closed");
}

/// Lets writers and readers work for a while.
async fn measure(
    file: &Path,
    options: &Options,
    transactions_per_commit: usize,
    writers: usize,
    readers: usize,
) -> Figures {
    let delay = options.commit_delay_ms.map(Duration::from_millis);
    let database = open(file, transactions_per_commit, delay).await;
    let over = Arc::<AtomicBool>::default();
    let writing: Vec<_> = (0..writers)
        .map(|writer| {
            let drafts = (0..options.roles).skip(writer).step_by(writers.max(1));
            let drafts: Vec<RoleDraft> = drafts.map(large_draft).collect();
            let work = write(
                catalogue(&database),
                drafts,
                options.edit,
                Arc::clone(&over),
            );
            tokio::spawn(work)
        })
        .collect();
    let reading: Vec<_> = (0..readers)
        .map(|_| tokio::spawn(read(database.clone(), options.roles, Arc::clone(&over))))
        .collect();
    let start = Instant::now();
    tokio::time::sleep(Duration::from_secs(options.seconds)).await;
    over.store(true, Ordering::Relaxed);
    let mut latencies = Vec::new();
    for writer in writing {
        latencies.extend(writer.await.expect("a writer ends"));
    }
    let seconds = start.elapsed().as_secs_f64();
    let mut reads = 0;
    for reader in reading {
        reads += reader.await.expect("a reader ends");
    }
    database.close().await.expect("the file is closed");
    latencies.sort_unstable();
    Figures {
        edits: latencies.len(),
        reads,
        seconds,
        latencies,
    }
}

/// Edits one role after the other; returns how long each edit took.
async fn write(
    catalogue: Catalogue,
    mut drafts: Vec<RoleDraft>,
    edit: Edit,
    over: Arc<AtomicBool>,
) -> Vec<Duration> {
    let mut latencies = Vec::new();
    let stamp = fresh_number();
    for turn in 0_usize.. {
        for draft in &mut drafts {
            if over.load(Ordering::Relaxed) {
                return latencies;
            }
            match edit {
                Edit::Review => {
                    let (month, day) = (stamp % 12 + 1, turn / 100 % 28 + 1);
                    let date = format!("{:04}-{month:02}-{day:02}", 1_900 + turn % 100);
                    draft.last_reviewed = PartialDate::parse(&date).ok();
                }
                Edit::Summary => draft.summary = Some(format!("Edited {stamp}-{turn}.")),
            }
            let start = Instant::now();
            let stored = catalogue
                .store_role(draft, StoreOptions::new("writer"))
                .await;
            let stored = stored.expect("the edit is stored");
            if stored.action == StoreAction::Updated {
                latencies.push(start.elapsed());
            }
        }
    }
    latencies
}

/// Differs from caller to caller, so that none makes the ids or the edits of another.
fn fresh_number() -> u32 {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    NUMBER.fetch_add(1, Ordering::Relaxed)
}

/// Reads one role after the other with everything on its page; returns how many.
async fn read(database: Database, roles: usize, over: Arc<AtomicBool>) -> usize {
    let parts = RoleParts::document();
    let mut reads = 0;
    while !over.load(Ordering::Relaxed) {
        let slug = Slug::parse(&format!("role-{}", reads * 7 % roles)).expect("a slug");
        let by = RoleBy::Slug(slug);
        let found = database.reads().find_published_role(&by, &parts).await;
        assert!(found.expect("the role is read").is_some());
        reads += 1;
    }
    reads
}

fn per_second(figures: &Figures, count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / figures.seconds
}

fn percentile(figures: &Figures, percent: usize) -> Duration {
    let place = figures.latencies.len() * percent / 100;
    figures.latencies.get(place).copied().unwrap_or_default()
}

fn report(name: &str, figures: &Figures) {
    println!(
        "{name:24} {:8.0} edits/s  p50 {:6.1} ms  p99 {:6.1} ms  {:8.0} reads/s",
        per_second(figures, figures.edits),
        percentile(figures, 50).as_secs_f64() * 1_000.0,
        percentile(figures, 99).as_secs_f64() * 1_000.0,
        per_second(figures, figures.reads),
    );
}

/// How long the disk takes for the least that a commit has to do.
fn fsync_ms(folder: &Path) -> f64 {
    use std::io::{Seek as _, Write as _};
    const ROUNDS: u32 = 50;
    let mut file = std::fs::File::create(folder.join("fsync")).expect("a file");
    file.write_all(&[0; 4_096]).expect("room for a page");
    file.sync_all().expect("the disk works");
    let start = Instant::now();
    for _ in 0..ROUNDS {
        file.rewind().expect("a start");
        file.write_all(&[1; 4_096]).expect("room for a page");
        file.sync_data().expect("the disk works");
    }
    start.elapsed().as_secs_f64() * 1_000.0 / f64::from(ROUNDS)
}
