//! What transactions that share commits promise each other.

use super::super::super::{Pools, Writing};
use super::super::connect;
use std::collections::BTreeSet;

use sea_orm::ConnectionTrait as _;
use tokio::task::JoinHandle;

use super::*;
use crate::write::finish;

/// A file with a table of names, which no name may be in twice.
struct File {
    pools: Pools,
    _folder: tempfile::TempDir,
}

impl File {
    async fn new() -> Self {
        Self::with_groups_of(256).await
    }

    async fn with_groups_of(transactions_per_commit: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file.db");
        let settings = DatabaseSettings {
            // A slow machine must not end a group before the test does.
            commit_delay: Duration::MAX,
            transactions_per_commit,
            ..DatabaseSettings::new(format!("sqlite://{}", file.display()))
        };
        let pools = connect(&file, &settings, finish).await.unwrap();
        let tables = "CREATE TABLE name (text TEXT PRIMARY KEY); \
                      CREATE TABLE nick (text TEXT, name TEXT REFERENCES name (text) \
                      DEFERRABLE INITIALLY DEFERRED)";
        pools.writer.execute_unprepared(tables).await.unwrap();
        Self {
            pools,
            _folder: folder,
        }
    }

    async fn begin(&self) -> Writing {
        self.pools.begin().await.unwrap()
    }

    /// Begins to wait for a turn; when this returns, the wish stands in the queue.
    async fn ask(&self) -> JoinHandle<Writing> {
        let pools = self.pools.clone();
        let asked = tokio::spawn(async move { pools.begin().await.unwrap() });
        tokio::task::yield_now().await;
        asked
    }

    /// What a reader sees.
    async fn names(&self) -> Vec<String> {
        let rows = "SELECT text FROM name ORDER BY rowid";
        let rows = self.pools.reader.ask(rows).await.unwrap();
        rows.iter()
            .map(|row| row.text(0).unwrap().to_owned())
            .collect()
    }
}

/// Nothing to be done around a commit.
fn nothing() -> Left {
    leaving(|| ())
}

/// Something to be done when a commit is durable.
fn leaving(durable: impl FnOnce() + Send + 'static) -> Left {
    Left {
        roles: BTreeSet::new(),
        durable: Box::new(durable),
    }
}

async fn add(turn: &Writing, name: &str) {
    let insert = format!("INSERT INTO name VALUES ('{name}')");
    turn.batch(&insert).await.unwrap();
}

/// Commits; when this returns, the turn is over.
async fn commit(turn: Writing) -> JoinHandle<Result<()>> {
    let committed = tokio::spawn(turn.commit(nothing()));
    tokio::task::yield_now().await;
    committed
}

#[tokio::test]
async fn who_is_alone_is_told_at_once() {
    let file = File::new().await;
    let turn = file.begin().await;
    add(&turn, "one").await;
    assert!(file.names().await.is_empty());
    turn.commit(nothing()).await.unwrap();
    assert_eq!(file.names().await, ["one"]);
}

#[tokio::test]
async fn those_who_waited_share_a_commit_and_nobody_is_told_before_it() {
    let file = File::new().await;
    let first = file.begin().await;
    add(&first, "one").await;
    let (second, third) = (file.ask().await, file.ask().await);
    let first = commit(first).await;
    let second = second.await.unwrap();
    add(&second, "two").await;
    let second = commit(second).await;
    let third = third.await.unwrap();
    add(&third, "three").await;
    assert!(!first.is_finished() && !second.is_finished());
    assert!(file.names().await.is_empty());
    let third = commit(third).await;
    for told in [first, second, third] {
        told.await.unwrap().unwrap();
    }
    assert_eq!(file.names().await, ["one", "two", "three"]);
}

#[tokio::test]
async fn a_full_group_is_committed_while_others_wait() {
    let file = File::with_groups_of(2).await;
    let first = file.begin().await;
    let (second, third) = (file.ask().await, file.ask().await);
    let first = commit(first).await;
    let second = second.await.unwrap();
    add(&second, "two").await;
    second.commit(nothing()).await.unwrap();
    first.await.unwrap().unwrap();
    assert_eq!(file.names().await, ["two"]);
    third.await.unwrap().commit(nothing()).await.unwrap();
}

#[tokio::test]
async fn what_is_left_for_the_commit_is_done_in_the_order_of_the_group_before_anybody_is_told() {
    let file = File::new().await;
    let done = Arc::new(Mutex::new(Vec::new()));
    let commit = |turn: Writing, number: u32| {
        let done = Arc::clone(&done);
        tokio::spawn(turn.commit(leaving(move || lock(&done).push(number))))
    };
    let first = file.begin().await;
    let second = file.ask().await;
    let first = commit(first, 1);
    let second = second.await.unwrap();
    assert!(lock(&done).is_empty());
    commit(second, 2).await.unwrap().unwrap();
    first.await.unwrap().unwrap();
    assert_eq!(*lock(&done), [1, 2]);
}

