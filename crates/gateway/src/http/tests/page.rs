//! Pages beside the graph.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::test::TestRequest;

use super::Board;
use crate::GatewaySettings;

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
    assert_eq!(answer.code(), "NOT_FOUND");
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
        assert_eq!(answer.code(), "NOT_FOUND", "{missing}");
    }
}

#[actix_web::test]
async fn a_schema_that_is_not_shown_has_no_address_either() {
    let mut settings = GatewaySettings::for_testing();
    settings.execution.introspection = false;
    let board = Board::trusting(settings, &[]).await;
    let answer = board.get("/schema.graphql").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.code(), "INTROSPECTION_DISABLED");
}
