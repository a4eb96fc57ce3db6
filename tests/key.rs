//! Keys in the graph: making, showing, rotating and revoking them.

use domain::access::{Principal, Scopes};
use serde_json::{Value, json};
use testkit::{TestBoard, on_both_engines};

const CREATE: &str = "mutation ($input: KeyCreateInput!, $key: String) {
    keyCreate(input: $input, idempotencyKey: $key) { token key { id name } userErrors { code path message } }
}";
const ROTATE: &str = "mutation ($id: ID!, $overlap: Int! = 3600, $key: String) {
    keyRotate(id: $id, overlap: $overlap, idempotencyKey: $key) {
        token key { formerSecretUntil } userErrors { code path }
    }
}";
const REVOKE: &str =
    "mutation ($id: ID!) { keyRevoke(id: $id) { key { revokedAt } userErrors { code path } } }";

fn manager() -> Principal {
    Principal {
        name: "manager".to_owned(),
        key: None,
        scopes: Scopes::parse("keys:manage roles:write").unwrap(),
    }
}

async fn ask(board: &TestBoard, query: &str, variables: Value) -> Value {
    let request = json!({ "query": query, "variables": variables });
    board.gateway().answer_to(manager(), &request).await
}

/// What a mutation tells that has no errors.
async fn told(board: &TestBoard, query: &str, variables: Value) -> Value {
    let mut answer = ask(board, query, variables).await;
    assert!(answer.get("errors").is_none(), "{answer:#}");
    let data = answer["data"].as_object_mut().unwrap();
    data.values_mut().next().unwrap().take()
}

fn robot() -> Value {
    json!({
        "name": "robot",
        "scopes": ["roles:write"],
        "test": true,
        "networks": ["192.0.2.0/24"],
        "limits": { "operationCost": 70 },
    })
}

/// The actions in the audit log.
async fn actions(board: &TestBoard) -> Vec<String> {
    let entries = board.database().audit_entries(0, 100).await.unwrap();
    let of_manager = entries
        .iter()
        .filter(|sealed| sealed.entry.actor == "manager");
    of_manager
        .map(|sealed| sealed.entry.action.clone())
        .collect()
}