#[tokio::test]
async fn who_gives_up_takes_back_only_what_is_its_own() {
    let file = File::new().await;
    let first = file.begin().await;
    add(&first, "one").await;
    let (second, third, fourth) = (file.ask().await, file.ask().await, file.ask().await);
    let first = commit(first).await;

    let rolled_back = second.await.unwrap();
    add(&rolled_back, "two").await;
    rolled_back.rollback().await.unwrap();

    let failed = third.await.unwrap();
    add(&failed, "three").await;
    let twice = failed.batch("INSERT INTO name VALUES ('one')");
    twice.await.unwrap_err();
    // What came of the failed statement is not trusted, whoever overlooks it.
    failed.commit(nothing()).await.unwrap_err();

    let last = fourth.await.unwrap();
    add(&last, "four").await;
    last.commit(nothing()).await.unwrap();
    first.await.unwrap().unwrap();
    assert_eq!(file.names().await, ["one", "four"]);
}

#[tokio::test]
async fn who_panics_or_is_cancelled_takes_back_only_what_is_its_own() {
    let file = File::new().await;
    let first = file.begin().await;
    add(&first, "one").await;
    let (second, third) = (file.ask().await, file.ask().await);
    let first = commit(first).await;
    let panics = tokio::spawn(async move {
        let turn = second.await.unwrap();
        add(&turn, "two").await;
        panic!("expected by the test");
    });
    assert!(panics.await.unwrap_err().is_panic());
    let (started, has_started) = oneshot::channel();
    let cancelled = tokio::spawn(async move {
        let turn = third.await.unwrap();
        add(&turn, "three").await;
        started.send(()).unwrap();
        std::future::pending::<()>().await;
        drop(turn);
    });
    has_started.await.unwrap();
    assert!(!first.is_finished());
    cancelled.abort();
    first.await.unwrap().unwrap();
    assert_eq!(file.names().await, ["one"]);
}

#[tokio::test]
async fn who_stops_waiting_for_a_turn_or_for_the_commit_is_not_waited_for() {
    let file = File::new().await;
    let first = file.begin().await;
    add(&first, "one").await;
    let (second, third) = (file.ask().await, file.ask().await);
    second.abort();
    let first = commit(first).await;
    first.abort();
    let third = third.await.unwrap();
    add(&third, "three").await;
    third.commit(nothing()).await.unwrap();
    // The commit was asked for, and then nobody wanted to know.
    assert_eq!(file.names().await, ["one", "three"]);
}

#[tokio::test]
async fn a_commit_that_fails_fails_for_the_whole_group_and_leaves_nothing() {
    let file = File::new().await;
    let first = file.begin().await;
    add(&first, "one").await;
    let second = file.ask().await;
    let first = commit(first).await;
    let second = second.await.unwrap();
    let nobody = "INSERT INTO nick VALUES ('two', 'nobody')";
    second.batch(nobody).await.unwrap();
    for refused in [
        second.commit(leaving(|| panic!("not durable"))).await,
        first.await.unwrap(),
    ] {
        let refused = refused.unwrap_err();
        assert!(
            matches!(refused, PersistenceError::Statement(_)),
            "{refused:?}"
        );
    }
    assert!(file.names().await.is_empty());
    let next = file.begin().await;
    add(&next, "next").await;
    next.commit(nothing()).await.unwrap();
    assert_eq!(file.names().await, ["next"]);
}

#[tokio::test]
async fn a_panic_behind_a_commit_leaves_its_outcome_open_and_lets_others_write() {
    let file = File::new().await;
    let turn = file.begin().await;
    add(&turn, "one").await;
    let unknown = turn
        .commit(leaving(|| panic!("expected by the test")))
        .await;
    let unknown = unknown.unwrap_err();
    assert!(
        matches!(unknown, PersistenceError::OutcomeUnknown(_)),
        "{unknown:?}"
    );
    let next = file.begin().await;
    add(&next, "two").await;
    next.commit(nothing()).await.unwrap();
    assert_eq!(file.names().await, ["one", "two"]);
}

#[tokio::test]
async fn a_full_disk_fails_the_whole_group_when_sqlite_takes_back_everything() {
    let file = File::new().await;
    let first = file.begin().await;
    let pages = "PRAGMA max_page_count = 20";
    first.batch(pages).await.unwrap();
    add(&first, "one").await;
    let (second, third) = (file.ask().await, file.ask().await);
    let first = commit(first).await;
    let second = second.await.unwrap();
    let much = "INSERT INTO nick (text) VALUES (HEX(ZEROBLOB(100000)))";
    let full = second.batch(much).await.unwrap_err();
    assert!(matches!(full, PersistenceError::StorageFull(_)), "{full:?}");
    drop(second);
    let told = first.await.unwrap().unwrap_err();
    assert!(matches!(told, PersistenceError::StorageFull(_)), "{told:?}");
    // Whoever waits gets a transaction of its own, and small writes go on.
    let third = third.await.unwrap();
    add(&third, "three").await;
    third.commit(nothing()).await.unwrap();
    assert_eq!(file.names().await, ["three"]);
}

#[tokio::test]
async fn closing_waits_for_those_who_have_asked() {
    let file = File::new().await;
    let turn = file.begin().await;
    add(&turn, "one").await;
    let closing = tokio::spawn(file.pools.clone().close());
    tokio::task::yield_now().await;
    turn.commit(nothing()).await.unwrap();
    closing.await.unwrap().unwrap();
    let refused = file.pools.begin().await.unwrap_err();
    assert!(
        matches!(refused, PersistenceError::Unavailable(_)),
        "{refused:?}"
    );
}
