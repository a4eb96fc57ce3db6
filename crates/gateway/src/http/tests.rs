//! The graph over HTTP, in front of an empty catalogue.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};

use actix_web::App;
use actix_web::http::header::{self, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use persistence::{Database, DatabaseSettings};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{State, routes, serve};
use crate::{Gateway, GatewaySettings};

const JSON: &str = "application/json";
const MODERN: &str = "application/graphql-response+json";

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: header::HeaderName) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn code(&self) -> Value {
        self.json()["errors"][0]["extensions"]["code"].clone()
    }
}

/// A served gateway; the folder of its database goes with it.
struct Board {
    state: State,
    _folder: TempDir,
}

impl Board {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/board.db", folder.path().display());
        let database = Database::open(&DatabaseSettings::new(url)).await.unwrap();
        let settings = GatewaySettings::for_testing();
        let gateway = Gateway::new(database, settings.clone(), &[]).unwrap();
        Self {
            state: State::new(gateway, settings),
            _folder: folder,
        }
    }

    async fn send(&self, request: TestRequest) -> Answer {
        let app = init_service(App::new().configure(|config| routes(config, &self.state))).await;
        let response = call_service(&app, request.to_request()).await;
        Answer {
            status: response.status(),
            headers: response.headers().clone(),
            body: read_body(response).await.to_vec(),
        }
    }

    async fn post(&self, accept: &str, body: &str) -> Answer {
        self.send(post(accept).set_payload(body.to_owned())).await
    }
}

fn post(accept: &str) -> TestRequest {
    TestRequest::post()
        .uri("/graphql")
        .insert_header((header::CONTENT_TYPE, JSON))
        .insert_header((header::ACCEPT, accept.to_owned()))
}

#[actix_web::test]
async fn a_query_is_answered_in_the_media_type_that_was_asked_for() {
    let board = Board::new().await;
    let query = json!({"query": "{ roles { nodes { id } totalCount { value precision } } }"});
    for (accept, content_type) in [
        (JSON, "application/json; charset=utf-8"),
        ("*/*", "application/json; charset=utf-8"),
        (MODERN, "application/graphql-response+json; charset=utf-8"),
    ] {
        let answer = board.post(accept, &query.to_string()).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header(header::CONTENT_TYPE), content_type);
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        let roles = json!({"nodes": [], "totalCount": {"value": 0, "precision": "EXACT"}});
        assert_eq!(answer.json(), json!({"data": {"roles": roles}}));
    }
    let answer = board.post("text/html", &query.to_string()).await;
    assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(answer.code(), "BAD_REQUEST");
}

