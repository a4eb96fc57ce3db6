//! Children of a role keep their ids while they say the same.

use std::collections::BTreeMap;

use app::StoreAction;
use domain::read::RoleBy;

use crate::board::TestBoard;
use crate::document::{duty, faq, full, slug};
use crate::identity::read;
use crate::on_both_engines;
use crate::rows::texts;

/// The ids of children by what they say.
async fn ids(board: &TestBoard) -> BTreeMap<String, String> {
    let tree = read(board, RoleBy::Slug(slug("harbour-master"))).await;
    let mut ids = BTreeMap::new();
    let mut add = |kind: &str, text: &str, id: &dyn std::fmt::Display| {
        ids.insert(format!("{kind}: {text}"), id.to_string());
    };
    for fact in tree.facts.get().unwrap() {
        add("fact", &fact.label, &fact.id);
    }
    for duty in tree.duties.get().unwrap() {
        add("duty", &duty.text, &duty.id);
    }
    for section in tree.sections.get().unwrap() {
        add("section", &section.heading, &section.id);
    }
    for group in tree.qualification_groups.get().unwrap() {
        add("group", group.heading.as_deref().unwrap_or(""), &group.id);
        for item in &group.items {
            add("item", &item.text, &item.id);
        }
    }
    for faq in tree.faqs.get().unwrap() {
        add("faq", &faq.faq.question, &faq.faq.id);
    }
    for salary in tree.salaries.get().unwrap() {
        add("salary", salary.level.as_str(), &salary.id);
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
        let rows = texts(&board, "SELECT uuid FROM faq").await;
        let wanted = after["faq: Who pays?"].trim_start_matches("faq_");
        assert_eq!(rows, [wanted]);
    }
}
