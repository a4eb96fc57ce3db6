//! Which pages may read answers.

use actix_web::http::header::{self, HeaderName};
use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;

use super::{Answer, Board};

const LISTED: &str = "https://jobs.example";
const QUERY: &str = "/graphql?query=%7B__typename%7D";

async fn board() -> Board {
    Board::with(|edge| edge.cors_origins = vec![LISTED.to_owned()]).await
}

async fn asked(board: &Board, method: Method, address: &str, origin: &str) -> Answer {
    let request = TestRequest::with_uri(address)
        .method(method)
        .insert_header((header::ORIGIN, origin))
        .insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "POST"))
        .insert_header((header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type"));
    board.send(request).await
}

fn opens_nothing(answer: &Answer) -> bool {
    let is_open = |name: &HeaderName| name.as_str().starts_with("access-control-");
    !answer.headers.keys().any(is_open)
}

#[actix_web::test]
async fn a_listed_origin_may_ask_and_read() {
    let board = board().await;
    let preflight = asked(&board, Method::OPTIONS, "/graphql", LISTED).await;
    assert_eq!(preflight.status, StatusCode::NO_CONTENT);
    assert_eq!(preflight.named("access-control-allow-origin"), LISTED);
    assert_eq!(preflight.named("access-control-allow-methods"), "GET, POST");
    assert_eq!(preflight.named("access-control-max-age"), "86400");
    let allowed = preflight.named("access-control-allow-headers");
    for name in [
        "content-type",
        "authorization",
        "traceparent",
        "idempotency-key",
        "rolegraph-min-version",
    ] {
        assert!(allowed.split(", ").any(|allowed| allowed == name), "{name}");
    }
    assert_eq!(preflight.named("access-control-allow-credentials"), "");
    let answer = asked(&board, Method::GET, QUERY, LISTED).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.named("access-control-allow-origin"), LISTED);
    let exposed = answer.named("access-control-expose-headers");
    assert!(exposed.contains("x-request-id") && exposed.contains("retry-after"));
    assert_eq!(
        answer.header(header::VARY),
        "Accept, Accept-Encoding, Authorization, Rolegraph-Min-Version, Origin"
    );
}

#[actix_web::test]
async fn refusals_can_be_read_as_well() {
    let board = Board::telling_callers_apart(|edge| {
        edge.cors_origins = vec![LISTED.to_owned()];
        edge.caller_concurrency = 0;
    });
    let answer = asked(&board.await, Method::GET, QUERY, LISTED).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.named("access-control-allow-origin"), LISTED);
}

#[actix_web::test]
async fn other_origins_are_answered_like_anybody() {
    let board = board().await;
    for origin in [
        "https://jobs.example.evil.example",
        "https://jobs.example:8443",
        "http://jobs.example",
        "HTTPS://JOBS.EXAMPLE",
        "null",
        "*",
    ] {
        let answer = asked(&board, Method::GET, QUERY, origin).await;
        assert_eq!(answer.status, StatusCode::OK, "{origin}");
        assert!(opens_nothing(&answer), "{origin}");
        let preflight = asked(&board, Method::OPTIONS, "/graphql", origin).await;
        assert_eq!(preflight.status, StatusCode::METHOD_NOT_ALLOWED, "{origin}");
        assert_eq!(preflight.code(), "BAD_REQUEST", "{origin}");
        assert!(opens_nothing(&preflight), "{origin}");
    }
    let elsewhere = asked(&board, Method::GET, "/healthz", LISTED).await;
    assert!(opens_nothing(&elsewhere));
}

#[actix_web::test]
async fn nothing_is_open_unless_origins_are_listed() {
    let board = Board::new().await;
    for (method, status) in [
        (Method::GET, StatusCode::OK),
        (Method::OPTIONS, StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let answer = asked(&board, method, QUERY, LISTED).await;
        assert_eq!(answer.status, status);
        assert!(opens_nothing(&answer));
        assert_eq!(
            answer.header(header::VARY),
            "Accept, Accept-Encoding, Authorization, Rolegraph-Min-Version"
        );
    }
}