on_both_engines! {
    async fn a_key_is_made_shown_rotated_and_revoked(board) {
        let made = told(&board, CREATE, json!({ "input": robot() })).await;
        let token = made["token"].as_str().unwrap();
        assert!(token.starts_with("rg_test_") && token.len() == 69);
        let id = &made["key"]["id"];
        let rotated = told(&board, ROTATE, json!({ "id": id })).await;
        assert_ne!(rotated["token"], token);
        assert_eq!(rotated["key"]["formerSecretUntil"], "2026-01-01T01:00:00.000000Z");
        let revoked = told(&board, REVOKE, json!({ "id": id })).await;
        assert_eq!(revoked["key"]["revokedAt"], "2026-01-01T00:00:00.000000Z");
        let again = told(&board, REVOKE, json!({ "id": id })).await;
        assert_eq!(again, revoked);
        let listed = told(&board, "{ keys { totalCount { value } nodes {
            id name kind scopes networks limits { operationCost bucket } createdAt expiresAt revokedAt
            formerSecretUntil lastUsedAt
        } } }", json!({})).await;
        assert_eq!(listed, json!({ "totalCount": { "value": 1 }, "nodes": [{
            "id": id, "name": "robot", "kind": "test", "scopes": ["roles:write"],
            "networks": ["192.0.2.0/24"], "limits": { "operationCost": 70, "bucket": null },
            "createdAt": "2026-01-01T00:00:00.000000Z", "expiresAt": null,
            "revokedAt": "2026-01-01T00:00:00.000000Z", "formerSecretUntil": null, "lastUsedAt": null,
        }] }));
        assert_eq!(actions(&board).await, ["authn_token_created", "authn_token_rotated", "authn_token_revoked"]);
    }

    async fn a_repeated_mutation_runs_once_and_shows_no_secret_again(board) {
        let variables = json!({ "input": robot(), "key": "first" });
        let made = told(&board, CREATE, variables.clone()).await;
        let again = told(&board, CREATE, variables).await;
        assert!(made["token"].is_string());
        assert_eq!((&again["token"], &again["key"]), (&Value::Null, &made["key"]));
        let rotate = json!({ "id": made["key"]["id"], "key": "second" });
        let rotated = told(&board, ROTATE, rotate.clone()).await;
        assert!(rotated["token"].is_string());
        assert_eq!(told(&board, ROTATE, rotate).await["token"], Value::Null);
        let other = json!({ "input": { "name": "other", "scopes": ["roles:read"] }, "key": "first" });
        let refused = told(&board, CREATE, other).await;
        assert_eq!(refused["userErrors"][0]["code"], "IDEMPOTENCY_KEY_REUSED");
        assert_eq!(actions(&board).await, ["authn_token_created", "authn_token_rotated"]);
        // What is stored of a mutation that may come again holds no secret either.
        let stored = testkit::texts(board.url(), "SELECT outcome FROM idempotency ORDER BY key").await;
        assert_eq!(stored, [made["key"]["id"].as_str().unwrap(); 2]);
    }

    async fn nobody_gives_or_takes_over_what_they_do_not_have(board) {
        let admin = board.key("admin").await;
        let id = admin.key.id.to_string();
        let beyond = json!({ "input": { "name": "robot", "scopes": ["roles:read", "admin"] } });
        for (query, variables) in [
            (CREATE, beyond),
            (ROTATE, json!({ "id": id })),
            (REVOKE, json!({ "id": id })),
        ] {
            let answer = ask(&board, query, variables).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN", "{answer}");
        }
        assert_eq!(actions(&board).await, [""; 0]);
        let keys = board.database().access_keys().await.unwrap();
        assert!(keys.iter().all(|key| key.revoked_at.is_none() && key.former.is_none()));
        board.denials().write().await.unwrap();
        assert_eq!(actions(&board).await, ["authz_fail"]);
    }

    async fn what_cannot_be_used_is_told_by_its_place(board) {
        let refused = told(&board, CREATE, json!({ "input": {
            "name": "robot", "scopes": ["roles:write", "everything"], "networks": ["here"],
            "limits": { "bucket": 0 },
        } })).await;
        assert_eq!(refused, json!({ "token": null, "key": null, "userErrors": [
            { "code": "INVALID", "path": ["input", "scopes", "1"],
              "message": "\"everything\" cannot be used here: expected roles:read, roles:write, changes:read, keys:manage or admin" },
            { "code": "INVALID", "path": ["input", "networks", "0"],
              "message": "\"here\" cannot be used here: expected a network such as 192.0.2.0/24 or 2001:db8::/32" },
            { "code": "INVALID", "path": ["input", "limits", "bucket"],
              "message": "bucket is 0: expected a number of at least 1" },
        ] }));
        let code = async |input: Value| {
            let refused = told(&board, CREATE, json!({ "input": input })).await;
            let error = &refused["userErrors"][0];
            (error["code"].clone(), error["path"][1].clone())
        };
        let past = json!({ "name": "x", "scopes": ["roles:read"], "expiresAt": "2025-01-01T00:00:00Z" });
        assert_eq!(code(past).await, (json!("INVALID"), json!("expiresAt")));
        let nameless = json!({ "name": " ", "scopes": ["roles:read"] });
        assert_eq!(code(nameless).await, (json!("INVALID"), json!("name")));
        assert_eq!(code(json!({ "name": "x", "scopes": [] })).await, (json!("INVALID"), json!("scopes")));

        let nobody = json!({ "id": "key_00000000-0000-7000-8000-0000000000ff" });
        let missing = json!([{ "code": "NOT_FOUND", "path": ["id"] }]);
        assert_eq!(told(&board, ROTATE, nobody.clone()).await["userErrors"], missing);
        assert_eq!(told(&board, REVOKE, nobody).await["userErrors"], missing);
        let made = told(&board, CREATE, json!({ "input": robot() })).await;
        let id = &made["key"]["id"];
        let wrong = json!([{ "code": "INVALID", "path": ["overlap"] }]);
        for overlap in [-1, 604_801] {
            let refused = told(&board, ROTATE, json!({ "id": id, "overlap": overlap })).await;
            assert_eq!(refused["userErrors"], wrong);
        }
        told(&board, REVOKE, json!({ "id": id })).await;
        let dead = told(&board, ROTATE, json!({ "id": id })).await;
        assert_eq!(dead["userErrors"], json!([{ "code": "INVALID", "path": ["id"] }]));
        assert_eq!(actions(&board).await, ["authn_token_created", "authn_token_revoked"]);
    }

    async fn a_list_of_keys_is_walked_like_any_other(board) {
        for name in ["one", "two", "three"] {
            let input = json!({ "name": name, "scopes": ["roles:read"] });
            told(&board, CREATE, json!({ "input": input })).await;
            board.clock().advance(1);
        }
        let page = async |arguments: &str| {
            let query = format!("{{ keys({arguments}) {{ nodes {{ name }}
                pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}");
            let keys = told(&board, &query, json!({})).await;
            let names: Vec<Value> = keys["nodes"].as_array().unwrap().iter().map(|key| key["name"].clone()).collect();
            (names, keys["pageInfo"].clone())
        };
        let (first, info) = page("first: 2").await;
        assert_eq!(first, ["one", "two"]);
        assert_eq!((&info["hasNextPage"], &info["hasPreviousPage"]), (&json!(true), &json!(false)));
        let (rest, _) = page(&format!("first: 2, after: {}", info["endCursor"])).await;
        assert_eq!(rest, ["three"]);
        let (last, info) = page("last: 2").await;
        assert_eq!(last, ["two", "three"]);
        let (before, info) = page(&format!("last: 2, before: {}", info["startCursor"])).await;
        assert_eq!(before, ["one"]);
        assert_eq!((&info["hasNextPage"], &info["hasPreviousPage"]), (&json!(true), &json!(false)));
        let foreign = ask(&board, "{ keys(after: \"AQAAAAAAAAAAAAFh\") { nodes { id } } }", json!({})).await;
        assert_eq!(foreign["errors"][0]["extensions"]["reason"], "CURSOR_MISMATCH", "{foreign}");
    }
}
