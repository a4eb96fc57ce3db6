//! Another process beside the one that answers.

use std::time::Duration;

use persistence::{Database, DatabaseSettings};
use serde_json::Value;
use testkit::{TestBoard, draft, on_both_engines};

use gateway::{Gateway, GatewaySettings};

use super::{refresh, request, role};

/// A process that serves the same catalogue as the board.
struct Neighbour {
    database: Database,
    gateway: Gateway,
}

impl Neighbour {
    async fn of(board: &TestBoard) -> Self {
        let database = Database::open(&DatabaseSettings::new(board.url()))
            .await
            .unwrap();
        let settings = GatewaySettings::for_testing();
        Self {
            gateway: testkit::gateway(&database, &settings),
            database,
        }
    }

    async fn title(&self) -> Value {
        let mut answer = self.gateway.answer(&request(&role("one", "title"))).await;
        answer["data"]["role"]["title"].take()
    }

    async fn statements(&self) -> u64 {
        let before = self.database.reads().statements_run();
        self.title().await;
        self.database.reads().statements_run() - before
    }
}

on_both_engines! {
    async fn changes_of_another_process_are_followed(board) {
        board.store(&draft("one", "One")).await;
        let neighbour = Neighbour::of(&board).await;
        let _following = neighbour.database.follow();
        assert_eq!(neighbour.title().await, "One");
        board.store(&draft("one", "Other")).await;
        let version = board.database().clock().head();
        let followed = async {
            while neighbour.database.clock().head() < version {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), followed).await.unwrap();
        assert_eq!(neighbour.title().await, "Other");
    }

    async fn whoever_names_a_version_sees_it_at_once(board) {
        board.store(&draft("one", "One")).await;
        let neighbour = Neighbour::of(&board).await;
        refresh(&neighbour.database).await;
        assert_eq!(neighbour.title().await, "One");
        assert_eq!(neighbour.statements().await, 0);
        board.store(&draft("one", "Other")).await;
        let version = board.database().clock().head();
        assert_eq!(neighbour.database.catch_up(version).await.unwrap(), version);
        assert_eq!(neighbour.title().await, "Other");
        let never = neighbour.database.catch_up(version + 1).await.unwrap();
        assert_eq!(never, version);
    }

    async fn nothing_that_is_kept_is_used_while_nobody_follows(board) {
        board.store(&draft("one", "One")).await;
        let neighbour = Neighbour::of(&board).await;
        assert!(!neighbour.database.clock().is_fresh());
        neighbour.title().await;
        assert_eq!(neighbour.statements().await, 1);
    }
}
