//! Documents that an operator has stored are answered without a restart.

use domain::access::Author;
use domain::document::{DocumentId, TrustedDocument};
use serde_json::{Value, json};
use testkit::{draft, on_both_engines};

fn document(id: &str, text: &str) -> TrustedDocument {
    TrustedDocument {
        id: DocumentId::parse(id).unwrap(),
        name: None,
        text: text.to_owned(),
    }
}

on_both_engines! {
    async fn a_stored_document_is_answered_by_its_id_and_by_its_hash(board) {
        board.store(&draft("chef", "Chef")).await;
        let text = "query Title($slug: Slug!) { role(by: {slug: $slug}) { title } }";
        let stored = board.catalogue().push_documents(&[document("title-page", text)], Author::named("test")).await;
        assert_eq!(stored.unwrap().created, 1);
        let ask = |id: &str| json!({ "documentId": id, "variables": { "slug": "chef" } });
        let answer = board.answer(&ask("title-page")).await;
        assert_eq!(answer["data"]["role"]["title"], "Chef", "{answer}");
        let unknown = board.answer(&ask("other-page")).await;
        assert_eq!(unknown["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND");
    }

    async fn an_id_that_promises_a_hash_gets_the_text_that_has_it(board) {
        let text = "{ __typename }";
        let hash = DocumentId::parse(&format!("sha256:{}", ingest::sha256_of(text))).unwrap();
        // Tools may use hashes of something else as ids of their own.
        let foreign = "a".repeat(64);
        let documents = [document(hash.as_str(), text), document(&foreign, text)];
        board.catalogue().push_documents(&documents, Author::named("test")).await.unwrap();
        let answer = async |id: &str| board.answer(&json!({ "documentId": id })).await;
        let bare = hash.sha256_twin().unwrap();
        for id in [hash.as_str(), bare.as_str(), &foreign] {
            assert_eq!(answer(id).await["data"]["__typename"], "Query", "{id}");
        }
        let promised = answer(&format!("sha256:{foreign}")).await;
        assert_eq!(promised["data"], Value::Null, "{promised}");
    }

    async fn an_id_is_looked_up_once_and_remembered(board) {
        board.catalogue().push_documents(&[document("page", "{ __typename }")], Author::named("test")).await.unwrap();
        for (id, first) in [("page", 1), ("none", 1)] {
            for statements in [first, 0, 0] {
                let request = json!({ "documentId": id });
                let asked = board.answer(&request);
                let (_, counted) = board.counting(asked).await;
                assert_eq!(counted, statements, "{id}");
            }
        }
    }
}