#[actix_web::test]
async fn the_status_tells_where_a_request_failed() {
    let board = Board::new().await;
    let bad = StatusCode::BAD_REQUEST;
    for (body, json_status, code) in [
        ("{", bad, "BAD_REQUEST"),
        ("[]", bad, "BAD_REQUEST"),
        (r#"{"query": 7}"#, bad, "BAD_REQUEST"),
        (r#"{"query": "{"}"#, StatusCode::OK, "GRAPHQL_PARSE_FAILED"),
        (
            r#"{"query": "{ pay }"}"#,
            StatusCode::OK,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            r#"{"query": "{ roles(first: \"1\") { nodes { id } } }"}"#,
            StatusCode::OK,
            "BAD_USER_INPUT",
        ),
        (
            r#"{"query": "{ __typename }", "operationName": "A"}"#,
            StatusCode::OK,
            "OPERATION_RESOLUTION_FAILURE",
        ),
    ] {
        for (accept, status) in [(MODERN, bad), (JSON, json_status)] {
            let answer = board.post(accept, body).await;
            assert_eq!(answer.status, status, "{body}");
            assert_eq!(answer.code(), code, "{body}");
            assert!(answer.json().get("data").is_none(), "{body}");
        }
    }
    let field = r#"{"query": "{ roles(first: 101) { nodes { id } } }"}"#;
    let answer = board.post(MODERN, field).await;
    assert_eq!(answer.status, StatusCode::OK);
    let error = &answer.json()["errors"][0];
    assert_eq!(answer.json()["data"], Value::Null);
    assert_eq!(error["path"], json!(["roles"]));
    assert_eq!(error["extensions"]["reason"], "PAGE_SIZE");
}

#[actix_web::test]
async fn bodies_are_plain_json_and_not_too_large() {
    let board = Board::new().await;
    let query = r#"{"query": "{ __typename }"}"#;
    let unsupported = StatusCode::UNSUPPORTED_MEDIA_TYPE;
    for (name, value) in [
        ("content-type", "text/plain"),
        ("content-type", "application/json; charset=utf-16"),
        ("content-encoding", "gzip"),
    ] {
        let request = post(JSON).insert_header((name, value)).set_payload(query);
        assert_eq!(board.send(request).await.status, unsupported, "{value}");
    }
    let bare = TestRequest::post().uri("/graphql").set_payload(query);
    assert_eq!(board.send(bare).await.status, unsupported);
    let limit = GatewaySettings::for_testing().edge.body_bytes;
    let padded = |bytes: usize| format!("{query}{}", " ".repeat(bytes - query.len()));
    assert_eq!(
        board.post(JSON, &padded(limit)).await.status,
        StatusCode::OK
    );
    let answer = board.post(JSON, &padded(limit + 1)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.code(), "BODY_TOO_LARGE");
    assert_eq!(answer.json()["errors"][0]["extensions"]["limit"], limit);
}

#[actix_web::test]
async fn queries_may_be_sent_in_the_address_and_nothing_else_may() {
    let board = Board::new().await;
    let get = |query: &str| TestRequest::get().uri(&format!("/graphql?{query}"));
    let answer = board.send(get("query=%7B__typename%7D")).await;
    assert_eq!(answer.json(), json!({"data": {"__typename": "Query"}}));
    let answer = board.send(get("query=mutation%7B__typename%7D")).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header(header::ALLOW), "POST");
    let answer = board.send(get("variables=%7B%7D")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let put = TestRequest::default().method(Method::PUT).uri("/graphql");
    let answer = board.send(put).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header(header::ALLOW), "GET, POST");
}

#[actix_web::test]
async fn every_error_names_its_request() {
    let board = Board::new().await;
    let named = post(JSON)
        .insert_header(("x-request-id", "mine-7"))
        .set_payload("{");
    let answer = board.send(named).await;
    assert_eq!(answer.headers.get("x-request-id").unwrap(), "mine-7");
    let extensions = &answer.json()["errors"][0]["extensions"];
    assert_eq!(extensions["requestId"], "mine-7");
    let ids = |answer: &Answer| answer.headers.get("x-request-id").unwrap().clone();
    let (first, second) = (board.post(JSON, "{").await, board.post(JSON, "{").await);
    assert_ne!(ids(&first), ids(&second));
}

#[actix_web::test]
async fn hostile_documents_are_refused_and_the_next_request_is_answered() {
    let board = Board::new().await;
    let lists = format!("{{ a(b: {}{}) }}", "[".repeat(7000), "]".repeat(7000));
    let answer = board.post(JSON, &json!({"query": lists}).to_string()).await;
    assert_eq!(answer.code(), "LIMIT_NESTING");
    let nested = format!(
        "{}__typename{}",
        "{ role { category ".repeat(15),
        "} }".repeat(15)
    );
    let answer = board
        .post(JSON, &json!({"query": nested}).to_string())
        .await;
    assert_eq!(answer.code(), "LIMIT_DEPTH");
    assert!(answer.json()["errors"].as_array().unwrap().len() <= 10);
    let answer = board.post(JSON, r#"{"query": "{ __typename }"}"#).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[actix_web::test]
async fn health_and_schema_have_their_own_addresses() {
    let board = Board::new().await;
    for (address, text) in [("/healthz", "ok\n"), ("/readyz", "ready\n")] {
        let answer = board.send(TestRequest::get().uri(address)).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.body, text.as_bytes());
    }
    let answer = board.send(TestRequest::get().uri("/schema.graphql")).await;
    assert_eq!(answer.body, crate::sdl().into_bytes());
    let answer = board.send(TestRequest::get().uri("/elsewhere")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.code(), "BAD_REQUEST");
}

#[actix_web::test]
async fn the_playground_is_sent_packed_or_plain() {
    let board = Board::new().await;
    let plain = board.send(TestRequest::get().uri("/")).await;
    assert_eq!(
        plain.header(header::CONTENT_TYPE),
        "text/html; charset=utf-8"
    );
    assert_eq!(plain.header(header::CACHE_CONTROL), "no-cache");
    assert!(
        plain
            .header(header::CONTENT_SECURITY_POLICY)
            .contains("script-src 'self'")
    );
    let page = String::from_utf8(plain.body).unwrap();
    let script = page.split('"').find(|part| part.contains(".js")).unwrap();
    let packed = TestRequest::get()
        .uri(script)
        .insert_header((header::ACCEPT_ENCODING, "gzip, br;q=0.9"));
    let packed = board.send(packed).await;
    assert_eq!(packed.status, StatusCode::OK);
    assert_eq!(packed.header(header::CONTENT_ENCODING), "br");
    assert!(packed.header(header::CACHE_CONTROL).contains("immutable"));
    let inflated = board.send(TestRequest::get().uri(script)).await;
    assert_eq!(inflated.header(header::CONTENT_ENCODING), "");
    assert!(inflated.body.len() > packed.body.len());
    for missing in ["/playground/none.js", "/playground/..%2Findex.html"] {
        let answer = board.send(TestRequest::get().uri(missing)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

/// Sends the head of a request, waits until the server asks for the body, runs `halfway`, and
/// sends the body.
fn post_in_two_steps(address: SocketAddr, halfway: impl FnOnce()) -> String {
    let body = r#"{"query": "{ __typename }"}"#;
    let length = body.len();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: board\r\nContent-Type: {JSON}\r\n\
         Content-Length: {length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    );
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    let mut asked = [0; 25];
    stream.read_exact(&mut asked).unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    halfway();
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[actix_web::test]
async fn a_stop_finishes_the_request_in_flight() {
    let board = Board::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let gateway = Gateway::clone(&board.state.gateway);
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let served = serve(gateway, listener, GatewaySettings::for_testing(), async {
        stopped.await.unwrap();
    });
    let asked =
        tokio::task::spawn_blocking(move || post_in_two_steps(address, || stop.send(()).unwrap()));
    let (served, answer) = tokio::join!(served, asked);
    assert!(served.is_ok());
    assert!(
        answer
            .unwrap()
            .ends_with(r#"{"data":{"__typename":"Query"}}"#)
    );
    assert!(TcpStream::connect(address).is_err());
}
