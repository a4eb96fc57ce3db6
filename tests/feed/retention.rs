//! Changes that are not kept any more, and readers who come too late.

use std::time::Duration;

use domain::read::FeedPlace;
use serde_json::{Value, json};
use testkit::{TestBoard, draft, on_both_engines};

const DAY: Duration = Duration::from_hours(24);

/// What the graph answers to whoever asks behind a place.
async fn behind(board: &TestBoard, place: u64) -> Value {
    let query = format!(
        "{{ changes(after: \"{}\", first: 100) {{ nodes {{ cursor }} headCursor }} }}",
        FeedPlace(place)
    );
    board
        .answer_with("changes:read", &json!({ "query": query }))
        .await
}

async fn places(board: &TestBoard) -> Vec<u64> {
    let query = "{ changes(first: 100) { nodes { cursor } } }";
    let data = super::data(board, query).await;
    let nodes = data["changes"]["nodes"].as_array().unwrap();
    let cursors = nodes.iter().map(|node| node["cursor"].as_str().unwrap());
    cursors
        .map(|text| FeedPlace::parse(text).unwrap().0)
        .collect()
}

on_both_engines! {
    async fn old_changes_go_from_the_front_and_the_newest_stays(board) {
        board.store(&draft("plumber", "Plumber")).await;
        let old = places(&board).await;
        board.clock().advance(100 * 24 * 60 * 60);
        board.store(&draft("chef", "Chef")).await;
        let version = board.database().reads().catalogue_version().await.unwrap();
        let pruned = board.catalogue().prune_changes(90 * DAY).await.unwrap();
        assert_eq!(pruned, u64::try_from(old.len()).unwrap());
        let kept = places(&board).await;
        assert!(!kept.is_empty() && kept[0] > *old.last().unwrap(), "{kept:?}");
        assert_eq!(board.catalogue().prune_changes(90 * DAY).await.unwrap(), 0);
        board.catalogue().prune_changes(Duration::ZERO).await.unwrap();
        board.clock().advance(1);
        board.catalogue().prune_changes(Duration::ZERO).await.unwrap();
        assert_eq!(places(&board).await, [version]);
        assert_eq!(board.database().reads().catalogue_version().await.unwrap(), version);
    }

    async fn a_cursor_at_the_boundary_works_and_one_before_it_does_not(board) {
        board.store(&draft("plumber", "Plumber")).await;
        let gone = *places(&board).await.last().unwrap();
        board.clock().advance(100 * 24 * 60 * 60);
        board.store(&draft("chef", "Chef")).await;
        let before = behind(&board, gone).await;
        board.catalogue().prune_changes(90 * DAY).await.unwrap();
        assert_eq!(behind(&board, gone).await, before);
        let refused = behind(&board, gone - 1).await;
        let error = &refused["errors"][0];
        assert_eq!(error["extensions"]["code"], "CURSOR_EXPIRED");
        assert_eq!(error["extensions"]["headCursor"], before["data"]["changes"]["headCursor"]);
        assert!(error["message"].as_str().unwrap().contains("read the whole catalogue again"));
    }

    async fn many_old_changes_go_a_few_at_a_time(board) {
        for number in 0..300 {
            board.store(&draft(&format!("role-{number}"), &format!("Role {number}"))).await;
        }
        for number in 0..300 {
            board.store(&draft(&format!("role-{number}"), &format!("New role {number}"))).await;
        }
        let version = board.database().reads().catalogue_version().await.unwrap();
        board.clock().advance(1);
        let pruned = board.catalogue().prune_changes(Duration::ZERO).await.unwrap();
        assert_eq!(pruned, version - 1);
        assert!(version > 600);
    }
}
