//! Trusted documents: named instead of sent, and cacheable.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::test::TestRequest;
use domain::document::{DocumentId, TrustedDocument};
use serde_json::{Value, json};

use super::{Board, JSON, post};
use crate::document::DocumentHash;
use crate::{DocumentMode, GatewaySettings};

const TEXT: &str = "query Version { server { version } }";
const OTHER: &str = "{ __typename }";

fn listed() -> Vec<TrustedDocument> {
    let document = |id: &str, text: &str| TrustedDocument {
        id: DocumentId::parse(id).unwrap(),
        name: None,
        text: text.to_owned(),
    };
    let dear =
        "{ roles(first: 100) { nodes { categories { name roles(first: 30) { nodes { id } } } } } }";
    vec![
        document("version-page", TEXT),
        document("0123456789abcdef0123456789abcdef", OTHER),
        document("dear", dear),
    ]
}

async fn board(mode: DocumentMode) -> Board {
    let mut settings = GatewaySettings::for_testing();
    settings.documents.mode = mode;
    Board::trusting(settings, &listed()).await
}

async fn ask(board: &Board, request: &Value) -> Value {
    let answer = board.post(JSON, &request.to_string()).await;
    answer.json()
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"]
        .as_str()
        .unwrap_or("none")
}

fn persisted(hash: &str) -> Value {
    json!({"persistedQuery": {"version": 1, "sha256Hash": hash}})
}

#[actix_web::test]
async fn a_listed_document_is_called_in_every_way_that_clients_know() {
    let board = board(DocumentMode::Only).await;
    let hash = DocumentHash::of(TEXT).to_string();
    for request in [
        json!({"documentId": "version-page"}),
        json!({"documentId": format!("sha256:{hash}")}),
        json!({"documentId": format!("sha256:{}", hash.to_uppercase())}),
        json!({"documentId": hash}),
        json!({"doc_id": "version-page", "operationName": "Version", "variables": {}}),
        json!({"id": "version-page"}),
        json!({"extensions": persisted(&hash)}),
        json!({"extensions": persisted(&hash), "query": TEXT}),
    ] {
        let answer = ask(&board, &request).await;
        let version = &answer["data"]["server"]["version"];
        assert_eq!(version, env!("CARGO_PKG_VERSION"), "{request} {answer}");
    }
    let md5 = json!({"doc_id": "0123456789abcdef0123456789abcdef"});
    assert_eq!(ask(&board, &md5).await["data"]["__typename"], "Query");
}

#[actix_web::test]
async fn only_trusted_documents_are_answered_where_that_is_asked_for() {
    let board = board(DocumentMode::Only).await;
    let hash = DocumentHash::of("{ a: __typename }").to_string();
    for (request, expected) in [
        (json!({"query": TEXT}), "DOCUMENT_NOT_TRUSTED"),
        (
            json!({"query": "{ a: __typename }", "extensions": persisted(&hash)}),
            "DOCUMENT_NOT_TRUSTED",
        ),
        (
            json!({"extensions": persisted(&hash)}),
            "PERSISTED_QUERY_NOT_FOUND",
        ),
        (
            json!({"documentId": "nothing"}),
            "PERSISTED_QUERY_NOT_FOUND",
        ),
    ] {
        let answer = ask(&board, &request).await;
        assert_eq!(code(&answer), expected, "{request}");
        assert!(answer.get("data").is_none());
    }
}

