//! Documents that share a transaction: they become what they become one by one.

use std::collections::BTreeMap;

use app::{StoreAction, StoreOptions, StoredRole};
use domain::role::RoleDraft;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use testkit::Engine;
use tokio::runtime::Runtime;

use crate::board::TestBoard;
use crate::document::{empty, full, path};
use crate::on_both_engines;
use crate::property::draft;
use crate::rows::{snapshot, texts};

/// How the moments of a board begin, and how long what follows is.
const MOMENT: (&str, usize) = ("2026-01-01T", "00:00:00.000000Z".len());

pub(crate) async fn together(board: &TestBoard, drafts: &[RoleDraft]) -> Vec<StoredRole> {
    let options = StoreOptions::new("test");
    board
        .catalogue()
        .store_roles(drafts, options)
        .await
        .unwrap()
}

fn of_source(name: &str, source: &str) -> RoleDraft {
    let mut draft = empty(name);
    source.clone_into(&mut draft.source.name);
    draft
}

fn titled(name: &str, title: &str) -> RoleDraft {
    let mut draft = full(name);
    title.clone_into(&mut draft.title);
    draft
}

fn actions(stored: &[StoredRole]) -> Vec<StoreAction> {
    stored.iter().map(|role| role.action).collect()
}

/// Every row of a board without its moments, which tell transactions apart, and without the index,
/// whose keys are given out in the order of commits; `index.rs` looks at what it says.
async fn timeless(board: &TestBoard) -> BTreeMap<String, Vec<String>> {
    let (start, length) = MOMENT;
    let mut tables = snapshot(board).await;
    tables.retain(|table, _| !table.starts_with("search_"));
    for row in tables.values_mut().flatten() {
        let mut parts = row.split(start);
        let first = parts.next().unwrap_or_default().to_owned();
        let rest = parts.map(|part| part.get(length..).unwrap_or(part));
        *row = std::iter::once(first.as_str()).chain(rest).collect();
    }
    for rows in tables.values_mut() {
        rows.sort();
    }
    // A second change within one transaction touches less: it has the moment of the first.
    let changes = "SELECT entity || ' ' || entity_id || ' ' || op || ' ' || revision || ' ' \
        || COALESCE(slugs, '') FROM change ORDER BY seq";
    tables.insert("change".to_owned(), texts(board, changes).await);
    // The hashes of entries depend on their moments.
    let audit = "SELECT seq || ' ' || action || ' ' || entity_id || ' ' || revision || ' ' \
        || change || ' ' || actor FROM audit ORDER BY seq";
    tables.insert("audit".to_owned(), texts(board, audit).await);
    tables
}

on_both_engines! {
    async fn equal_wishes_get_different_slugs(board) {
        board.store(&of_source("pilot", "One")).await;
        let drafts = ["Two", "One", "Three"].map(|source| of_source("pilot", source));
        let stored = together(&board, &drafts).await;
        let slugs: Vec<&str> = stored.iter().map(|role| role.slug.as_str()).collect();
        assert_eq!(slugs, ["pilot-2", "pilot", "pilot-3"]);
    }

    async fn a_wish_may_be_a_number_that_was_just_given(board) {
        let drafts = [
            of_source("cook", "One"),
            of_source("cook", "Two"),
            of_source("cook-2", "One"),
        ];
        let stored = together(&board, &drafts).await;
        let slugs: Vec<&str> = stored.iter().map(|role| role.slug.as_str()).collect();
        assert_eq!(slugs, ["cook", "cook-2", "cook-2-2"]);
    }

    async fn a_document_that_comes_twice_is_one_role(board) {
        let drafts = [titled("pilot", "One"), titled("pilot", "Two"), titled("pilot", "Two")];
        let stored = together(&board, &drafts).await;
        let expected = [StoreAction::Created, StoreAction::Updated, StoreAction::Unchanged];
        assert_eq!(actions(&stored), expected);
        assert_eq!(stored[0].id, stored[2].id);
        let titles = texts(&board, "SELECT title FROM role").await;
        assert_eq!(titles, ["Two"]);
    }

    async fn a_document_may_come_back_to_what_is_stored(board) {
        let first = titled("pilot", "One");
        board.store(&first).await;
        let mut other = empty("pilot");
        other.source = first.source.clone();
        let stored = together(&board, &[first.clone(), other, first]).await;
        let expected = [StoreAction::Unchanged, StoreAction::Updated, StoreAction::Updated];
        assert_eq!(actions(&stored), expected);
    }

    async fn new_and_changed_documents_may_alternate(board) {
        for name in ["mate", "cook"] {
            board.store(&titled(name, "Before")).await;
        }
        let names = ["pilot", "mate", "purser", "cook", "bosun"];
        let stored = together(&board, &names.map(|name| titled(name, "After"))).await;
        let [new, changed] = [StoreAction::Created, StoreAction::Updated];
        assert_eq!(actions(&stored), [new, changed, new, changed, new]);
        let titles = texts(&board, "SELECT title FROM role").await;
        assert_eq!(titles, ["After"; 5]);
    }
}

/// Documents of two sources, few enough names for some to be the same.
pub(crate) fn drafts() -> impl Strategy<Value = Vec<RoleDraft>> {
    let named = (0..3_usize, 0..2_usize, draft()).prop_map(|(name, source, draft)| {
        let RoleDraft { slug, .. } = empty(["pilot", "cook", "cook-2"][name]);
        let mut draft = RoleDraft { slug, ..draft };
        ["One", "Two"][source].clone_into(&mut draft.source.name);
        draft.categories = vec![path(&["Sea", ["Crew", "Pilots"][source]])];
        draft
    });
    vec(named, 1..8)
}

async fn compare(engine: Engine, drafts: &[RoleDraft]) {
    let (alone, grouped) = (TestBoard::new(engine).await, TestBoard::new(engine).await);
    let mut stored = Vec::new();
    for draft in drafts {
        stored.push(alone.store(draft).await);
    }
    assert_eq!(together(&grouped, drafts).await, stored);
    assert_eq!(timeless(&grouped).await, timeless(&alone).await);
}

fn documents_become_what_they_become_one_by_one(engine: Engine, cases: u32) {
    let runtime = Runtime::new().unwrap();
    let mut runner = TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    });
    let outcome = runner.run(&drafts(), |drafts| {
        runtime.block_on(compare(engine, &drafts));
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn documents_become_what_they_become_one_by_one_on_sqlite() {
    documents_become_what_they_become_one_by_one(Engine::Sqlite, 48);
}

#[test]
fn documents_become_what_they_become_one_by_one_on_postgres() {
    if Engine::Postgres.available() {
        documents_become_what_they_become_one_by_one(Engine::Postgres, 4);
    }
}
