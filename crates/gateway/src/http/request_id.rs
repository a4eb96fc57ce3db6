//! The name of a request, for the client and for the log.

use std::future::{Ready, ready};
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest};

/// The header that carries the name.
pub(super) const HEADER: &str = "x-request-id";
/// A name that a client gives has no more bytes than this.
const MAX_BYTES: usize = 64;

/// Names requests that come without a name; names differ within one process.
pub(super) struct RequestIds {
    next: AtomicU64,
}

impl RequestIds {
    /// Starts to count.
    pub(super) fn new() -> Self {
        Self {
            next: AtomicU64::new(1),
        }
    }

    /// The name of a request with these headers: the client's own when it is well formed.
    pub(super) fn name(&self, headers: &HeaderMap) -> RequestId {
        let given = headers.get(HEADER).and_then(|value| value.to_str().ok());
        let name = given.filter(well_formed);
        RequestId(name.map_or_else(|| self.next(), str::to_owned))
    }

    fn next(&self) -> String {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        format!("{:x}-{number:x}", std::process::id())
    }
}

/// The name of the request, which the edge gave it once.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestId(pub(super) String);

impl RequestId {
    /// The name that the edge gave to a request.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        request.extensions().get().cloned().unwrap_or_default()
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
fn well_formed(id: &&str) -> bool {
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    (1..=MAX_BYTES).contains(&id.len()) && id.bytes().all(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_clients_are_short_and_plain() {
        assert!(well_formed(&"4bf92f35-77b3_a.b:c"));
        for odd in ["", "a b", "a\"b", "ä", &"a".repeat(65)] {
            assert!(!well_formed(&odd), "{odd}");
        }
    }
}
