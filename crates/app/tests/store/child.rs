//! Children of a role keep their ids while they say the same.

use std::collections::BTreeMap;

use app::StoreAction;

use crate::board::TestBoard;
use crate::document::{duty, faq, full};
use crate::on_both_engines;
use crate::rows::texts;

/// The ids of children by what they say.
async fn ids(board: &TestBoard) -> BTreeMap<String, String> {
    let mut ids = BTreeMap::new();
    for (table, text) in [
        ("role_fact", "label"),
        ("duty", "text"),
        ("section", "heading"),
        ("qualification_group", "COALESCE(heading, '')"),
        ("qualification", "text"),
        ("faq", "question"),
        ("salary", "level"),
    ] {
        let lines = format!("SELECT '{table}: ' || {text} || '=' || id FROM {table}");
        for line in texts(board, &lines).await {
            let (child, id) = line.rsplit_once('=').unwrap();
            ids.insert(child.to_owned(), id.to_owned());
        }
    }
    ids
}

on_both_engines! {
    async fn children_that_say_the_same_keep_their_ids(board) {
        let mut draft = full("harbour-master");
        board.store(&draft).await;
        let before = ids(&board).await;
        assert_eq!(before.len(), 10);

        draft.title = "Chief of the harbour".into();
        draft.duties.reverse();
        draft.faqs.insert(0, faq("What is a berth?"));
        draft.faqs[1].answer = "They rock.".into();
        draft.sections[0].body = "Only one paragraph.".into();
        assert_eq!(board.store(&draft).await.action, StoreAction::Updated);
        let mut after = ids(&board).await;
        let added = after.remove("faq: What is a berth?").unwrap();
        assert_eq!(after, before);
        assert!(!before.values().any(|id| *id == added));
    }

    async fn children_that_are_no_longer_said_vanish(board) {
        let mut draft = full("harbour-master");
        board.store(&draft).await;
        let before = ids(&board).await;
        draft.duties = vec![duty("Assign berths wisely", &[])];
        draft.faqs.remove(0);
        board.store(&draft).await;
        let after = ids(&board).await;
        let duties: Vec<_> = after.keys().filter(|child| child.starts_with("duty")).collect();
        assert_eq!(duties, ["duty: Assign berths wisely"]);
        assert!(!before.values().any(|id| *id == after["duty: Assign berths wisely"]));
        assert_eq!(after["faq: Who pays?"], before["faq: Who pays?"]);
        assert!(!after.contains_key("faq: Do boats sleep?"));
        assert!(texts(&board, "SELECT duty_id FROM duty_skill").await.is_empty());
    }
}
