//! Which slug a role gets.

use domain::Locale;

use crate::board::TestBoard;
use crate::document::empty;
use crate::on_both_engines;
use crate::rows::{meddle, texts};

/// Stores a document of a source and says which slug its role got.
async fn stored(board: &TestBoard, name: &str, source: &str, locale: &str) -> String {
    let mut draft = empty(name);
    draft.source.name = source.to_owned();
    draft.locale = Locale::parse(locale).unwrap();
    let stored = board.store(&draft).await;
    assert_eq!(stored.slug_taken, stored.slug != draft.slug);
    stored.slug.to_string()
}

on_both_engines! {
    async fn a_slug_that_is_taken_gets_a_number(board) {
        assert_eq!(stored(&board, "pilot", "One", "en").await, "pilot");
        assert_eq!(stored(&board, "pilot", "Two", "en").await, "pilot-2");
        assert_eq!(stored(&board, "pilot", "Three", "en").await, "pilot-3");
        assert_eq!(stored(&board, "pilot", "Two", "en").await, "pilot-2");
    }

    async fn numbers_go_on_as_far_as_they_must(board) {
        for number in 1..=20 {
            let wanted = if number == 1 { "cook".to_owned() } else { format!("cook-{number}") };
            let source = format!("Source {number}");
            assert_eq!(stored(&board, "cook", &source, "en").await, wanted);
        }
    }

    async fn slugs_are_taken_in_one_locale_only(board) {
        assert_eq!(stored(&board, "pilot", "One", "en").await, "pilot");
        assert_eq!(stored(&board, "pilot", "One", "de").await, "pilot");
        assert_eq!(stored(&board, "pilot", "Two", "de").await, "pilot-2");
    }

    async fn former_slugs_still_lead_to_their_roles_and_are_not_given_away(board) {
        stored(&board, "pilot", "One", "en").await;
        let former = "INSERT INTO slug_history SELECT 'helmsman', 'en', id FROM role";
        meddle(&board, former).await;
        assert_eq!(stored(&board, "helmsman", "One", "en").await, "helmsman-2");
        assert_eq!(stored(&board, "helmsman", "One", "fr").await, "helmsman");
    }

    async fn skills_and_categories_number_their_slugs_too(board) {
        let mut draft = empty("pilot");
        draft.categories = vec![
            crate::document::path(&["Sea", "Crew"]),
            crate::document::path(&["Air", "Crew"]),
        ];
        draft.duties = vec![crate::document::duty("Steer", &["R&D", "R and D", "Randd"])];
        board.store(&draft).await;
        let slugs = texts(&board, "SELECT slug FROM category ORDER BY slug").await;
        assert_eq!(slugs, ["air", "crew", "crew-2", "sea"]);
        let slugs = texts(&board, "SELECT slug FROM skill ORDER BY slug").await;
        assert_eq!(slugs, ["r-and-d", "randd", "randd-2"]);
    }
}
