//! How well searches answer judged queries, on both engines: see the README beside this file.
//!
//! `cargo test --package rolegraph-tests --test relevance -- --nocapture` prints the figures.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a failed step is a failed test, and the figures are there to be read"
)]

mod judged;
mod measure;
#[path = "../../crates/search/tests/titles/noise.rs"]
mod noise;
mod ooh;
mod titles;

use std::collections::BTreeMap;

use domain::read::PageRequest;
use domain::role::RoleDraft;
use judged::Judged;
use measure::Figures;
use search::query::Query;
use search::request::{SearchParts, SearchRequest};
use testkit::{Engine, TestBoard, demo_drafts};
use tokio::runtime::Runtime;

/// The least that the demo catalogue has to reach on either engine.
const DEMO: Figures = Figures {
    ndcg: 0.92,
    mrr: 0.92,
    recall: 0.95,
};
/// The same for the profiles of the handbook.
const OOH: Figures = Figures {
    ndcg: 0.86,
    mrr: 0.87,
    recall: 0.90,
};
/// Queries below this NDCG@10 are printed, so that somebody can look at them.
const WEAK: f64 = 0.5;
/// How far the engines may be apart.
const APART: f64 = 0.03;

/// The slugs of the best ten roles.
async fn best(board: &TestBoard, text: &str) -> Vec<String> {
    let request = SearchRequest {
        text: text.to_owned(),
        query: Query::parse(text).unwrap(),
        page: PageRequest::first(10),
        ..SearchRequest::default()
    };
    let parts = SearchParts::default();
    let found = board.database().reads().search(&request, &parts).await;
    let edges = found.unwrap().hits.edges.into_iter();
    edges
        .map(|edge| edge.node.role.role.slug.to_string())
        .collect()
}

/// Asks every query and prints what was measured, by kind and together.
async fn figures(board: &TestBoard, name: &str, queries: &[Judged]) -> Figures {
    let mut by_kind: BTreeMap<&str, Vec<Figures>> = BTreeMap::new();
    let mut all = Vec::new();
    for judged in queries {
        let found = best(board, &judged.query).await;
        let figures = Figures::of(&found, judged);
        if figures.ndcg < WEAK {
            let shown = found.iter().take(5).map(String::as_str);
            let shown = shown.collect::<Vec<_>>().join(" ");
            eprintln!(
                "weak: {:.2} {} {:?}: {shown}",
                figures.ndcg, judged.kind, judged.query
            );
        }
        by_kind.entry(&judged.kind).or_default().push(figures);
        all.push(figures);
    }
    let engine = board.engine();
    eprintln!("{name} on {engine}: {} queries", queries.len());
    eprintln!(
        "{:>12} {:>8} {:>8} {:>8} {:>8}",
        "kind", "queries", "NDCG@10", "MRR", "recall@5"
    );
    for (kind, figures) in &by_kind {
        eprintln!("{kind:>12} {:>8} {}", figures.len(), Figures::mean(figures));
    }
    let mean = Figures::mean(&all);
    eprintln!("{:>12} {:>8} {mean}", "all", all.len());
    mean
}

fn relevant(name: &str, drafts: &[RoleDraft], least: Figures) {
    let queries = judged::read(&format!("relevance/{name}.tsv"));
    let runtime = Runtime::new().unwrap();
    let engines = Engine::ALL.into_iter().filter(|engine| engine.available());
    let measured = engines.map(|engine| {
        runtime.block_on(async {
            let board = TestBoard::new(engine).await;
            for draft in drafts {
                board.store(draft).await;
            }
            figures(&board, name, &queries).await
        })
    });
    let measured: Vec<Figures> = measured.collect();
    for figures in &measured {
        assert!(figures.reach(least), "{figures} is below {least}");
        assert!(figures.apart(measured[0]) <= APART);
    }
}

#[test]
fn searches_of_the_demo_catalogue_find_what_is_looked_for() {
    relevant("demo", &demo_drafts(), DEMO);
}

#[test]
fn searches_of_the_handbook_find_what_is_looked_for() {
    if let Some(drafts) = ooh::drafts() {
        relevant("ooh", &drafts, OOH);
    }
}
