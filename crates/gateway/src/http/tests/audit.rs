//! What the audit log says of callers that were refused.

use actix_web::http::{StatusCode, header};
use domain::access::{KeyDraft, KeyKind, KeyLimits, Principal, Scopes};
use domain::audit::SealedEntry;
use serde_json::{Value, json};
use testkit::Socket;

use super::life_cycle::serving;
use super::{Answer, Board, MODERN, post};

const DELETE: &str = r#"mutation { gone: roleDelete(id: "role_00000000-0000-7000-8000-000000000001") { userErrors { code } } }"#;

async fn ask(board: &Board, bearer: &str, query: &str) -> Answer {
    let request = post(MODERN)
        .insert_header((header::AUTHORIZATION, format!("Bearer {bearer}")))
        .insert_header(("x-request-id", "probe-7"))
        .peer_addr("192.0.2.1:4711".parse().unwrap());
    let body = json!({ "query": query }).to_string();
    board.send(request.set_payload(body)).await
}

/// What was written: action, actor, count, detail.
async fn said(board: &Board) -> Vec<(String, String, i64, String)> {
    board.denials.write().await.unwrap();
    let entries = entries(board).await.into_iter();
    let said = entries.map(|SealedEntry { entry, .. }| {
        (
            entry.action,
            entry.actor,
            entry.count,
            entry.detail.unwrap_or_default(),
        )
    });
    said.collect()
}

async fn entries(board: &Board) -> Vec<SealedEntry> {
    let database = board.state.gateway.database();
    database.audit_entries(0, 100).await.unwrap()
}

fn entry(action: &str, actor: &str, count: i64, detail: &str) -> (String, String, i64, String) {
    (
        action.to_owned(),
        actor.to_owned(),
        count,
        detail.to_owned(),
    )
}

async fn reader(board: &Board) -> (String, String) {
    let draft = KeyDraft {
        name: "reader".to_owned(),
        kind: KeyKind::Live,
        scopes: Scopes::parse("roles:read").unwrap(),
        expires_at: None,
        networks: Vec::new(),
        limits: KeyLimits::default(),
    };
    let made = board
        .keys
        .create_key(&Principal::operator("test"), draft)
        .await
        .unwrap();
    board.ring.refresh().await.unwrap();
    (made.key.id.to_string(), made.token.reveal().to_owned())
}

#[actix_web::test]
async fn whoever_is_refused_stands_in_the_log_with_where_that_was() {
    let board = Board::new().await;
    let (id, key) = reader(&board).await;
    for _ in 0..3 {
        assert_eq!(ask(&board, &key, DELETE).await.code(), "FORBIDDEN");
    }
    assert_eq!(
        ask(&board, &key, "{ keys { nodes { id } } }").await.code(),
        "FORBIDDEN"
    );
    let said = said(&board).await;
    assert_eq!(
        said[1..],
        [
            entry(
                "authz_fail",
                "reader",
                3,
                "mutation: this needs a key with the scope roles:write"
            ),
            entry(
                "authz_fail",
                "reader",
                1,
                "query: this needs a key with the scope keys:manage"
            ),
        ]
    );
    let denied = &entries(&board).await[1].entry;
    assert_eq!(denied.key_id, Some(id));
    assert_eq!(denied.request_id.as_deref(), Some("probe-7"));
    assert_eq!(denied.address.as_deref(), Some("192.0.2.1"));
}

#[actix_web::test]
async fn keys_that_do_not_hold_stand_in_the_log_and_what_was_shown_does_not() {
    let board = Board::new().await;
    let (_, key) = reader(&board).await;
    let [lost, other] = [
        key.split_at(68).0.to_owned(),
        key.replacen("rg_live", "rg_test", 1),
    ];
    for shown in [lost.as_str(), other.as_str(), "password"] {
        assert_eq!(
            ask(&board, shown, "{ __typename }").await.status,
            StatusCode::UNAUTHORIZED
        );
    }
    let listed = board
        .keys
        .list_keys(&Principal::operator("test"))
        .await
        .unwrap();
    let operator = Principal::operator("test");
    board
        .keys
        .revoke_key(&operator, listed[0].id)
        .await
        .unwrap();
    board.ring.refresh().await.unwrap();
    ask(&board, &key, "{ __typename }").await;
    let said = said(&board).await;
    assert_eq!(
        said[2..],
        [
            entry("authn_login_fail", "anonymous", 3, "malformed"),
            entry("authn_login_fail", "anonymous", 1, "revoked"),
        ]
    );
    let lines: String = entries(&board)
        .await
        .iter()
        .map(SealedEntry::to_line)
        .collect();
    for secret in [key.get(20..63).unwrap(), "password"] {
        assert!(!lines.contains(secret), "{lines}");
    }
}

#[actix_web::test]
async fn strangers_without_a_key_are_not_logged() {
    let board = Board::new().await;
    let body = json!({ "query": DELETE }).to_string();
    assert_eq!(board.post(MODERN, &body).await.code(), "UNAUTHENTICATED");
    assert_eq!(said(&board).await, []);
}

#[actix_web::test]
async fn sockets_are_no_way_around_the_log() {
    let mut board = Board::new().await;
    let (denials, gateway) = (board.denials.clone(), board.state.gateway.clone());
    // The database is asked after the server has gone.
    let _kept = std::mem::replace(&mut board._folder, tempfile::tempdir().unwrap());
    let code = serving(board, |address, _switches| {
        let mut socket = Socket::open(address, "").unwrap();
        let payload = json!({ "authorization": "Bearer rg_live_x" });
        socket.say(&json!({ "type": "connection_init", "payload": payload }));
        socket.close_code()
    });
    assert_eq!(code.await, Some(4403));
    denials.write().await.unwrap();
    let entries = gateway.database().audit_entries(0, 9).await.unwrap();
    let found: Vec<Value> = entries
        .iter()
        .map(|sealed| json!([sealed.entry.action, sealed.entry.detail]))
        .collect();
    assert_eq!(found, [json!(["authn_login_fail", "malformed"])]);
}
