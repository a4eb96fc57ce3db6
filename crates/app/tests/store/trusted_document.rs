//! Pushing and removing trusted documents.

use std::sync::Arc;

use app::{AppError, PushedDocuments, sha256_of};
use domain::access::Author;
use domain::document::{DocumentId, MAX_DOCUMENT_BYTES, TrustedDocument};

use crate::board::TestBoard;
use crate::on_both_engines;
use crate::rows::{changes, snapshot, texts};

fn id(text: &str) -> DocumentId {
    DocumentId::parse(text).unwrap()
}

fn document(name: &str, text: &str) -> TrustedDocument {
    TrustedDocument {
        id: id(name),
        name: Some(format!("Operation {name}")),
        text: text.to_owned(),
    }
}

async fn push(board: &TestBoard, documents: &[TrustedDocument]) -> (usize, usize) {
    let pushed = board
        .catalogue()
        .push_documents(documents, Author::named("test"))
        .await
        .unwrap();
    let PushedDocuments { created, unchanged } = pushed;
    (created, unchanged)
}

async fn refusal(board: &TestBoard, documents: &[TrustedDocument]) -> String {
    let before = snapshot(board).await;
    let refused = board
        .catalogue()
        .push_documents(documents, Author::named("test"))
        .await;
    let refused = refused.unwrap_err();
    assert!(!matches!(refused, AppError::Persistence(_)), "{refused:?}");
    assert_eq!(snapshot(board).await, before);
    refused.to_string()
}

on_both_engines! {
    async fn pushed_documents_are_read_back_as_they_were(board) {
        let nameless = TrustedDocument { name: None, ..document("b", "{ b \"\\u{1f600}\" 'ä\n }") };
        let documents = [nameless, document("Z", "{ z }"), document("a", "query A { a }")];
        assert_eq!(push(&board, &documents).await, (3, 0));

        let [nameless, upper, lower] = documents;
        let reads = board.database().reads();
        let before = reads.statements_run();
        let found = reads.find_trusted_document(&nameless.id).await.unwrap();
        assert_eq!(found.as_ref(), Some(&nameless));
        assert_eq!(reads.find_trusted_document(&id("c")).await.unwrap(), None);
        let all = reads.trusted_documents().await.unwrap();
        assert_eq!(all, [upper, lower, nameless]);
        assert_eq!(reads.statements_run() - before, 3);
    }

    async fn documents_that_are_there_stay_as_they_are(board) {
        push(&board, &[document("a", "{ a }")]).await;
        let before = texts(&board, "SELECT pushed_at || name FROM trusted_document").await;
        let renamed = TrustedDocument { name: None, ..document("a", "{ a }") };
        assert_eq!(push(&board, &[renamed]).await, (0, 1));
        let after = texts(&board, "SELECT pushed_at || name FROM trusted_document").await;
        assert_eq!(after, before);
        assert_eq!(push(&board, &[document("a", "{ a }"), document("b", "{ b }")]).await, (1, 1));
        assert_eq!(push(&board, &[]).await, (0, 0));
    }

    async fn an_id_never_changes_its_text(board) {
        push(&board, &[document("a", "{ a }")]).await;
        let refused = refusal(&board, &[document("b", "{ b }"), document("a", "{ aa }")]).await;
        assert_eq!(
            refused,
            "document a is already there with another text: an id never changes its text, push \
             the new text under a new id"
        );
    }

    async fn an_id_that_is_given_twice_has_one_text(board) {
        let same = [document("a", "{ a }"), document("a", "{ a }")];
        assert_eq!(push(&board, &same).await, (1, 0));
        let refused = refusal(&board, &[document("b", "{ b }"), document("b", "{ bb }")]).await;
        assert!(refused.starts_with("document b is given twice with different texts"), "{refused}");
    }

    async fn bounds_and_promised_hashes_are_kept(board) {
        let huge = document("huge", &"a".repeat(MAX_DOCUMENT_BYTES + 1));
        let refused = refusal(&board, &[document("b", "{ b }"), huge]).await;
        assert!(refused.starts_with("document huge: text has 262145 bytes"), "{refused}");

        let hash = sha256_of("{ a }");
        let hashed = format!("sha256:{hash}");
        let refused = refusal(&board, &[document(&hashed, "{ b }")]).await;
        assert!(refused.contains(&format!("is {}:", sha256_of("{ b }"))), "{refused}");
        assert_eq!(push(&board, &[document(&hashed, "{ a }")]).await, (1, 0));
        assert_eq!(push(&board, &[document(&hash, "{ other }")]).await, (1, 0));
    }

    async fn removed_documents_are_gone_and_unknown_ids_reported(board) {
        push(&board, &[document("a", "{ a }"), document("b", "{ b }")]).await;
        let ids = [id("x"), id("a"), id("a"), id("w")];
        let removed = board.catalogue().remove_documents(&ids, Author::named("test")).await.unwrap();
        assert_eq!(removed.removed, 1);
        assert_eq!(removed.unknown, [id("x"), id("w")]);
        let left = board.database().reads().trusted_documents().await.unwrap();
        assert_eq!(left, [document("b", "{ b }")]);
        assert_eq!(push(&board, &[document("a", "{ another a }")]).await, (1, 0));
    }

    async fn the_catalogue_version_stays(board) {
        push(&board, &[document("a", "{ a }")]).await;
        board.catalogue().remove_documents(&[id("a")], Author::named("test")).await.unwrap();
        assert!(changes(&board).await.is_empty());
        assert_eq!(board.database().reads().catalogue_version().await.unwrap(), 0);
    }

    async fn many_documents_are_pushed_at_once(board) {
        let document = |number| document(&format!("operation-{number}"), &format!("{{ f{number} }}"));
        let documents: Vec<_> = (0..2_500).map(document).collect();
        assert_eq!(push(&board, &documents).await, (2_500, 0));
        assert_eq!(push(&board, &documents).await, (0, 2_500));
        let ids: Vec<_> = documents.into_iter().map(|document| document.id).collect();
        let removed = board.catalogue().remove_documents(&ids, Author::named("test")).await.unwrap();
        assert_eq!((removed.removed, removed.unknown.len()), (2_500, 0));
    }

    async fn programs_that_push_the_same_at_once_agree(board) {
        let mut programs = Vec::new();
        for _ in 0..4 {
            programs.push(board.another_catalogue().await);
        }
        let start = Arc::new(tokio::sync::Barrier::new(programs.len()));
        let running: Vec<_> = programs.into_iter().map(|catalogue| {
            let start = Arc::clone(&start);
            tokio::spawn(async move {
                start.wait().await;
                let documents = [document("a", "{ a }"), document("b", "{ b }")];
                catalogue.push_documents(&documents, Author::named("test")).await.unwrap().created
            })
        }).collect();
        let mut created = Vec::new();
        for program in running {
            created.push(program.await.unwrap());
        }
        created.sort_unstable();
        assert_eq!(created, [0, 0, 0, 2]);
    }
}
