//! How answers are packed and sent.

use std::io::Read as _;

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::test::TestRequest;

use super::{Answer, Board, JSON, post};

const VARY: &str = "Accept, Accept-Encoding, Authorization, Rolegraph-Min-Version";
const INTROSPECTION: &str =
    r#"{"query": "{ __schema { types { name description fields { name description } } } }"}"#;

async fn introspected(board: &Board, encodings: &'static str) -> Answer {
    let request = post(JSON)
        .insert_header((header::ACCEPT_ENCODING, encodings))
        .set_payload(INTROSPECTION);
    board.send(request).await
}

fn unpacked(answer: &Answer) -> Vec<u8> {
    let mut plain = Vec::new();
    match answer.header(header::CONTENT_ENCODING) {
        "br" => brotli::Decompressor::new(&*answer.body, 4096).read_to_end(&mut plain),
        "gzip" => flate2::read::GzDecoder::new(&*answer.body).read_to_end(&mut plain),
        _ => (&*answer.body).read_to_end(&mut plain),
    }
    .unwrap();
    plain
}

#[actix_web::test]
async fn large_answers_are_packed_as_the_client_takes_them() {
    let board = Board::new().await;
    let plain = introspected(&board, "identity").await;
    assert_eq!(plain.header(header::CONTENT_ENCODING), "");
    assert_eq!(plain.header(header::VARY), VARY);
    for (encodings, coding) in [
        ("gzip, br", "br"),
        ("gzip, br;q=0.5", "gzip"),
        ("br;q=0, *", "gzip"),
        ("*;q=0", ""),
        ("zstd", ""),
    ] {
        let answer = introspected(&board, encodings).await;
        assert_eq!(answer.status, StatusCode::OK, "{encodings}");
        assert_eq!(
            answer.header(header::CONTENT_ENCODING),
            coding,
            "{encodings}"
        );
        assert_eq!(answer.header(header::VARY), VARY, "{encodings}");
        assert_eq!(unpacked(&answer), plain.body, "{encodings}");
        assert!(coding.is_empty() || answer.body.len() < plain.body.len());
    }
}

#[actix_web::test]
async fn the_schema_is_packed_and_small_answers_are_not() {
    let board = Board::new().await;
    let packed = |address: &str| {
        let request = TestRequest::with_uri(address);
        request.insert_header((header::ACCEPT_ENCODING, "br"))
    };
    let schema = board.send(packed("/schema.graphql")).await;
    assert_eq!(schema.header(header::CONTENT_ENCODING), "br");
    assert_eq!(unpacked(&schema), crate::sdl().into_bytes());
    let small = board.send(packed("/graphql?query=%7B__typename%7D")).await;
    assert_eq!(small.header(header::CONTENT_ENCODING), "");
    assert_eq!(small.header(header::VARY), VARY);
}

#[actix_web::test]
async fn answers_that_have_no_room_any_more_are_refused() {
    let board = Board::with(|edge| edge.sending_bytes = 1024).await;
    let answer = introspected(&board, "identity").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.code(), "UNAVAILABLE");
    assert_eq!(answer.header(header::RETRY_AFTER), "1");
    let small = board.post(JSON, r#"{"query": "{ __typename }"}"#).await;
    assert_eq!(small.status, StatusCode::OK);
    assert_eq!(board.state.sending.used(), 0);
}
