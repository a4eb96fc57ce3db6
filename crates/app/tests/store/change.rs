//! The change sequence tells what storing did.

use domain::role::{PublicationState, RoleDraft};

use crate::document::{duty, empty, path};
use crate::on_both_engines;
use crate::rows::changes;

on_both_engines! {
    async fn everything_new_has_a_change_of_its_own(board) {
        let mut draft = empty("pilot");
        draft.categories = vec![path(&["Water", "Harbours"])];
        draft.duties = vec![duty("Steer", &["Radio", "Charts"])];
        board.store(&draft).await;
        assert_eq!(changes(&board).await, [
            "SOURCE CREATED 1 test",
            "CATEGORY CREATED 1 test",
            "CATEGORY CREATED 1 test",
            "SKILL CREATED 1 test",
            "SKILL CREATED 1 test",
            "ROLE CREATED 1 test",
        ]);
    }

    async fn a_role_tells_when_it_is_published_and_withdrawn(board) {
        for state in [
            PublicationState::Draft,
            PublicationState::InReview,
            PublicationState::Published,
            PublicationState::Archived,
        ] {
            board.store(&RoleDraft { state, ..empty("pilot") }).await;
        }
        let mut draft = RoleDraft { state: PublicationState::Archived, ..empty("pilot") };
        draft.source.licence = Some("CC0-1.0".to_owned());
        board.store(&draft).await;
        assert_eq!(changes(&board).await, [
            "SOURCE CREATED 1 test",
            "ROLE CREATED 1 test",
            "ROLE UPDATED 2 test",
            "ROLE PUBLISHED 3 test",
            "ROLE UNPUBLISHED 4 test",
            // A licence is the source's: the role is the same as before.
            "SOURCE UPDATED 1 test",
        ]);
    }
}
