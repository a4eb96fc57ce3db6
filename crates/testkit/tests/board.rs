//! What a test may rely on when it gets a board.

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use testkit::{TestBoard, draft, on_both_engines};

on_both_engines! {
    async fn a_fresh_board_is_empty(board) {
        assert_eq!(board.database().reads().catalogue_version().await.unwrap(), 0);
    }

    async fn boards_do_not_see_each_other(board) {
        let other = TestBoard::new(board.engine()).await;
        board.store(&draft("chef", "Chef")).await;
        assert_eq!(other.database().reads().catalogue_version().await.unwrap(), 0);
        assert_ne!(board.database().reads().catalogue_version().await.unwrap(), 0);
    }

    async fn ids_and_times_repeat(board) {
        let other = TestBoard::new(board.engine()).await;
        let [first, second] = [
            board.store(&draft("chef", "Chef")).await,
            other.store(&draft("chef", "Chef")).await,
        ];
        assert_eq!(first, second);
    }
}
