//! Callers with keys, as they see it.

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header;
use app::IssuedKey;
use domain::access::{KeyDraft, KeyKind, KeyLimits, Principal, Scopes};
use serde_json::{Value, json};

use super::{Answer, Board, JSON, MODERN, post};
use crate::GatewaySettings;

const QUERY: &str = r#"{"query": "{ roles(first: 1) { nodes { id } } }"}"#;
const VIEWER: &str = r#"{"query": "{ viewer { name scopes
    key { id name kind scopes createdAt expiresAt lastUsedAt }
    limits { operationCost requestBytes documentBytes documentTokens documentFields concurrentOperations }
    budget { limit remaining restoredPerSecond } } }"}"#;

async fn board() -> Board {
    let mut settings = GatewaySettings::for_testing();
    settings.rates.enabled = true;
    Board::trusting(settings, &[]).await
}

fn draft() -> KeyDraft {
    KeyDraft {
        name: "partner".to_owned(),
        kind: KeyKind::Live,
        scopes: Scopes::parse("roles:write changes:read").unwrap(),
        expires_at: None,
        networks: Vec::new(),
        limits: KeyLimits::default(),
    }
}

async fn make(board: &Board, draft: KeyDraft) -> IssuedKey {
    let made = board
        .keys
        .create_key(&Principal::operator("test"), draft)
        .await;
    board.ring.refresh().await.unwrap();
    made.unwrap()
}

/// The answer to a request from 192.0.2.1 that shows something.
async fn ask(board: &Board, authorization: &str, body: &str) -> Answer {
    let peer: SocketAddr = "192.0.2.1:4711".parse().unwrap();
    let request = post(MODERN).peer_addr(peer);
    let request = request.insert_header((header::AUTHORIZATION, authorization));
    board
        .send(request.set_payload(body.replace('\n', " ")))
        .await
}

async fn viewer(board: &Board, made: &IssuedKey) -> Value {
    let bearer = format!("Bearer {}", made.token.reveal());
    let answer = ask(board, &bearer, VIEWER).await;
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    answer.json()["data"]["viewer"].clone()
}

#[actix_web::test]
async fn whoever_shows_a_key_is_told_what_it_is_good_for() {
    let board = board().await;
    let slow = KeyLimits {
        restored_per_second: Some(1),
        ..KeyLimits::default()
    };
    let draft = KeyDraft {
        limits: slow,
        ..draft()
    };
    let made = make(&board, draft).await;
    assert_eq!(
        viewer(&board, &made).await,
        json!({
            "name": "partner",
            "scopes": ["roles:write", "changes:read"],
            "key": {
                "id": made.key.id.to_string(),
                "name": "partner",
                "kind": "live",
                "scopes": ["roles:write", "changes:read"],
                "createdAt": "2026-01-01T00:00:00.000000Z",
                "expiresAt": null,
                "lastUsedAt": "2026-01-01T00:00:00.000000Z",
            },
            "limits": {
                "operationCost": 5_000,
                "requestBytes": 262_144,
                "documentBytes": 65_536,
                "documentTokens": 4_000,
                "documentFields": 2_000,
                "concurrentOperations": 100,
            },
            "budget": {"limit": 50_000, "remaining": 49_999, "restoredPerSecond": 1},
        })
    );
    let anonymous = board.post(MODERN, &VIEWER.replace('\n', " ")).await.json();
    let anonymous = &anonymous["data"]["viewer"];
    assert_eq!(anonymous["name"], "anonymous");
    assert_eq!(anonymous["key"], Value::Null);
    assert_eq!(anonymous["scopes"], json!(["roles:read"]));
    assert_eq!(anonymous["limits"]["operationCost"], 1_000);
    assert_eq!(anonymous["budget"]["limit"], 5_000);
}

