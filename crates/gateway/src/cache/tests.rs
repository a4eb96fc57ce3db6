//! Who makes an answer, and who may take it.

use std::future::{pending, ready};

use domain::change::Tag;
use futures_util::FutureExt as _;
use persistence::{Database, DatabaseSettings};
use tempfile::TempDir;

use super::*;

/// A cache beside an empty catalogue.
struct Board {
    cache: AnswerCache,
    database: Database,
    _folder: TempDir,
}

impl Board {
    async fn new(bytes: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/board.db", folder.path().display());
        let database = Database::open(&DatabaseSettings::new(url)).await.unwrap();
        database.catch_up(u64::MAX).await.unwrap();
        let settings = CacheSettings {
            enabled: true,
            bytes,
        };
        Self {
            cache: AnswerCache::new(&settings, database.clock().clone(), Metrics::new()),
            database,
            _folder: folder,
        }
    }

    /// The body that somebody gets, or whatever could not be kept.
    async fn take(&self, make: impl Future<Output = Made<&'static str>>) -> String {
        self.database.catch_up(u64::MAX).await.unwrap();
        taken(self.cache.take(Key::for_testing(1), || make).await)
    }

    /// Something changes.
    async fn change(&self) {
        let transaction = self.database.begin().await.unwrap();
        let change = domain::change::NewChange {
            at: domain::Timestamp::parse("2026-01-01T00:00:00.000000Z").unwrap(),
            entity: domain::change::ChangeEntity::Source,
            id: <domain::id::SourceId as domain::id::Id>::parse(
                "src_01890000-0000-7000-8000-000000000000",
            )
            .map(domain::id::Id::uuid)
            .unwrap(),
            op: domain::change::ChangeOp::Updated,
            aspects: domain::change::Aspects::NONE,
            revision: 1,
            author: domain::access::Author::named("test"),
        };
        transaction.commit(&[change]).await.unwrap();
    }
}

fn taken(taken: Taken<&'static str>) -> String {
    match taken {
        Taken::Kept(kept, _) => String::from_utf8(kept.body().to_vec()).unwrap(),
        Taken::Private(text, _) => text.to_owned(),
    }
}

fn finished(body: &'static str) -> Made<&'static str> {
    let mut tags = Tags::default();
    tags.add(Tag::EVERYTHING);
    Made::Finished(Finished {
        body: Bytes::from_static(body.as_bytes()),
        worth: 1,
        tags,
    })
}

/// What nobody may begin to make.
fn never() -> impl Future<Output = Made<&'static str>> {
    std::future::poll_fn(|_| panic!("made once more"))
}

#[tokio::test]
async fn an_answer_is_kept_until_something_changes() {
    let board = Board::new(1 << 20).await;
    assert_eq!(board.take(ready(finished("one"))).await, "one");
    assert_eq!(board.take(never()).await, "one");
    board.change().await;
    assert_eq!(board.take(ready(finished("two"))).await, "two");
    assert_eq!(board.take(never()).await, "two");
}

#[tokio::test]
async fn an_answer_that_changes_while_it_is_made_is_not_used_later() {
    let board = Board::new(1 << 20).await;
    let make = async {
        board.change().await;
        finished("one")
    };
    assert_eq!(Box::pin(board.take(make)).await, "one");
    assert_eq!(board.take(ready(finished("two"))).await, "two");
}

#[tokio::test]
async fn what_cannot_be_kept_is_made_by_everybody() {
    let board = Board::new(1 << 20).await;
    for own in ["one", "two"] {
        assert_eq!(board.take(ready(Made::Private(own))).await, own);
    }
    let mut first = Box::pin(board.cache.take(Key::for_testing(1), pending::<Made<&str>>));
    assert!((&mut first).now_or_never().is_none());
    let mut second = Box::pin(
        board
            .cache
            .take(Key::for_testing(1), || ready(Made::Private("own"))),
    );
    assert!((&mut second).now_or_never().is_none());
    drop(first);
    assert_eq!(taken(second.await), "own");
}

#[tokio::test]
async fn several_who_miss_an_answer_wait_for_one_who_makes_it() {
    let board = Board::new(1 << 20).await;
    let (tell, told) = tokio::sync::oneshot::channel();
    let make = async {
        told.await.unwrap();
        finished("one")
    };
    let key = Key::for_testing(1);
    let mut first = Box::pin(board.cache.take(key, || make));
    assert!((&mut first).now_or_never().is_none());
    let mut second = Box::pin(board.cache.take(key, never));
    assert!((&mut second).now_or_never().is_none());
    tell.send(()).unwrap();
    assert_eq!(taken(first.await), "one");
    assert_eq!(taken(second.await), "one");
}

#[tokio::test]
async fn whoever_came_after_a_change_does_not_take_an_answer_that_was_begun_before() {
    let board = Board::new(1 << 20).await;
    let (tell, told) = tokio::sync::oneshot::channel();
    let make = async {
        told.await.unwrap();
        finished("before")
    };
    let key = Key::for_testing(1);
    let mut first = Box::pin(board.cache.take(key, || make));
    assert!((&mut first).now_or_never().is_none());
    board.change().await;
    let mut second = Box::pin(board.cache.take(key, || ready(finished("after"))));
    let mut third = Box::pin(board.cache.take(key, never));
    assert!((&mut second).now_or_never().is_none());
    assert!((&mut third).now_or_never().is_none());
    tell.send(()).unwrap();
    assert_eq!(taken(first.await), "before");
    assert_eq!(taken(second.await), "after");
    assert_eq!(taken(third.await), "after");
}

#[tokio::test]
async fn the_next_one_makes_the_answer_when_the_first_one_hangs_up() {
    let board = Board::new(1 << 20).await;
    let key = Key::for_testing(1);
    let mut first = Box::pin(board.cache.take(key, pending::<Made<&str>>));
    assert!((&mut first).now_or_never().is_none());
    let mut second = Box::pin(board.cache.take(key, || ready(finished("one"))));
    assert!((&mut second).now_or_never().is_none());
    drop(first);
    assert_eq!(taken(second.await), "one");
}

#[tokio::test]
async fn the_cache_has_a_largest_size_and_no_answer_takes_all_of_it() {
    let board = Board::new(16 * 1024).await;
    for number in 0..100 {
        let taken = board
            .cache
            .take(Key::for_testing(number), || ready(finished("one")));
        taken.await;
    }
    let large: &'static str = Box::leak("x".repeat(4096).into_boxed_str());
    assert_eq!(board.take(ready(finished(large))).await, large);
    let kept = board.cache.kept.as_ref().unwrap();
    kept.run_pending_tasks();
    let (entries, bytes) = board.cache.size();
    assert!(entries > 10 && bytes <= 16 * 1024, "{entries} {bytes}");
    assert_eq!(board.take(ready(finished("small"))).await, "small");
}
