//! From a finished answer to what is sent: packed as the client takes it, and counted as long as
//! the client has not taken all of it.

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data, block};
use actix_web::{Error, HttpRequest, HttpResponse};

use super::budget::{Budget, Share};
use super::compression::{Coding, LONG_WORK, SMALLEST};
use super::reply::Reply;
use crate::GatewaySettings;
use crate::error::{ErrorCode, GraphError};
use crate::metrics::Metrics;

/// An answer is handed out in pieces of this size, so that the connection holds one piece of it
/// twice and not all of it.
const PIECE: usize = 128 * 1024;
/// What an answer depends on besides its address.
const VARY: &str = "Accept, Accept-Encoding, Authorization, Rolegraph-Min-Version";
/// The same where some origins get further headers.
const VARY_WITH_ORIGIN: &str =
    "Accept, Accept-Encoding, Authorization, Rolegraph-Min-Version, Origin";

/// Packs the answer and counts it while it is sent. An answer that is not finished, such as a
/// stream, passes as it is, and so does an empty one.
pub(super) async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let (request, response) = next.call(request).await?.into_parts();
    let (mut head, body) = response.into_parts();
    let vary = HeaderValue::from_static(vary_of(&request));
    head.headers_mut().insert(header::VARY, vary);
    let finished = match body.size() {
        BodySize::Sized(1..) => body.try_into_bytes(),
        BodySize::Sized(0) | BodySize::None | BodySize::Stream => Err(body),
    };
    let response = match finished {
        Ok(bytes) => respond(&request, head, bytes).await,
        Err(body) => head.set_body(body.boxed()),
    };
    Ok(ServiceResponse::new(request, response))
}

/// The response that sends `bytes`; a refusal when too much is being sent already.
async fn respond(
    request: &HttpRequest,
    mut head: HttpResponse<()>,
    mut bytes: Bytes,
) -> HttpResponse {
    let Some(budget) = request.app_data::<Data<Budget>>() else {
        return head.set_body(BoxBody::new(bytes));
    };
    let Some(share) = budget.take(bytes.len()) else {
        return no_room(request);
    };
    let coding = Coding::accepted(request.headers());
    let is_packed = head.headers().contains_key(header::CONTENT_ENCODING);
    if coding != Coding::Identity && bytes.len() > SMALLEST && !is_packed {
        match packed(coding, bytes.clone()).await {
            Ok(packed) => {
                bytes = packed;
                let name = HeaderValue::from_static(coding.name());
                head.headers_mut().insert(header::CONTENT_ENCODING, name);
                weaken_tag(head.headers_mut());
            }
            Err(error) => {
                let cause: &dyn std::error::Error = &error;
                tracing::error!(
                    error = cause,
                    "an answer is sent as it is: it cannot be packed"
                );
            }
        }
    }
    head.set_body(BoxBody::new(Pieces::new(bytes, share)))
}

/// Says that the bytes are not those that the tag was made for, but mean the same.
fn weaken_tag(headers: &mut HeaderMap) {
    let tag = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
    let weak = tag.map(|tag| HeaderValue::from_str(&format!("W/{tag}")));
    if let Some(Ok(weak)) = weak {
        headers.insert(header::ETAG, weak);
    }
}

async fn packed(coding: Coding, bytes: Bytes) -> io::Result<Bytes> {
    if bytes.len() > LONG_WORK {
        let work = block(move || coding.pack(bytes)).await;
        work.map_err(io::Error::other)?
    } else {
        coding.pack(bytes)
    }
}

fn vary_of(request: &HttpRequest) -> &'static str {
    let settings = request.app_data::<Data<GatewaySettings>>();
    let shared = settings.is_some_and(|settings| !settings.edge.cors_origins.is_empty());
    if shared { VARY_WITH_ORIGIN } else { VARY }
}

fn no_room(request: &HttpRequest) -> HttpResponse {
    if let Some(metrics) = request.app_data::<Data<Metrics>>() {
        metrics.rejected(ErrorCode::Unavailable);
    }
    let message = "too many answers are being sent: try again later";
    let error = GraphError::new(ErrorCode::Unavailable, message);
    Reply::to(request).refusal(StatusCode::SERVICE_UNAVAILABLE, error)
}

/// A finished answer on its way.
#[derive(Debug)]
struct Pieces {
    rest: Bytes,
    _share: Share,
}

impl Pieces {
    /// Holds of `share` what the packed bytes need.
    fn new(bytes: Bytes, mut share: Share) -> Self {
        share.shrink_to(bytes.len());
        Self {
            rest: bytes,
            _share: share,
        }
    }
}

impl MessageBody for Pieces {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        self.rest.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Infallible>>> {
        let piece = self.rest.len().min(PIECE);
        let piece = (piece > 0).then(|| self.rest.split_to(piece));
        Poll::Ready(piece.map(Ok))
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service, read_body};
    use actix_web::{App, web};

    use super::*;

    /// What becomes of an answer of that many bytes.
    async fn sent(bytes: usize) -> (HttpResponse<()>, Bytes) {
        let answer = move || async move { "a".repeat(bytes) };
        let resource = web::resource("/").wrap(from_fn(around)).to(answer);
        let budget = Data::new(Budget::of(1 << 20));
        let app = init_service(App::new().app_data(budget).service(resource)).await;
        let request = TestRequest::get().insert_header((header::ACCEPT_ENCODING, "gzip"));
        let (_, response) = call_service(&app, request.to_request()).await.into_parts();
        let (head, body) = response.into_parts();
        let response = ServiceResponse::new(
            TestRequest::get().to_http_request(),
            HttpResponse::Ok().body(body),
        );
        (head, read_body(response).await)
    }

    #[actix_web::test]
    async fn an_answer_is_packed_however_long_the_work_is() {
        for bytes in [SMALLEST + 1, LONG_WORK + 1] {
            let (head, body) = sent(bytes).await;
            assert_eq!(
                head.headers().get(header::CONTENT_ENCODING).unwrap(),
                "gzip"
            );
            assert!(body.len() < bytes / 10);
        }
        for bytes in [0, 1, SMALLEST] {
            let (head, body) = sent(bytes).await;
            assert!(!head.headers().contains_key(header::CONTENT_ENCODING));
            assert_eq!(body.len(), bytes);
        }
    }

    #[actix_web::test]
    async fn an_answer_is_handed_out_in_pieces_and_counts_until_it_is_dropped() {
        let budget = Budget::of(1 << 20);
        let answer = vec![7; 2 * PIECE + 1];
        let share = budget.take(1 << 20).unwrap();
        let mut pieces = Pieces::new(answer.into(), share);
        assert_eq!(budget.used(), 2 * PIECE + 1);
        let mut sizes = Vec::new();
        while let Some(Ok(piece)) = poll_fn(|task| Pin::new(&mut pieces).poll_next(task)).await {
            sizes.push(piece.len());
        }
        assert_eq!(sizes, [PIECE, PIECE, 1]);
        assert_eq!(budget.used(), 2 * PIECE + 1);
        drop(pieces);
        assert_eq!(budget.used(), 0);
    }
}