#[actix_web::test]
async fn what_does_not_hold_is_refused_as_a_whole() {
    let board = board().await;
    let expiring = KeyDraft {
        expires_at: Some(domain::Timestamp::parse("2026-01-01T01:00:00Z").unwrap()),
        networks: vec!["192.0.2.0/24".parse().unwrap()],
        ..draft()
    };
    let made = make(&board, expiring).await;
    let elsewhere = KeyDraft {
        networks: vec!["198.51.100.0/24".parse().unwrap()],
        ..draft()
    };
    let elsewhere = make(&board, elsewhere).await;
    let text = made.token.reveal();
    let good = format!("Bearer {text}");
    let typo = good.replace("rg_live_0", "rg_live_1");
    for (shown, status) in [
        (good.as_str(), StatusCode::OK),
        ("bearer ", StatusCode::UNAUTHORIZED),
        (text, StatusCode::UNAUTHORIZED),
        ("Basic cGFydG5lcjp4", StatusCode::UNAUTHORIZED),
        (typo.as_str(), StatusCode::UNAUTHORIZED),
        (
            &format!("Bearer {}", elsewhere.token.reveal()),
            StatusCode::UNAUTHORIZED,
        ),
    ] {
        let answer = ask(&board, shown, QUERY).await;
        assert_eq!(answer.status, status, "{shown}");
        if status == StatusCode::UNAUTHORIZED {
            assert_eq!(answer.code(), "UNAUTHENTICATED", "{shown}");
            assert_eq!(answer.header(header::WWW_AUTHENTICATE), "Bearer");
            assert_eq!(answer.json().get("data"), None);
        }
    }
    board.clock.advance(3_600);
    let expired = ask(&board, &good, QUERY).await;
    assert_eq!(
        expired.json()["errors"][0]["message"],
        "the key has expired"
    );
    let twice = post(MODERN)
        .append_header((header::AUTHORIZATION, good.as_str()))
        .append_header((header::AUTHORIZATION, good.as_str()));
    let twice = board.send(twice.set_payload(QUERY)).await;
    assert_eq!(twice.status, StatusCode::UNAUTHORIZED);
}

#[actix_web::test]
async fn whoever_tries_keys_pays_with_the_budget_of_its_address() {
    let mut settings = GatewaySettings::for_testing();
    settings.rates.enabled = true;
    settings.rates.bucket = 3;
    settings.rates.restored_per_second = 0;
    let board = Board::trusting(settings, &[]).await;
    let mut codes = Vec::new();
    for _ in 0..5 {
        codes.push(ask(&board, "Bearer x", QUERY).await.status.as_u16());
    }
    assert_eq!(codes, [401, 401, 401, 429, 429]);
    let made = make(&board, draft()).await;
    let bearer = format!("Bearer {}", made.token.reveal());
    assert_eq!(ask(&board, &bearer, QUERY).await.status, StatusCode::OK);
}

#[actix_web::test]
async fn a_key_has_a_bucket_of_its_own_and_its_own_limits() {
    let board = board().await;
    let narrow = KeyDraft {
        limits: KeyLimits {
            operation_cost: Some(50),
            bucket: Some(60),
            restored_per_second: Some(1),
            concurrency: Some(1),
        },
        ..draft()
    };
    let (narrow, usual) = (make(&board, narrow).await, make(&board, draft()).await);
    let bearer = |made: &IssuedKey| format!("Bearer {}", made.token.reveal());
    let dear = r#"{"query": "{ roles(first: 60) { nodes { id } } }"}"#;
    let refused = ask(&board, &bearer(&narrow), dear).await;
    assert_eq!(refused.code(), "COST_LIMIT_EXCEEDED");
    assert_eq!(
        ask(&board, &bearer(&usual), dear).await.status,
        StatusCode::OK
    );
    let spent = ask(&board, &bearer(&narrow), QUERY).await;
    assert_eq!(spent.named("ratelimit-limit"), "60");
    let other = ask(&board, &bearer(&usual), QUERY).await;
    assert_eq!(other.named("ratelimit-limit"), "50000");

    let account = crate::rate::Account::Key(narrow.key.id);
    let _place = board.state.admission.enter(account, 1).unwrap();
    let busy = ask(&board, &bearer(&narrow), QUERY).await;
    assert_eq!(busy.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        ask(&board, &bearer(&usual), QUERY).await.status,
        StatusCode::OK
    );
}