#[actix_web::test]
async fn a_text_that_came_with_its_hash_is_known_by_it() {
    let board = board(DocumentMode::Allow).await;
    let text = "{ b: __typename }";
    let hash = DocumentHash::of(text).to_string();
    let by_hash = json!({"extensions": persisted(&hash)});
    let unknown = ask(&board, &by_hash).await;
    assert_eq!(unknown["errors"][0]["message"], "PersistedQueryNotFound");
    let registered = json!({"query": text, "extensions": persisted(&hash)});
    assert_eq!(ask(&board, &registered).await["data"]["b"], "Query");
    assert_eq!(ask(&board, &by_hash).await["data"]["b"], "Query");
    let by_id = json!({"documentId": format!("sha256:{hash}")});
    assert_eq!(ask(&board, &by_id).await["data"]["b"], "Query");
    let forged = json!({"query": OTHER, "extensions": persisted(&"0".repeat(64))});
    let answer = board.post(JSON, &forged.to_string()).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.code(), "BAD_REQUEST");
}

#[actix_web::test]
async fn ids_are_refused_where_they_are_off_and_texts_are_answered() {
    let board = board(DocumentMode::Off).await;
    let answer = ask(&board, &json!({"documentId": "version-page"})).await;
    assert_eq!(code(&answer), "BAD_REQUEST");
    let hash = DocumentHash::of(TEXT).to_string();
    let answer = ask(&board, &json!({"extensions": persisted(&hash)})).await;
    assert_eq!(answer["errors"][0]["message"], "PersistedQueryNotSupported");
    let both = json!({"query": TEXT, "extensions": persisted(&hash)});
    assert!(ask(&board, &both).await["errors"].is_null());
}

#[actix_web::test]
async fn documents_of_the_operator_may_cost_more_than_others() {
    let board = board(DocumentMode::Prefer).await;
    let answer = ask(&board, &json!({"documentId": "dear"})).await;
    assert_eq!(answer["data"]["roles"]["nodes"], json!([]));
    let text = listed().pop().unwrap().text;
    assert_eq!(
        code(&ask(&board, &json!({"query": text})).await),
        "COST_LIMIT_EXCEEDED"
    );
}

#[actix_web::test]
async fn the_answer_to_a_named_document_can_be_kept() {
    let board = board(DocumentMode::Allow).await;
    let get = |query: &str| TestRequest::get().uri(&format!("/graphql?{query}"));
    let answer = board.send(get("documentId=version-page")).await;
    assert_eq!(
        answer.header(header::CACHE_CONTROL),
        "public, max-age=60, stale-while-revalidate=60"
    );
    let tag = answer.header(header::ETAG).to_owned();
    assert!(
        tag.starts_with('"') && tag.ends_with('"') && tag.len() == 34,
        "{tag}"
    );
    for known in [
        tag.clone(),
        format!("W/{tag}"),
        format!("\"x\", {tag}"),
        "*".to_owned(),
    ] {
        let again = get("documentId=version-page").insert_header((header::IF_NONE_MATCH, known));
        let again = board.send(again).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        assert_eq!(again.header(header::ETAG), tag);
        assert!(again.body.is_empty());
    }
    let changed = get("documentId=version-page").insert_header((header::IF_NONE_MATCH, "\"x\""));
    assert_eq!(board.send(changed).await.status, StatusCode::OK);
    let priced = get("documentId=version-page").insert_header(("GraphQL-Cost", "report"));
    for other in [
        get("query=%7B__typename%7D"),
        get("documentId=nothing"),
        priced,
    ] {
        let answer = board.send(other).await;
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
        assert_eq!(answer.header(header::ETAG), "");
    }
    let named = post(JSON).set_payload(r#"{"documentId": "version-page"}"#);
    assert_eq!(
        board.send(named).await.header(header::CACHE_CONTROL),
        "no-store"
    );
}

#[actix_web::test]
async fn a_document_that_does_not_fit_the_schema_keeps_the_server_from_starting() {
    let broken = TrustedDocument {
        id: DocumentId::parse("broken").unwrap(),
        name: None,
        text: "{ salaries }".to_owned(),
    };
    let refused = Board::gateway(GatewaySettings::for_testing(), &[broken], |_clock| None).await;
    let error = refused.err().unwrap().to_string();
    assert!(
        error.starts_with("document broken: Unknown field"),
        "{error}"
    );
}
