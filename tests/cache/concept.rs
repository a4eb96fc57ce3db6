//! Answers that show concepts end with what they show.

use app::StoreOptions;
use domain::concept::{ConceptDraft, ConceptKind, ConceptRelationKind, RelatedCode};
use domain::role::{ExternalCode, MatchKind};
use serde_json::Value;
use testkit::concept::{concept, release, scheme};
use testkit::{TestBoard, draft, on_both_engines};

use super::asked;

const OPTIONS: StoreOptions<'static> = StoreOptions::new("test");

async fn store(board: &TestBoard, version: &str, concepts: &[ConceptDraft]) {
    let (scheme, release) = (scheme("test"), release(version));
    let stored = board.catalogue();
    let stored = stored.store_concepts(&scheme, &release, concepts, OPTIONS);
    stored.await.unwrap();
}

fn occupation(code: &str, name: &str) -> ConceptDraft {
    concept(code, ConceptKind::Occupation, name)
}

fn below(code: &str, above: &str) -> ConceptDraft {
    ConceptDraft {
        relations: vec![RelatedCode {
            kind: ConceptRelationKind::Broader,
            scheme: None,
            code: above.to_owned(),
        }],
        ..occupation(code, code)
    }
}

/// A query for a concept of the scheme.
fn query(code: &str, fields: &str) -> String {
    format!("{{ concept(by: {{code: {{scheme: \"test\", code: \"{code}\"}}}}) {{ {fields} }} }}")
}

/// What a query answers after a change that it has to see, and not from what was kept.
async fn seen_after(board: &TestBoard, query: &str, change: impl AsyncFnOnce()) -> Value {
    let before = asked(board, query).await.0;
    let kept = asked(board, query).await;
    assert_eq!(kept, (before.clone(), 0), "{query}");
    change().await;
    let (after, statements) = asked(board, query).await;
    assert_eq!(statements, 1, "{query}");
    assert_ne!(after, before, "{query}");
    after
}

on_both_engines! {
    async fn what_is_shown_of_a_concept_is_never_old(board) {
        let missing = query("1", "label { text }");
        let found = seen_after(&board, &missing, async || store(&board, "1", &[occupation("1", "One")]).await).await;
        assert_eq!(found["concept"]["label"]["text"], "One");
        let renamed = seen_after(&board, &missing, async || store(&board, "1", &[occupation("1", "Uno")]).await).await;
        assert_eq!(renamed["concept"]["label"]["text"], "Uno");
        let of_scheme = "{ scheme(by: {key: \"test\"}) { releases { name } \
            concepts(filter: {status: ACTIVE}) { nodes { code } } } }";
        let added = seen_after(&board, of_scheme, async || store(&board, "2", &[occupation("2", "Two")]).await).await;
        assert_eq!(added["scheme"]["releases"][0]["name"], "2");
        let retired = seen_after(&board, of_scheme, async || {
            board.catalogue().retire_concepts("test", "2", OPTIONS).await.unwrap();
        });
        assert_eq!(retired.await["scheme"]["concepts"]["nodes"].to_string(), r#"[{"code":"2"}]"#);
    }

    async fn a_concept_that_arrives_is_seen_from_those_below_it_and_from_roles(board) {
        store(&board, "1", &[below("11", "1")]).await;
        let mut role = draft("one", "One");
        role.codes = vec![ExternalCode {
            scheme: "test".to_owned(),
            release: None,
            code: "1".to_owned(),
            uri: None,
            match_kind: MatchKind::Exact,
        }];
        board.store(&role).await;
        let below_it = query("11", "broader { code }");
        let of_role = "{ role(by: {slug: \"one\"}) { codes { concept { code } } } }";
        asked(&board, of_role).await;
        let found = seen_after(&board, &below_it, async || store(&board, "1", &[occupation("1", "One")]).await).await;
        assert_eq!(found["concept"]["broader"][0]["code"], "1");
        let (found, statements) = asked(&board, of_role).await;
        assert_eq!((&found["role"]["codes"][0]["concept"]["code"], statements), (&"1".into(), 1));
        let narrower = query("1", "narrower { nodes { code } }");
        let moved = seen_after(&board, &narrower, async || store(&board, "1", &[occupation("11", "11")]).await).await;
        assert_eq!(moved["concept"]["narrower"]["nodes"].to_string(), "[]");
        let roles = query("1", "roles { totalCount { value } }");
        role.codes.clear();
        let left = seen_after(&board, &roles, async || { board.store(&role).await; }).await;
        assert_eq!(left["concept"]["roles"]["totalCount"]["value"], 0);
    }

    async fn what_is_not_shown_ends_nothing(board) {
        store(&board, "1", &[occupation("1", "One"), occupation("2", "Two")]).await;
        let plain = query("1", "label { text } notes { text }");
        let before = asked(&board, &plain).await.0;
        store(&board, "1", &[occupation("2", "Zwei")]).await;
        assert_eq!(asked(&board, &plain).await, (before, 0));
    }
}