#[actix_web::test]
async fn longer_documents_and_bodies_are_for_keys_also_when_they_are_known() {
    let board = board().await;
    let made = make(&board, draft()).await;
    let bearer = format!("Bearer {}", made.token.reveal());
    let long = json!({"query": format!("{{ __typename #{}\n server {{ version }} }}", "x".repeat(20_000))});
    let long = long.to_string();
    for _twice in 0..2 {
        let keyed = post(MODERN).insert_header((header::AUTHORIZATION, bearer.as_str()));
        let keyed = board.send(keyed.set_payload(long.clone())).await;
        assert_eq!(keyed.status, StatusCode::OK);
        let anonymous = board.post(MODERN, &long).await;
        assert_eq!(anonymous.code(), "LIMIT_DOCUMENT_BYTES");
    }
    let padded = format!("{QUERY}{}", " ".repeat(100_000));
    let keyed = post(MODERN).insert_header((header::AUTHORIZATION, bearer.as_str()));
    let keyed = board.send(keyed.set_payload(padded.clone())).await;
    assert_eq!(keyed.status, StatusCode::OK);
    let anonymous = board.post(MODERN, &padded).await;
    assert_eq!(anonymous.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[actix_web::test]
async fn a_revoked_key_is_refused_at_once_also_for_answers_that_are_kept() {
    let board = board().await;
    let made = make(&board, draft()).await;
    let bearer = format!("Bearer {}", made.token.reveal());
    assert_eq!(ask(&board, &bearer, QUERY).await.status, StatusCode::OK);
    let operator = Principal::operator("test");
    board.keys.revoke_key(&operator, made.key.id).await.unwrap();
    board.ring.refresh().await.unwrap();
    let refused = ask(&board, &bearer, QUERY).await;
    assert_eq!(
        refused.json()["errors"][0]["message"],
        "the key was revoked"
    );
    assert!(!String::from_utf8_lossy(&refused.body).contains(made.token.reveal()));
}

#[actix_web::test]
async fn rotating_a_key_leaves_the_old_secret_for_a_while() {
    let board = board().await;
    let made = make(&board, draft()).await;
    let operator = Principal::operator("test");
    let overlap = Duration::from_mins(1);
    let next = board
        .keys
        .rotate_key(&operator, made.key.id, overlap)
        .await
        .unwrap();
    board.ring.refresh().await.unwrap();
    let status = async |made: &IssuedKey| {
        let bearer = format!("Bearer {}", made.token.reveal());
        ask(&board, &bearer, QUERY).await.status
    };
    assert_eq!(
        (status(&made).await, status(&next).await),
        (StatusCode::OK, StatusCode::OK)
    );
    board.clock.advance(60);
    assert_eq!(status(&made).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(&next).await, StatusCode::OK);
}

#[actix_web::test]
async fn answers_depend_on_the_key_and_say_so() {
    let listed = domain::document::TrustedDocument {
        id: domain::document::DocumentId::parse("roles").unwrap(),
        name: None,
        text: "{ roles(first: 1) { nodes { id } } }".to_owned(),
    };
    let board = Board::trusting(GatewaySettings::for_testing(), &[listed]).await;
    let made = make(&board, draft()).await;
    let get = |bearer: Option<String>| {
        let request = actix_web::test::TestRequest::get().uri("/graphql?documentId=roles");
        let request = request.insert_header((header::ACCEPT, JSON));
        board.send(match bearer {
            Some(bearer) => request.insert_header((header::AUTHORIZATION, bearer)),
            None => request,
        })
    };
    let anonymous = get(None).await;
    assert!(
        anonymous
            .header(header::CACHE_CONTROL)
            .starts_with("public, ")
    );
    let keyed = get(Some(format!("Bearer {}", made.token.reveal()))).await;
    assert!(keyed.header(header::CACHE_CONTROL).starts_with("private, "));
    for answer in [anonymous, keyed] {
        assert!(answer.header(header::VARY).contains("Authorization"));
    }
}
