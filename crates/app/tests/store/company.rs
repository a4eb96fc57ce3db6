//! Several programs store at the same time.

use std::sync::Arc;

use app::{AppError, StoreAction, StoreOptions};
use domain::role::RoleDraft;
use persistence::PersistenceError;

use crate::board::TestBoard;
use crate::document::{duty, full, related};
use crate::on_both_engines;
use crate::rows::texts;

/// Each draft is stored by a program of its own, all at once.
async fn store_at_once(board: &TestBoard, drafts: Vec<RoleDraft>) -> Vec<StoreAction> {
    let mut programs = Vec::new();
    for draft in drafts {
        let catalogue = board.another_catalogue().await;
        programs.push((catalogue, draft));
    }
    let start = Arc::new(tokio::sync::Barrier::new(programs.len()));
    let running: Vec<_> = programs
        .into_iter()
        .map(|(catalogue, draft)| {
            let start = Arc::clone(&start);
            tokio::spawn(async move {
                start.wait().await;
                let options = StoreOptions::new("test");
                catalogue.store_role(&draft, options).await.unwrap().action
            })
        })
        .collect();
    let mut actions = Vec::new();
    for program in running {
        actions.push(program.await.unwrap());
    }
    actions
}

fn count(actions: &[StoreAction], wanted: StoreAction) -> usize {
    actions.iter().filter(|action| **action == wanted).count()
}

on_both_engines! {
    async fn one_document_becomes_one_role(board) {
        let actions = store_at_once(&board, vec![full("pilot"); 4]).await;
        assert_eq!(count(&actions, StoreAction::Created), 1);
        assert_eq!(count(&actions, StoreAction::Unchanged), 3);
        assert_eq!(texts(&board, "SELECT slug FROM role").await, ["pilot"]);
    }

    async fn no_revision_is_lost(board) {
        board.store(&full("pilot")).await;
        let edits = ["Red", "Green", "Blue", "White"].map(|colour| {
            let mut draft = full("pilot");
            draft.title = format!("{colour} pilot");
            draft
        });
        let actions = store_at_once(&board, edits.into()).await;
        assert_eq!(count(&actions, StoreAction::Updated), 4);
        assert_eq!(texts(&board, "SELECT CAST(revision AS TEXT) FROM role").await, ["5"]);
    }

    async fn who_does_not_get_to_write_one_role_is_told_why_and_nothing_is_lost(board) {
        board.store(&full("pilot")).await;
        let writers: Vec<_> = (0..64)
            .map(|number| {
                let catalogue = board.catalogue().clone();
                let mut draft = full("pilot");
                draft.title = format!("Pilot {number}");
                tokio::spawn(async move {
                    catalogue.store_role(&draft, StoreOptions::new("test")).await
                })
            })
            .collect();
        let mut written = 0;
        for writer in writers {
            match writer.await.unwrap() {
                Ok(stored) => {
                    assert_eq!(stored.action, StoreAction::Updated);
                    written += 1;
                }
                Err(AppError::Persistence(
                    PersistenceError::Contention(_)
                    | PersistenceError::Busy(_)
                    | PersistenceError::Unavailable(_),
                )) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        let revision = texts(&board, "SELECT CAST(revision AS TEXT) FROM role").await;
        assert_eq!(revision, [(1 + written).to_string()]);
        let changes = "SELECT CAST(revision AS TEXT) FROM change WHERE entity = 'ROLE' ORDER BY seq";
        let changes = texts(&board, changes).await;
        let expected: Vec<String> = (1..=1 + written).map(|revision| revision.to_string()).collect();
        assert_eq!(changes, expected);
    }

    async fn new_skills_and_relations_meet(board) {
        let names = ["pilot", "captain", "sailor", "cook"];
        let drafts = names.iter().enumerate().map(|(i, name)| {
            let mut draft = full(name);
            let mut skills = ["Radio", "Charts", "Knots", "Planning"];
            skills.rotate_left(i);
            draft.duties = vec![duty("Work aboard", &skills)];
            draft.related = names.iter().filter(|other| *other != name).map(|other| related(other)).collect();
            draft
        });
        let actions = store_at_once(&board, drafts.collect()).await;
        assert_eq!(count(&actions, StoreAction::Created), 4);
        let skills = texts(&board, "SELECT name FROM skill ORDER BY name").await;
        assert_eq!(skills, ["Charts", "Knots", "Planning", "Radio"]);
        let pending = "SELECT to_slug FROM role_relation WHERE to_id IS NULL";
        assert!(texts(&board, pending).await.is_empty());
    }
}
