//! Versions of the catalogue, and answers that are kept.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::test::TestRequest;
use domain::Timestamp;
use domain::change::{Aspects, ChangeEntity, ChangeOp, NewChange};
use domain::document::{DocumentId, TrustedDocument};
use domain::id::{Id as _, RoleId};

use super::{Board, JSON, MODERN, post};
use crate::GatewaySettings;

const PAGE: &str = "{ roles(first: 1) { totalCount { value } nodes { title } } }";
const VERSION: &str = "{ server { catalogueVersion } }";

fn listed() -> Vec<TrustedDocument> {
    let document = |id: &str, text: &str| TrustedDocument {
        id: DocumentId::parse(id).unwrap(),
        name: None,
        text: text.to_owned(),
    };
    vec![document("page", PAGE), document("version", VERSION)]
}

async fn board() -> Board {
    Board::trusting(GatewaySettings::for_testing(), &listed()).await
}

/// Asks so that answers that are kept are used; also how many statements that took.
async fn asked(board: &Board, request: TestRequest) -> (super::Answer, u64) {
    let database = board.state.gateway.database();
    database.catch_up(u64::MAX).await.unwrap();
    let before = database.reads().statements_run();
    let answer = board.send(request).await;
    (answer, database.reads().statements_run() - before)
}

fn named(id: &str) -> TestRequest {
    TestRequest::get().uri(&format!("/graphql?documentId={id}"))
}

#[actix_web::test]
async fn whoever_has_the_answer_is_told_so_without_an_execution() {
    let board = board().await;
    let (first, made) = asked(&board, named("page")).await;
    assert_eq!(made, 1);
    let tag = first.header(header::ETAG).to_owned();
    let again = named("page").insert_header((header::IF_NONE_MATCH, tag.clone()));
    let (again, made) = asked(&board, again).await;
    assert_eq!((again.status, made), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(again.header(header::ETAG), tag);
    assert_eq!(again.named("rolegraph-version"), "0");
    assert!(again.body.is_empty());
    let (whole, made) = asked(&board, named("page")).await;
    assert_eq!((whole.status, made), (StatusCode::OK, 0));
    assert_eq!(whole.body, first.body);
}

#[actix_web::test]
async fn an_answer_that_is_kept_costs_and_tells_what_a_new_one_does() {
    let board = board().await;
    let body = format!(r#"{{"query": "{PAGE}"}}"#);
    let request = |report: &str| {
        let request = post(MODERN).set_payload(body.clone());
        request.insert_header(("GraphQL-Cost", report.to_owned()))
    };
    let (first, made) = asked(&board, request("report")).await;
    let (second, kept) = asked(&board, request("report")).await;
    assert_eq!((made, kept), (1, 0));
    assert_eq!(first.body, second.body);
    assert_eq!(second.header(header::CACHE_CONTROL), "no-store");
    let cost = &second.json()["extensions"]["cost"];
    assert!(
        cost["actual"].as_u64() < cost["requested"].as_u64(),
        "{cost}"
    );
    let (silent, kept) = asked(&board, request("")).await;
    assert_eq!(kept, 0);
    assert_eq!(silent.json()["data"], first.json()["data"]);
    assert!(silent.json().get("extensions").is_none());
}

/// Something happens to the list of roles.
async fn change(board: &Board) {
    let transaction = board.state.gateway.database().begin().await.unwrap();
    let change = NewChange {
        at: Timestamp::parse("2026-01-01T00:00:00.000000Z").unwrap(),
        entity: ChangeEntity::Role,
        id: RoleId::parse("role_01890000-0000-7000-8000-000000000000")
            .unwrap()
            .uuid(),
        op: ChangeOp::Created,
        aspects: Aspects::MEMBERSHIP,
        revision: 1,
        author: domain::access::Author::named("test"),
    };
    transaction.commit(&[change]).await.unwrap();
}

#[actix_web::test]
async fn a_body_that_comes_again_is_answered_like_any_other_and_only_while_that_is_right() {
    let mut settings = GatewaySettings::for_testing();
    settings.rates.enabled = true;
    settings.rates.restored_per_second = 1;
    let board = Board::trusting(settings, &[]).await;
    let request = |space: &str| post(MODERN).set_payload(format!(r#"{{"query":{space}"{PAGE}"}}"#));
    let remaining = |answer: &super::Answer| answer.named("ratelimit-remaining").parse::<i64>();
    let (first, made) = asked(&board, request("")).await;
    let (again, recalled) = asked(&board, request("")).await;
    let (spaced, kept) = asked(&board, request(" ")).await;
    assert_eq!((made, recalled, kept), (1, 0, 0));
    assert_eq!((&again.body, again.status), (&first.body, first.status));
    assert_eq!(again.body, spaced.body);
    let names = |answer: &super::Answer| {
        let mut names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        names.sort();
        names
    };
    assert_eq!(names(&again), names(&spaced));
    let left = [&first, &again, &spaced].map(|answer| remaining(answer).unwrap());
    assert_eq!(left[0] - left[1], left[1] - left[2]);
    change(&board).await;
    let (after, made) = asked(&board, request("")).await;
    assert_eq!((made, after.named("rolegraph-version")), (1, "1"));
    let (_, recalled) = asked(&board, request("")).await;
    assert_eq!(recalled, 0);
}

#[actix_web::test]
async fn whoever_has_spent_everything_gets_no_answer_that_is_kept() {
    let mut settings = GatewaySettings::for_testing();
    settings.rates.enabled = true;
    settings.rates.restored_per_second = 1;
    settings.rates.bucket = 20;
    let board = Board::trusting(settings, &[]).await;
    let body = format!(r#"{{"query": "{PAGE}"}}"#);
    let mut statuses = Vec::new();
    for _ in 0..20 {
        statuses.push(board.post(MODERN, &body).await.status);
    }
    assert_eq!(statuses.first(), Some(&StatusCode::OK));
    assert_eq!(statuses.last(), Some(&StatusCode::TOO_MANY_REQUESTS));
}

#[actix_web::test]
async fn a_field_decides_how_long_caches_may_keep_its_answer() {
    let board = board().await;
    let (answer, _) = asked(&board, named("version")).await;
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(answer.header(header::ETAG), "");
    let (_, made) = asked(&board, named("version")).await;
    assert_eq!(made, 1);
}

#[actix_web::test]
async fn a_request_can_ask_for_a_version() {
    let board = board().await;
    let request = |version: &str| {
        let request = post(JSON).set_payload(format!(r#"{{"query": "{PAGE}"}}"#));
        request.insert_header(("Rolegraph-Min-Version", version.to_owned()))
    };
    let (there, _) = asked(&board, request("0")).await;
    assert_eq!(there.status, StatusCode::OK);
    assert_eq!(there.named("rolegraph-version"), "0");
    let (missing, made) = asked(&board, request("7")).await;
    assert_eq!(missing.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(missing.code(), "VERSION_NOT_REACHED");
    assert_eq!(missing.named("retry-after"), "1");
    assert_eq!(made, 0);
    for odd in ["-1", "x", "1.5", ""] {
        let (odd, _) = asked(&board, request(odd)).await;
        assert_eq!(odd.status, StatusCode::BAD_REQUEST);
        assert_eq!(odd.code(), "BAD_REQUEST");
    }
}
