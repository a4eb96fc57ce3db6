//! Readers without a key see published roles only, at every level of the tree.

use app::StoreOptions;
use domain::category::CategoryPath;
use domain::concept::ConceptKind;
use domain::role::{
    ExternalCode, MatchKind, PublicationState, RelatedSlug, RelationKind, RoleDraft, RoleTitle,
    TitleKind,
};
use domain::{Locale, Slug};
use serde_json::{Value, json};
use testkit::{TestBoard, concept, draft, on_both_engines};

/// A role in `state` that two published ones point at: a related role and a translation.
fn neighbours(state: PublicationState) -> [RoleDraft; 3] {
    let mut related = draft("shown", "Shown");
    related.related = vec![RelatedSlug::new(
        RelationKind::Similar,
        Slug::parse("hidden").unwrap(),
    )];
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
    concept(by: {code: {scheme: \"test\", code: \"42\"}}) { roles(first: 5) { totalCount { value } nodes { title } } }
    search(query: \"\") { totalCount { value } nodes { title } facets { locale { counted { value } } } }
    found: search(query: \"hidden\") { totalCount { value } nodes { title } didYouMean }
    misspelt: search(query: \"hiden\") { nodes { title } didYouMean }
    beginning: search(query: \"hid*\") { nodes { title } }
    suggest(prefix: \"hid\") { text role { title } }
    resolveTitle(title: \"Hidden\") { matchedTitle role { title } }
}";

/// Stores the neighbours and asks for the one in `state` everywhere; returns its id, too.
async fn everywhere(board: &TestBoard, state: PublicationState) -> (Value, String) {
    let [related, translation, hidden] = neighbours(state);
    board.store(&related).await;
    board.store(&translation).await;
    let (scheme, release) = (concept::scheme("test"), concept::release("1"));
    let concepts = [concept::concept("42", ConceptKind::Occupation, "Something")];
    let options = StoreOptions::new("test");
    let stored = board
        .catalogue()
        .store_concepts(&scheme, &release, &concepts, options);
    stored.await.unwrap();
    let id = board.store(&hidden).await.id.to_string();
    let request = json!({ "query": EVERYWHERE, "variables": { "id": id } });
    let mut answer = board.answer(&request).await;
    assert!(answer.get("errors").is_none(), "{answer:#}");
    (answer["data"].take(), id)
}

/// What somebody with these scopes sees everywhere.
async fn seen_with(board: &TestBoard, scopes: &str, id: &str) -> Value {
    let request = json!({ "query": EVERYWHERE, "variables": { "id": id } });
    let mut answer = board.answer_with(scopes, &request).await;
    assert!(answer.get("errors").is_none(), "{answer:#}");
    answer["data"].take()
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
            assert_eq!(data["concept"]["roles"]["totalCount"]["value"], 0, "{state}");
            assert_eq!(data["search"]["totalCount"]["value"], 2, "{state}");
            assert_eq!(data["search"]["facets"]["locale"]["counted"]["value"], 2, "{state}");
            for field in ["found", "misspelt", "beginning"] {
                assert_eq!(data[field]["nodes"], json!([]), "{state}: {field}");
            }
            for field in ["suggest", "resolveTitle"] {
                assert_eq!(data[field], json!([]), "{state}: {field}");
            }
            for field in ["found", "misspelt"] {
                assert_eq!(data[field]["didYouMean"], Value::Null, "{state}: {field}");
            }
        }
    }

    async fn whoever_may_write_roles_sees_them_in_every_state_but_finds_only_published_ones(board) {
        for state in [PublicationState::Draft, PublicationState::InReview, PublicationState::Archived] {
            let (hidden, id) = everywhere(&board, state).await;
            for scopes in ["roles:write", "admin"] {
                let data = seen_with(&board, scopes, &id).await;
                for field in ["role", "byId", "byCode"] {
                    assert_eq!(data[field]["title"], "Hidden", "{state}: {field}");
                }
                assert_eq!(data["node"]["id"], json!(id), "{state}");
                assert_eq!(data["nodes"][0]["id"], json!(id), "{state}");
                let roles = &data["roles"];
                assert_eq!(roles["totalCount"]["value"], 3, "{state}");
                assert_eq!(roles["nodes"][0]["translations"][0]["title"], "Hidden", "{state}");
                assert_eq!(roles["nodes"][2]["relatedRoles"]["nodes"][0]["role"]["title"], "Hidden", "{state}");
                assert_eq!(data["faqs"]["totalCount"]["value"], 3, "{state}");
                assert_eq!(data["concept"]["roles"]["nodes"][0]["title"], "Hidden", "{state}");
                for field in ["categories", "skills"] {
                    let nodes = &data[field]["nodes"];
                    assert_eq!(nodes[0]["roles"]["totalCount"]["value"], 3, "{state}: {field}");
                    assert!(nodes[0].to_string().contains("Hidden"), "{state}: {field}");
                }
                let drafts = if state == PublicationState::Draft { json!([{ "title": "Hidden" }]) } else { json!([]) };
                assert_eq!(data["ofState"]["nodes"], drafts, "{state}");
                for field in ["search", "found", "misspelt", "beginning", "suggest", "resolveTitle"] {
                    assert_eq!(data[field], hidden[field], "{state}: {field}");
                }
            }
            for scopes in ["roles:read changes:read", "keys:manage"] {
                assert_eq!(seen_with(&board, scopes, &id).await, hidden, "{state}: {scopes}");
            }
        }
    }

    async fn an_editor_sees_the_present_draft_and_nobody_else_any(board) {
        let [_, _, mut hidden] = neighbours(PublicationState::Draft);
        let request = json!({"query": "{ roles { nodes { title } } role(by: {slug: \"hidden\"}) { title } }"});
        for title in ["First", "Second", "Third"] {
            title.clone_into(&mut hidden.title);
            board.store(&hidden).await;
            let seen = board.answer_with("roles:write", &request).await;
            assert_eq!(seen["data"]["role"]["title"], title);
            assert_eq!(seen["data"]["roles"]["nodes"], json!([{ "title": title }]));
            let public = board.answer(&request).await;
            assert_eq!(public["data"], json!({"roles": {"nodes": []}, "role": null}));
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
        for field in ["found", "misspelt", "beginning"] {
            assert_eq!(data[field]["nodes"], json!([{ "title": "Hidden" }]), "{field}");
        }
        assert_eq!(data["misspelt"]["didYouMean"], "hidden");
        assert_eq!(data["suggest"][0]["role"]["title"], "Hidden");
        assert_eq!(data["resolveTitle"][0]["matchedTitle"], "Hidden");
        assert_eq!(data["ofState"]["nodes"], json!([]));
    }

    async fn what_only_hidden_roles_have_is_neither_found_nor_suggested(board) {
        board.store(&draft("shown", "Shown")).await;
        let mut role = draft("hidden", "Hidden");
        role.titles = vec![RoleTitle::new("Veiled", TitleKind::Alternate)];
        role.categories = CategoryPath::new(vec!["Secret work".to_owned()]).into_iter().collect();
        "Concealing".clone_into(&mut role.skills[0].skill.name);
        let query = "query {
            first: suggest(prefix: \"veil\") { text }
            second: suggest(prefix: \"secr\") { text }
            third: suggest(prefix: \"conc\") { text }
            resolveTitle(title: \"Veiled\") { matchedTitle }
            search(query: \"veiled OR secret OR concealing\") { nodes { title } }
            misspelt: search(query: \"conceeling\") { didYouMean }
            facets: search(query: \"\") { facets {
                category { values { category { name } } }
                skill { values { skill { name } } }
            } }
        }";
        let shown = async || board.data(query).await.to_string();
        let secrets = ["Veiled", "Hidden", "Secret work", "Concealing", "concealing"];
        // Published, and taken back.
        for state in [PublicationState::Draft, PublicationState::Published, PublicationState::Archived] {
            role.state = state;
            board.store(&role).await;
            let shown = shown().await;
            let told: Vec<_> = secrets.into_iter().filter(|secret| shown.contains(secret)).collect();
            let all = if state == PublicationState::Published { &secrets[..] } else { &[] };
            assert_eq!(told, all, "{state}: {shown}");
        }
    }
}
