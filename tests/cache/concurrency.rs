//! Several who ask and write at the same time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::StoreOptions;
use futures_util::future::join_all;
use serde_json::Value;
use testkit::{Engine, TestBoard, draft, on_both_engines};
use tokio::runtime::Handle;
use tokio::task::JoinSet;

use super::{refresh, request, role};

const ROLES: usize = 3;
const WRITES: u64 = 40;

/// What the summary of a role counts.
fn counted(role: &Value) -> u64 {
    role["summary"].as_str().unwrap().parse().unwrap()
}

/// Writes the roles again and again, one higher each time; notes what was acknowledged.
async fn write(board: Arc<TestBoard>, acknowledged: Arc<Vec<AtomicU64>>, role: usize) {
    for number in 1..=WRITES {
        let mut draft = draft(&format!("role-{role}"), &format!("Role {role}"));
        draft.summary = Some(number.to_string());
        let options = StoreOptions::new("test");
        board.catalogue().store_role(&draft, options).await.unwrap();
        acknowledged[role].store(number, Ordering::SeqCst);
    }
}

/// Asks until all writes are done: nothing is older than what had been acknowledged before, and
/// two fields of one answer see one state.
async fn read(board: Arc<TestBoard>, acknowledged: Arc<Vec<AtomicU64>>) {
    let page = request("{ roles(first: 10) { nodes { summary } } }");
    let both = request(
        "{ roles(first: 10) { nodes { summary } } again: roles(first: 9) { nodes { summary } } }",
    );
    loop {
        let known: Vec<u64> = acknowledged
            .iter()
            .map(|number| number.load(Ordering::SeqCst))
            .collect();
        let pages = [
            board.answer(&page).await["data"]["roles"]["nodes"].take(),
            board.answer(&both).await["data"].take(),
        ];
        let [page, both] = pages;
        assert_eq!(both["roles"], both["again"]);
        for nodes in [page, both["roles"]["nodes"].clone()] {
            let shown = nodes.as_array().unwrap().iter().map(counted);
            assert!(
                shown.zip(&known).all(|(shown, known)| shown >= *known),
                "{nodes} {known:?}"
            );
        }
        for (number, known) in known.iter().enumerate() {
            let query = role(&format!("role-{number}"), "summary");
            let data = board.answer(&request(&query)).await["data"].take();
            assert!(counted(&data["role"]) >= *known);
        }
        if known.iter().all(|number| *number == WRITES) {
            return;
        }
    }
}

async fn read_and_write(engine: Engine) {
    if !engine.available() {
        return;
    }
    let board = Arc::new(TestBoard::new(engine).await);
    let acknowledged: Arc<Vec<AtomicU64>> =
        Arc::new((0..ROLES).map(|_| AtomicU64::new(0)).collect());
    for role in 0..ROLES {
        let mut draft = draft(&format!("role-{role}"), &format!("Role {role}"));
        draft.summary = Some("0".to_owned());
        board.store(&draft).await;
    }
    let mut tasks = JoinSet::new();
    for role in 0..ROLES {
        tasks.spawn(write(Arc::clone(&board), Arc::clone(&acknowledged), role));
    }
    for _ in 0..3 {
        let reading = (Arc::clone(&board), Arc::clone(&acknowledged));
        let runtime = Handle::current();
        tasks.spawn_blocking(move || runtime.block_on(Box::pin(read(reading.0, reading.1))));
    }
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_answer_is_older_than_what_was_acknowledged_before_on_sqlite() {
    Box::pin(read_and_write(Engine::Sqlite)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_answer_is_older_than_what_was_acknowledged_before_on_postgres() {
    Box::pin(read_and_write(Engine::Postgres)).await;
}

on_both_engines! {
    async fn an_answer_that_many_miss_is_made_once(board) {
        board.store(&draft("one", "One")).await;
        refresh(board.database()).await;
        let query = role("one", "title duties { text }");
        let before = board.database().reads().statements_run();
        let asking = (0..20).map(|_| board.data(&query));
        for data in join_all(asking).await {
            assert_eq!(data["role"]["title"], "One");
        }
        assert_eq!(board.database().reads().statements_run() - before, 1);
    }
}
