//! `rolegraph reindex`

use serde_json::{Value, json};
use testkit::{TestBoard, draft, on_both_engines};

use crate::program::{Ended, Workplace};

/// Takes words out of the index behind everybody's back.
async fn damage(board: &TestBoard) {
    for table in ["search_text", "search_word", "search_start"] {
        board.place().run(&format!("DELETE FROM {table}")).await;
    }
}

fn reindex(board: &TestBoard, arguments: &[&str]) -> Ended {
    let all = [&["reindex", "--database-url", board.url()], arguments].concat();
    Workplace::new().run(&all)
}

/// What is found without anything that a server keeps.
fn found(board: &TestBoard) -> Value {
    let server = Workplace::new().serve(&["--database-url", board.url()]);
    let query = "{
        search(query: \"chef\") { nodes { slug } }
        suggest(prefix: \"ch\") { text }
        resolveTitle(title: \"Chefs\") { matchedTitle }
    }";
    let mut answer = server.ask(query);
    assert!(answer.get("errors").is_none(), "{answer:#}");
    answer["data"].take()
}

on_both_engines! {
    async fn a_damaged_index_is_built_anew(board) {
        board.store(&draft("chef", "Chef")).await;
        let whole = found(&board);
        assert_eq!(whole["search"]["nodes"], json!([{ "slug": "chef" }]));
        assert_eq!(whole["suggest"], json!([{ "text": "Chef" }]));
        damage(&board).await;
        assert_ne!(found(&board), whole);
        let ended = reindex(&board, &[]);
        assert_eq!((ended.code, ended.output.as_str()), (0, "roles in the index: 1\n"), "{ended:?}");
        assert_eq!(ended.errors, "");
        assert_eq!(found(&board), whole);
    }

    async fn an_index_without_damage_stays_as_it_is(board) {
        board.store(&draft("chef", "Chef")).await;
        let mut hidden = draft("waiter", "Waiter");
        hidden.state = domain::role::PublicationState::Draft;
        board.store(&hidden).await;
        let whole = found(&board);
        let version = board.database().reads().catalogue_version().await.unwrap();
        assert_eq!(reindex(&board, &["--output", "json"]).json(), json!({ "roles": 1 }));
        assert_eq!(found(&board), whole);
        assert_eq!(board.database().reads().catalogue_version().await.unwrap(), version);
    }
}

#[test]
fn an_index_that_cannot_be_built_is_exit_code_78() {
    let url = "sqlite://nowhere/x.db";
    let refused = Workplace::new().run(&["reindex", "--database-url", url]);
    assert_eq!(
        (refused.code, refused.errors.lines().count()),
        (78, 1),
        "{refused:?}"
    );
}
