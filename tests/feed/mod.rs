//! The change feed: every change once, in the order of the commits.

mod retention;
mod writers;

use serde_json::{Value, json};
use testkit::{TestBoard, draft, on_both_engines};

/// The data of a query of somebody who may follow the feed.
async fn data(board: &TestBoard, query: &str) -> Value {
    let request = json!({ "query": query });
    let mut answer = board.answer_with("changes:read", &request).await;
    assert!(answer.get("errors").is_none(), "{answer:#}");
    answer["data"].take()
}

/// A page of the feed behind a cursor.
async fn page(board: &TestBoard, after: Option<&str>, first: u32) -> Value {
    let query = "query ($after: String, $first: Int) {
        changes(after: $after, first: $first) {
            nodes { cursor entity entityId op revision node { __typename id } }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            headCursor
        }
    }";
    let variables = json!({ "after": after, "first": first });
    let request = json!({ "query": query, "variables": variables });
    let mut answer = board.answer_with("changes:read", &request).await;
    assert!(answer.get("errors").is_none(), "{answer:#}");
    answer["data"]["changes"].take()
}

fn text<'v>(value: &'v Value, path: &str) -> &'v str {
    value.pointer(path).and_then(Value::as_str).unwrap()
}

fn is_empty(page: &Value) -> bool {
    page["nodes"].as_array().unwrap().is_empty()
}

on_both_engines! {
    async fn an_empty_page_says_where_to_go_on(board) {
        let nothing = page(&board, None, 20).await;
        assert!(is_empty(&nothing));
        let beginning = text(&nothing, "/pageInfo/endCursor");
        assert_eq!(beginning, text(&nothing, "/headCursor"));
        board.store(&draft("plumber", "Plumber")).await;
        let news = page(&board, Some(beginning), 100).await;
        assert!(!is_empty(&news));
        let end = text(&news, "/pageInfo/endCursor");
        let nothing = page(&board, Some(end), 20).await;
        assert!(is_empty(&nothing));
        assert_eq!(text(&nothing, "/pageInfo/endCursor"), end);
        assert_eq!(nothing["pageInfo"]["hasPreviousPage"], true);
    }

    async fn pages_of_any_size_tell_the_same_changes(board) {
        for number in 0..3 {
            board.store(&draft(&format!("role-{number}"), "Role")).await;
        }
        let whole = page(&board, None, 100).await;
        for size in [1, 2, 7] {
            let (mut told, mut after) = (Vec::new(), None);
            loop {
                let page = page(&board, after.as_deref(), size).await;
                told.extend(page["nodes"].as_array().unwrap().clone());
                after = Some(text(&page, "/pageInfo/endCursor").to_owned());
                if page["pageInfo"]["hasNextPage"] == false {
                    break;
                }
            }
            assert_eq!(&told, whole["nodes"].as_array().unwrap(), "pages of {size}");
        }
    }

    async fn changes_of_other_kinds_are_passed_once(board) {
        board.store(&draft("plumber", "Plumber")).await;
        let query = "{ changes(entities: [ROLE]) { nodes { entity } pageInfo { endCursor } headCursor } }";
        let page = data(&board, query).await;
        assert_eq!(page["changes"]["nodes"], json!([{ "entity": "ROLE" }]));
        assert_eq!(page["changes"]["pageInfo"]["endCursor"], page["changes"]["headCursor"]);
    }

    async fn the_number_of_statements_does_not_depend_on_the_page(board) {
        for number in 0..8 {
            board.store(&draft(&format!("role-{number}"), "Role")).await;
        }
        for first in [6, 40] {
            let query = format!("{{ changes(first: {first}, entities: [ROLE]) {{ nodes {{ node {{ id }} }} }} }}");
            let (_, statements) = board.counting(data(&board, &query)).await;
            assert_eq!(statements, 2, "{first}");
        }
        let bare = "{ changes { nodes { entityId } } }";
        let (_, statements) = board.counting(data(&board, bare)).await;
        assert_eq!(statements, 1);
    }

    async fn what_is_not_public_is_told_of_without_its_text(board) {
        let mut hidden = draft("plumber", "Plumber");
        hidden.state = domain::role::PublicationState::Draft;
        board.store(&hidden).await;
        let query = "{ changes(entities: [ROLE]) { nodes { op entityId node { id } } } }";
        let page = data(&board, query).await;
        let change = &page["changes"]["nodes"][0];
        assert_eq!((&change["op"], &change["node"]), (&json!("CREATED"), &Value::Null));
        assert!(text(change, "/entityId").starts_with("role_"));
    }

    async fn a_cursor_that_the_sequence_never_reached_is_of_no_use(board) {
        board.store(&draft("plumber", "Plumber")).await;
        let after = domain::read::FeedPlace(1_000_000);
        let answer = board.answer_with("changes:read", &json!({ "query": format!("{{ changes(after: \"{after}\") {{ headCursor }} }}") })).await;
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], "CURSOR_EXPIRED");
        let head = page(&board, None, 0).await;
        assert_eq!(error["extensions"]["headCursor"], head["headCursor"]);
    }
}
