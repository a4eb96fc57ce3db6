//! The index says of every role what its rows say, whatever was written in which order.

use proptest::test_runner::{Config as ProptestConfig, TestRunner};
use testkit::{Engine, search_index};
use tokio::runtime::Runtime;

use crate::board::TestBoard;
use crate::rows::texts;
use crate::together::{drafts, together};

pub(crate) async fn reindex(board: &TestBoard) -> u64 {
    let mut transaction = board.database().begin().await.unwrap();
    let roles = transaction.reindex(|_roles| ()).await.unwrap();
    transaction.commit(&[]).await.unwrap();
    roles
}

/// The index is what it would be if it was built anew.
pub(crate) async fn check_index(board: &TestBoard) {
    let kept = search_index(board.url()).await;
    reindex(board).await;
    assert_eq!(search_index(board.url()).await, kept);
}

async fn check(engine: Engine, drafts: &[domain::role::RoleDraft]) {
    let board = TestBoard::new(engine).await;
    let (alone, grouped) = drafts.split_at(drafts.len() / 2);
    for draft in alone {
        board.store(draft).await;
    }
    together(&board, grouped).await;
    let kept = search_index(board.url()).await;
    let roles = reindex(&board).await;
    assert_eq!(search_index(board.url()).await, kept);
    let published = "SELECT CAST(COUNT(*) AS TEXT) FROM role WHERE state = 'PUBLISHED'";
    assert_eq!(texts(&board, published).await, [roles.to_string()]);
}

fn the_index_agrees_with_the_rows(engine: Engine, cases: u32) {
    let runtime = Runtime::new().unwrap();
    let mut runner = TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    });
    let outcome = runner.run(&drafts(), |drafts| {
        runtime.block_on(check(engine, &drafts));
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn the_index_agrees_with_the_rows_on_sqlite() {
    the_index_agrees_with_the_rows(Engine::Sqlite, 48);
}

#[test]
fn the_index_agrees_with_the_rows_on_postgres() {
    if Engine::Postgres.available() {
        the_index_agrees_with_the_rows(Engine::Postgres, 4);
    }
}
