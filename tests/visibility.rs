//! Readers without a key see published roles only, at every level of the tree.

use domain::role::{
    ExternalCode, MatchKind, PublicationState, RelatedSlug, RelationKind, RoleDraft,
};
use domain::{Locale, Slug};
use serde_json::{Value, json};
use testkit::{TestBoard, draft, on_both_engines};

/// A role in `state` that two published ones point at: a related role and a translation.
fn neighbours(state: PublicationState) -> [RoleDraft; 3] {
    let mut related = draft("shown", "Shown");
    related.related = vec![RelatedSlug {
        slug: Slug::parse("hidden").unwrap(),
        kind: RelationKind::Similar,
    }];
    let mut translation = draft("gezeigt", "Gezeigt");
    translation.locale = Locale::parse("de").unwrap();
    translation.translation_key = Some("pair".to_owned());
    let mut hidden = draft("hidden", "Hidden");
    hidden.translation_key = Some("pair".to_owned());
    hidden.codes = vec![ExternalCode {
        scheme: "test".to_owned(),
        release: None,
        code: "42".to_owned(),
        uri: None,
        match_kind: MatchKind::Exact,
    }];
    hidden.state = state;
    [related, translation, hidden]
}

/// Every way to a role that the graph offers.
const EVERYWHERE: &str = "query Everywhere($id: ID!) {
    role(by: {slug: \"hidden\"}) { title }
    byId: role(by: {id: $id}) { title }
    byCode: role(by: {code: {scheme: \"test\", code: \"42\"}}) { title }
    node(id: $id) { id }
    nodes(ids: [$id]) { id }
    roles(first: 5) { totalCount { value } nodes { title translations { title } relatedRoles(first: 5) { nodes { role { title } } } } }
    ofState: roles(filter: {state: DRAFT}) { nodes { title } }
    faqs { totalCount { value } nodes { question role { title } } }
    categories(first: 5) { nodes { roles(first: 5) { totalCount { value } nodes { title } } } }
    skills(first: 5) { nodes { roles(first: 5) { totalCount { value } nodes { title } } } }
}";

/// Stores the neighbours and asks for the one in `state` everywhere; returns its id, too.
async fn everywhere(board: &TestBoard, state: PublicationState) -> (Value, String) {
    let [related, translation, hidden] = neighbours(state);
    board.store(&related).await;
    board.store(&translation).await;
    let id = board.store(&hidden).await.id.to_string();
    let request = json!({ "query": EVERYWHERE, "variables": { "id": id } });
    let mut answer = board.answer(&request).await;
    assert!(answer.get("errors").is_none(), "{answer:#}");
    (answer["data"].take(), id)
}

on_both_engines! {
    async fn a_role_that_is_not_published_is_nowhere(board) {
        let states = [PublicationState::Draft, PublicationState::InReview, PublicationState::Archived];
        for state in states {
            let (data, _) = everywhere(&board, state).await;
            let text = data.to_string();
            assert!(text.contains("Shown") && !text.contains("Hidden"), "{state}: {data:#}");
            assert_eq!(data["node"], Value::Null, "{state}");
            assert_eq!(data["nodes"], json!([null]), "{state}");
            assert_eq!(data["roles"]["totalCount"]["value"], 2, "{state}");
            assert_eq!(data["faqs"]["totalCount"]["value"], 2, "{state}");
        }
    }

    async fn a_published_role_is_everywhere(board) {
        let (data, id) = everywhere(&board, PublicationState::Published).await;
        for field in ["role", "byId", "byCode"] {
            assert_eq!(data[field]["title"], "Hidden", "{field}");
        }
        assert_eq!(data["node"]["id"], json!(id));
        assert_eq!(data["nodes"][0]["id"], json!(id));
        let roles = &data["roles"]["nodes"];
        assert_eq!(roles[0]["translations"][0]["title"], "Hidden");
        assert_eq!(roles[2]["relatedRoles"]["nodes"][0]["role"]["title"], "Hidden");
        assert_eq!(data["faqs"]["totalCount"]["value"], 3);
        assert_eq!(data["ofState"]["nodes"], json!([]));
    }
}
