//! Where the time of an answer goes: the gate, the trees that are read for it, its JSON, and all
//! of it together. What the engine would take for the JSON stands beside it.
//!
//! The catalogue is the one that the server starts with, in SQLite.

#![expect(
    clippy::expect_used,
    reason = "a measurement that cannot be set up ends"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use domain::Slug;
use domain::read::{RoleBy, RoleParts};
use gateway::fuzzing::{FuzzedGate, MeasuredAnswer};
use gateway::{CacheSettings, DocumentLimits, GatewaySettings};
use serde_json::json;
use testkit::{Engine, TestBoard};
use tokio::runtime::{Builder, Runtime};

/// That of the server, for the engine does little else than to allocate.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const DOCUMENTS: [(&str, &str); 2] = [
    ("a role page", include_str!("page.graphql")),
    ("a page of 20 roles", include_str!("list.graphql")),
];

criterion_group!(steps, gate, read, write, answer);
criterion_main!(steps);

/// To parse a document, to judge it and to plan its execution.
fn gate(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("gate");
    let gate = FuzzedGate::new(DocumentLimits::default());
    for (name, text) in DOCUMENTS {
        assert_eq!(gate.verdict(text), None, "{name} is refused");
        group.bench_function(name, |bencher| {
            bencher.iter(|| gate.verdict(black_box(text)));
        });
    }
}

/// To read a role with everything that belongs to it: the statement, and the tree of its rows.
fn read(criterion: &mut Criterion) {
    let runtime = runtime();
    let board = runtime.block_on(TestBoard::with_demo(Engine::Sqlite));
    let by = RoleBy::Slug(Slug::parse("software-architect").expect("a slug"));
    let reads = board.database().reads();
    for (name, parts) in [
        ("the scalars of a role", RoleParts::default()),
        ("a role document", RoleParts::document()),
    ] {
        criterion
            .benchmark_group("read")
            .bench_function(name, |bencher| {
                bencher.to_async(&runtime).iter(async || {
                    let found = reads.find_published_role(&by, &parts).await;
                    assert!(
                        found.is_ok_and(|role| role.is_some()),
                        "{name} is not there"
                    );
                });
            });
    }
}

/// To write the JSON of trees that are there, and to let the engine resolve it.
fn write(criterion: &mut Criterion) {
    for (name, answer) in MeasuredAnswer::all() {
        let parsed = answer.parsed().expect("the document can be parsed");
        let mut group = criterion.benchmark_group(name);
        group.bench_function("written", |bencher| bencher.iter(|| answer.write()));
        group.bench_function("resolved", |bencher| {
            bencher.iter(|| answer.resolve(&parsed));
        });
    }
}

/// To answer a whole request, of which nothing but the document is known.
fn answer(criterion: &mut Criterion) {
    let runtime = runtime();
    let board = runtime.block_on(TestBoard::with_demo(Engine::Sqlite));
    let settings = GatewaySettings {
        cache: CacheSettings {
            enabled: false,
            ..CacheSettings::default()
        },
        ..GatewaySettings::for_testing()
    };
    let gateway = testkit::gateway(board.database(), &settings);
    for (name, text) in DOCUMENTS {
        let request = json!({ "query": text });
        criterion
            .benchmark_group("answer")
            .bench_function(name, |bencher| {
                bencher.to_async(&runtime).iter(|| gateway.answer(&request));
            });
    }
}

fn runtime() -> Runtime {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime is built")
}
