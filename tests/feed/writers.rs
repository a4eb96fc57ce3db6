//! A reader who follows the feed while many write.

use std::sync::atomic::{AtomicUsize, Ordering};

use app::StoreOptions;
use domain::read::{ChangesRequest, FeedPlace};
use futures_util::future::join_all;
use testkit::{TestBoard, draft, on_both_engines};

const WRITERS: usize = 8;
const ROUNDS: usize = 12;

/// Writes roles one after the other, each in a transaction of its own.
async fn write(board: &TestBoard, writer: usize, writing: &AtomicUsize) {
    for round in 0..ROUNDS {
        let slug = format!("role-{writer}-{}", round % 3);
        let role = draft(&slug, &format!("Role {writer} as of {round}"));
        let stored = board
            .catalogue()
            .store_role(&role, StoreOptions::new("test"));
        stored.await.unwrap();
    }
    writing.fetch_sub(1, Ordering::Relaxed);
}

/// Follows the feed until the writers are done and nothing is left.
async fn follow(board: &TestBoard, writing: &AtomicUsize) -> Vec<u64> {
    let (mut told, mut after) = (Vec::new(), FeedPlace(0));
    loop {
        let is_over = writing.load(Ordering::Relaxed) == 0;
        let request = ChangesRequest {
            after: Some(after),
            entities: Vec::new(),
            limit: 7,
            total: false,
        };
        let page = board
            .database()
            .reads()
            .changes_page(&request)
            .await
            .unwrap();
        told.extend(page.changes.iter().map(|change| change.place.0));
        after = page.end();
        if is_over && !page.has_more {
            return told;
        }
        tokio::task::yield_now().await;
    }
}

on_both_engines! {
    async fn nobody_who_follows_misses_a_commit(board) {
        let writing = AtomicUsize::new(WRITERS);
        let writers = join_all((0..WRITERS).map(|writer| write(&board, writer, &writing)));
        let readers = join_all((0..3).map(|_| follow(&board, &writing)));
        let (_, told) = tokio::join!(writers, readers);
        let request = ChangesRequest {
            after: None,
            entities: vec![domain::change::ChangeEntity::Role],
            limit: 100,
            total: true,
        };
        let whole = board.database().reads().changes_page(&request).await.unwrap();
        let roles = whole.total.unwrap().value;
        assert_eq!(roles, u64::try_from(WRITERS * ROUNDS).unwrap());
        for told in told {
            assert!(told.is_sorted_by(|one, next| one < next), "{told:?}");
            let all = follow(&board, &writing).await;
            assert_eq!(told, all);
        }
    }
}
