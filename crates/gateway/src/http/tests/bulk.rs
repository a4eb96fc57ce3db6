//! Exports and imports that are refused before anything is told.

use actix_web::http::header;
use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;
use app::IssuedKey;
use domain::access::{KeyDraft, KeyKind, KeyLimits, Principal, Scopes};

use super::{Answer, Board};
use crate::GatewaySettings;

const NDJSON: &str = "application/x-ndjson";

async fn key(board: &Board, scopes: &str) -> IssuedKey {
    let draft = KeyDraft {
        name: "partner".to_owned(),
        kind: KeyKind::Live,
        scopes: Scopes::parse(scopes).unwrap(),
        expires_at: None,
        networks: Vec::new(),
        limits: KeyLimits::default(),
    };
    let operator = Principal::operator("test");
    let made = board.keys.create_key(&operator, draft).await;
    board.ring.refresh().await.unwrap();
    made.unwrap()
}

fn shown(request: TestRequest, key: &IssuedKey) -> TestRequest {
    let bearer = format!("Bearer {}", key.token.reveal());
    request.insert_header((header::AUTHORIZATION, bearer))
}

fn import(address: &str) -> TestRequest {
    let request = TestRequest::post().uri(address);
    request.insert_header((header::CONTENT_TYPE, NDJSON))
}

/// Status, code and message of a refusal.
fn told(answer: &Answer) -> (u16, String, String) {
    let error = &answer.json()["errors"][0];
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    (
        answer.status.as_u16(),
        text(&error["extensions"]["code"]),
        text(&error["message"]),
    )
}

fn refused(status: u16, code: &str, message: &str) -> (u16, String, String) {
    (status, code.to_owned(), message.to_owned())
}

#[actix_web::test]
async fn what_is_wrong_with_a_request_is_told_by_name() {
    let board = Board::new().await;
    let editor = key(&board, "roles:write").await;
    let get = async |address: &str| told(&board.get(address).await);
    assert_eq!(
        get("/export?state=DRAFT").await,
        refused(
            400,
            "BAD_REQUEST",
            "unknown field `state`, expected `states`"
        )
    );
    assert_eq!(
        get("/export?states=PUBLISHED,SECRET").await,
        refused(
            400,
            "BAD_REQUEST",
            "states: \"SECRET\" is none of DRAFT, IN_REVIEW, PUBLISHED, ARCHIVED"
        )
    );
    let post = async |request: TestRequest| told(&board.send(shown(request, &editor)).await);
    assert_eq!(
        post(import("/import?on-error=skip")).await,
        refused(
            400,
            "BAD_REQUEST",
            "unknown variant `skip`, expected `continue` or `stop`"
        )
    );
    let json = TestRequest::post().uri("/import");
    let json = json.insert_header((header::CONTENT_TYPE, "application/json"));
    let expected = "send application/x-ndjson in UTF-8, without content encoding";
    assert_eq!(post(json).await, refused(415, "BAD_REQUEST", expected));
    let packed = import("/import").insert_header((header::CONTENT_ENCODING, "gzip"));
    assert_eq!(post(packed).await, refused(415, "BAD_REQUEST", expected));
}

#[actix_web::test]
async fn each_address_has_one_method() {
    let board = Board::new().await;
    for (address, method, allowed) in [
        ("/export", Method::POST, "GET"),
        ("/import", Method::GET, "POST"),
        ("/import", Method::DELETE, "POST"),
    ] {
        let request = TestRequest::with_uri(address).method(method);
        let answer = board.send(request).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answer.header(header::ALLOW), allowed);
    }
}

#[actix_web::test]
async fn drafts_and_imports_are_for_keys_that_may_write() {
    let board = Board::new().await;
    let reader = key(&board, "roles:read changes:read").await;
    let drafts = "/export?states=DRAFT";
    for anonymous in [TestRequest::get().uri(drafts), import("/import")] {
        let answer = board.send(anonymous).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.header(header::WWW_AUTHENTICATE), "Bearer");
        assert_eq!(answer.code(), "UNAUTHENTICATED");
    }
    for request in [TestRequest::get().uri(drafts), import("/import")] {
        let answer = board.send(shown(request, &reader)).await;
        let message = "this needs a key with the scope roles:write";
        assert_eq!(told(&answer), refused(403, "FORBIDDEN", message));
    }
    let exported = board.get("/export").await;
    assert_eq!(exported.status, StatusCode::OK);
    assert_eq!(exported.header(header::CONTENT_TYPE), NDJSON);
    assert_eq!(exported.named("rolegraph-version"), "0");
}

#[actix_web::test]
async fn an_export_is_paid_for() {
    let mut settings = GatewaySettings::for_testing();
    settings.rates.enabled = true;
    settings.rates.bucket = 1_500;
    settings.rates.restored_per_second = 1;
    let board = Board::trusting(settings, &[]).await;
    assert_eq!(board.get("/export").await.status, StatusCode::OK);
    let answer = board.get("/export").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.code(), "RATE_LIMITED");
    assert!(!answer.header(header::RETRY_AFTER).is_empty());
}

#[actix_web::test]
async fn a_server_tells_so_many_exports_at_once() {
    let mut settings = GatewaySettings::for_testing();
    settings.bulk.exports = 0;
    let board = Board::trusting(settings, &[]).await;
    let answer = board.get("/export").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.code(), "UNAVAILABLE");
}
