//! Callers with tokens of people.

use actix_web::http::{StatusCode, header};
use domain::Clock as _;
use serde_json::{Value, json};
use testkit::{Socket, TOKEN_AUDIENCE, TOKEN_ISSUER, signed_token, token};

use super::life_cycle::serving;
use super::{Answer, Board, MODERN, post};

const VIEWER: &str = "{ viewer { name scopes key { id } limits { operationCost } } }";

async fn ask(board: &Board, token: &str, query: &str) -> Answer {
    let request = post(MODERN).insert_header((header::AUTHORIZATION, format!("Bearer {token}")));
    let body = json!({ "query": query }).to_string();
    board.send(request.set_payload(body)).await
}

fn of(board: &Board, scopes: &str) -> String {
    token(board.clock.now(), "ann", scopes)
}

#[actix_web::test]
async fn whoever_shows_a_token_is_known_with_the_limits_of_a_key() {
    let board = Board::believing().await;
    let answer = ask(&board, &of(&board, "openid roles:write"), VIEWER).await;
    assert_eq!(
        answer.json()["data"]["viewer"],
        json!({
            "name": "user:ann",
            "scopes": ["roles:write"],
            "key": null,
            "limits": { "operationCost": 5_000 },
        })
    );
}

#[actix_web::test]
async fn a_token_opens_what_its_scopes_say_and_nothing_else() {
    let board = Board::believing().await;
    let delete = r#"mutation { roleDelete(id: "role_00000000-0000-7000-8000-000000000001") { userErrors { code } } }"#;
    let code = async |scopes: &str| ask(&board, &of(&board, scopes), delete).await.code();
    assert_eq!(code("openid").await, "FORBIDDEN");
    assert_eq!(code("changes:read").await, "FORBIDDEN");
    assert_eq!(code("roles:write").await, Value::Null);
    assert_eq!(code("admin").await, Value::Null);
}

#[actix_web::test]
async fn a_token_that_does_not_hold_is_refused_as_a_whole_and_says_why() {
    let board = Board::believing().await;
    let now = board.clock.now().moment().timestamp();
    let claims = |issuer: &str, audience: &str, end: i64| {
        signed_token(&json!({
            "iss": issuer, "aud": audience, "sub": "ann", "nbf": now, "exp": end,
        }))
    };
    let good = claims(TOKEN_ISSUER, TOKEN_AUDIENCE, now + 300);
    assert_eq!(ask(&board, &good, VIEWER).await.status, StatusCode::OK);
    let (forged, _) = good.rsplit_once('.').unwrap();
    for (token, message) in [
        (
            claims("https://evil.example", TOKEN_AUDIENCE, now + 300),
            "the token is of another issuer or for another audience",
        ),
        (
            claims(TOKEN_ISSUER, "other", now + 300),
            "the token is of another issuer or for another audience",
        ),
        (
            claims(TOKEN_ISSUER, TOKEN_AUDIENCE, now - 60),
            "the key has expired",
        ),
        (
            format!("{forged}.AAAA"),
            "the token is not signed by its issuer, or not with RS256 or ES256",
        ),
        (
            signed_token(&json!({ "iss": TOKEN_ISSUER, "aud": TOKEN_AUDIENCE })),
            "the token needs the claims iss, aud, sub, exp and nbf",
        ),
        (
            "a.b.c".to_owned(),
            "this is no key, or a mistyped one: send Authorization: Bearer rg_live_…",
        ),
    ] {
        let refused = ask(&board, &token, VIEWER).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert_eq!(refused.code(), "UNAUTHENTICATED");
        assert_eq!(refused.json()["errors"][0]["message"], message);
        assert!(!String::from_utf8_lossy(&refused.body).contains(&token));
    }
    board.clock.advance(360);
    assert_eq!(
        ask(&board, &good, VIEWER).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[actix_web::test]
async fn without_an_issuer_no_token_is_believed() {
    let board = Board::new().await;
    let refused = ask(&board, &of(&board, "admin"), VIEWER).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
}

#[actix_web::test]
async fn a_socket_ends_with_the_token_that_opened_it() {
    let board = Board::believing().await;
    let (token, clock) = (of(&board, "changes:read"), board.clock.clone());
    let code = serving(board, move |address, _switches| {
        let bearer = format!("Bearer {token}");
        let mut socket = Socket::begun_with(address, &json!({ "authorization": bearer }));
        clock.advance(360);
        socket.close_code()
    });
    assert_eq!(code.await, Some(4403));
}

#[actix_web::test]
async fn people_have_budgets_of_their_own() {
    let one = crate::rate::Account::user("user:ann");
    assert_eq!(one, crate::rate::Account::user("user:ann"));
    assert_ne!(one, crate::rate::Account::user("user:bob"));
}
