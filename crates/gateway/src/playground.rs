//! The playground: files that are embedded packed, and sent as they are to whoever takes them so.

use std::borrow::Cow;
use std::io::{self, Read as _};
use std::sync::Arc;

use actix_web::http::header;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use moka::sync::Cache;
use rust_embed::Embed;

use crate::http::negotiation::{quality, ranges};
use crate::http::page::not_found;
use crate::http::request_id::RequestId;

/// The page asks its own origin only, and runs no script that is not a file of its own.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; \
    style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Names carry a hash of the content, so that a file never changes under its name.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";
const INDEX: &str = "index.html";

#[derive(Embed)]
#[folder = "../../web/graphiql/dist"]
#[include = "*.br"]
struct Files;

/// `GET /`.
pub(crate) async fn index(request: HttpRequest, inflated: Data<Inflated>) -> HttpResponse {
    send(&request, INDEX, &inflated).await
}

/// `GET /playground/NAME`.
pub(crate) async fn file(
    request: HttpRequest,
    name: Path<String>,
    inflated: Data<Inflated>,
) -> HttpResponse {
    send(&request, &name, &inflated).await
}

async fn send(request: &HttpRequest, name: &str, inflated: &Inflated) -> HttpResponse {
    let Some(file) = Files::get(&format!("{name}.br")) else {
        return not_found(RequestId::of(request)).await;
    };
    let mut response = HttpResponse::Ok();
    response
        .content_type(media_type(name))
        .insert_header((header::VARY, "Accept-Encoding"));
    if name == INDEX {
        response.insert_header((header::CONTENT_SECURITY_POLICY, POLICY));
    }
    let hashed = name.contains('-') && name.contains('.');
    let caching = if hashed { FOR_EVER } else { ASK_AGAIN };
    response.insert_header((header::CACHE_CONTROL, caching));
    if takes_brotli(request) {
        return response
            .insert_header((header::CONTENT_ENCODING, "br"))
            .body(shared(file.data));
    }
    match inflated.file(name, &file.data) {
        Ok(plain) => response.body(plain),
        Err(error) => {
            let cause: &dyn std::error::Error = error.as_ref();
            tracing::error!(error = cause, "{name} of the playground is broken");
            HttpResponse::InternalServerError().body("the file is broken\n")
        }
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    }
}

fn takes_brotli(request: &HttpRequest) -> bool {
    let encodings = ranges(request.headers(), header::ACCEPT_ENCODING);
    quality(&encodings, "br").is_some_and(|quality| quality > 0)
}

/// The bytes as they are embedded, without a copy.
fn shared(embedded: Cow<'static, [u8]>) -> Bytes {
    match embedded {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    }
}

/// Files in their plain form, each of which is inflated once: it takes far longer than to send
/// them.
#[derive(Clone)]
pub(crate) struct Inflated(Cache<String, Bytes>);

impl Inflated {
    /// Nothing is inflated yet. There is room for more files than there are.
    pub(crate) fn new() -> Self {
        Self(Cache::new(256))
    }

    fn file(&self, name: &str, packed: &[u8]) -> Result<Bytes, Arc<io::Error>> {
        self.0.try_get_with_by_ref(name, || inflated(packed))
    }
}

fn inflated(packed: &[u8]) -> io::Result<Bytes> {
    const BUFFER: usize = 4096;
    let mut plain = Vec::new();
    brotli::Decompressor::new(packed, BUFFER).read_to_end(&mut plain)?;
    Ok(plain.into())
}
