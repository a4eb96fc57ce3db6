//! Kills whoever writes and looks whether every acknowledged write is there exactly once:
//! `cargo run --package testkit --bin kill -- --engine sqlite --kills 300`.
//!
//! A child process (`writer`) stores and edits roles from many tasks. Each write carries a number of
//! its own in the text of its role; the child says when it begins and when it was told that it is
//! durable. The parent kills it at a random moment, opens the database again and compares
//! (`account`) what the child said with the rows, the revisions, the change sequence and the index.
//! Writes whose outcome the child never heard of are repeated by the next child with the same
//! idempotency key, and count themselves in the text of their role.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a measurement prints its figures, and ends when a step fails"
)]

mod account;
mod life;
mod writer;

use clap::{Parser, Subcommand, ValueEnum};
use testkit::{Engine, Place};

use account::Account;
use life::Life;

/// Kills writers and checks what is left.
#[derive(Debug, Parser)]
struct Options {
    #[command(subcommand)]
    command: Option<Command>,
    /// What is killed over which engine.
    #[arg(long, value_enum, default_value_t = Target::Sqlite)]
    engine: Target,
    /// How often.
    #[arg(long, default_value_t = 20)]
    kills: u32,
    /// Where the random moments come from; another one for every run unless it is named.
    #[arg(long)]
    seed: Option<u64>,
    /// After how many kills the index is compared with one that is built anew, besides the last.
    #[arg(long, default_value_t = 25)]
    reindex_every: u32,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes until it is killed; started by this program.
    #[command(hide = true)]
    Write {
        /// The address of the database.
        url: String,
        /// How many have written before.
        generation: u32,
    },
}

/// What is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Target {
    /// The process that writes to an SQLite file.
    Sqlite,
    /// The process that writes to PostgreSQL.
    Postgres,
    /// The server of PostgreSQL, and then the process.
    PostgresServer,
}

#[tokio::main]
async fn main() {
    let options = Options::parse();
    match &options.command {
        Some(Command::Write { url, generation }) => writer::run(url, *generation).await,
        None => kill(&options).await,
    }
}

async fn kill(options: &Options) {
    let engine = match options.engine {
        Target::Sqlite => Engine::Sqlite,
        Target::Postgres | Target::PostgresServer => Engine::Postgres,
    };
    if !engine.available() {
        return;
    }
    let place = Place::migrated(engine).await;
    if engine == Engine::Postgres {
        // The servers of tests do not wait for commits; this database does, from this commit on.
        let patient = "DO $$ BEGIN SET LOCAL synchronous_commit = on; \
                       EXECUTE 'ALTER DATABASE ' || current_database() \
                       || ' SET synchronous_commit = on'; END $$";
        place.run(patient).await;
    }
    let seed = options.seed.unwrap_or_else(fresh_seed);
    println!("{} kills, seed {seed}", options.kills);
    let mut random = fastrand(seed);
    let mut account = Account::default();
    for kill in 1..=options.kills {
        let life = Life::of(&place, kill, &account, options.engine, &mut random).await;
        account.hear(&life);
        let whole = kill == options.kills || kill % options.reindex_every == 0;
        account.check(place.url(), whole).await;
        if kill % 25 == 0 || kill == options.kills {
            println!("after {kill:4}: {account}");
        }
    }
    if account.is_sound() {
        println!("sound");
    } else {
        println!("{}", account.problems());
        std::process::exit(1);
    }
}

/// Random numbers from a seed, the same every time.
fn fastrand(seed: u64) -> impl FnMut(u64) -> u64 {
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
