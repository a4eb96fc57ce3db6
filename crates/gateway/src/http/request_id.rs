//! The name of a request, for the client and for the log.

use std::future::{Ready, ready};
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::dev::Payload;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest};

/// The header that carries the name.
pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// A name that a client gives has no more bytes than this.
const MAX_BYTES: usize = 64;

/// Names requests that come without a name; names differ within one process.
pub(super) struct RequestIds {
    process: u32,
    next: AtomicU64,
}

impl RequestIds {
    /// Starts to count.
    pub(super) fn new() -> Self {
        Self {
            process: std::process::id(),
            next: AtomicU64::new(1),
        }
    }

    /// The name of a request with these headers: the client's own when it is well formed.
    pub(super) fn name(&self, headers: &HeaderMap) -> RequestId {
        let given = headers.get(HEADER).filter(|name| well_formed(name));
        RequestId(given.map_or_else(|| self.next(), HeaderValue::clone))
    }

    fn next(&self) -> HeaderValue {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let name = format!("{:x}-{number:x}", self.process);
        HeaderValue::try_from(name).unwrap_or(UNNAMED)
    }
}

/// What stands for a name where there is none.
const UNNAMED: HeaderValue = HeaderValue::from_static("");

/// The name of the request, which the edge gave it once; as cheap to clone as to send.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(HeaderValue);

impl RequestId {
    /// The name as text.
    pub(crate) fn text(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    /// The name as the value of a header.
    pub(super) fn value(&self) -> HeaderValue {
        self.0.clone()
    }

    /// The name that the edge gave to a request.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        let named = request.extensions().get().cloned();
        named.unwrap_or(Self(UNNAMED))
    }
}

impl FromRequest for RequestId {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

/// Letters, digits and the marks of usual ids only, so that a name cannot disturb a log.
fn well_formed(name: &HeaderValue) -> bool {
    let usual = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte);
    (1..=MAX_BYTES).contains(&name.len()) && name.as_bytes().iter().all(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_clients_are_short_and_plain() {
        let well_formed = |name: &str| well_formed(&HeaderValue::from_str(name).unwrap());
        assert!(well_formed("4bf92f35-77b3_a.b:c"));
        for odd in ["", "a b", "a\"b", "ä", &"a".repeat(65)] {
            assert!(!well_formed(odd), "{odd}");
        }
    }
}
