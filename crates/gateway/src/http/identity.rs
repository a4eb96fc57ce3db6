//! The key that a request shows, in whatever transport.

use std::net::IpAddr;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use app::Holder;
use domain::access::{KeyRefusal, ShownToken};

use super::graphql::Refusal;
use crate::Gateway;
use crate::error::{ErrorCode, GraphError};

/// The scheme of keys.
const BEARER: &str = "bearer";

/// Somebody who has shown a key.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// The key with all that is known of it.
    pub(super) holder: Arc<Holder>,
    token: ShownToken,
    address: IpAddr,
}

impl Known {
    /// Whom a text names that stands where keys are shown.
    pub(super) fn by(text: &str, address: IpAddr, gateway: &Gateway) -> Result<Self, KeyRefusal> {
        let token = bearer(text).and_then(ShownToken::read);
        let token = token.ok_or(KeyRefusal::Malformed)?;
        Ok(Self {
            holder: gateway.recognise(&token, address)?,
            token,
            address,
        })
    }

    /// Whether the key still holds.
    pub(super) fn still_holds(&self, gateway: &Gateway) -> bool {
        gateway.recognise(&self.token, self.address).is_ok()
    }
}

/// Who a request is from: the holder of the key that it shows, or `None` when it shows nothing.
/// Whoever shows something that does not hold is refused, and not taken for somebody without a
/// key.
pub(super) fn of(
    headers: &HeaderMap,
    address: IpAddr,
    gateway: &Gateway,
) -> Result<Option<Known>, KeyRefusal> {
    let mut shown = headers.get_all(AUTHORIZATION);
    let Some(value) = shown.next() else {
        return Ok(None);
    };
    let text = value.to_str().ok().filter(|_| shown.next().is_none());
    let text = text.ok_or(KeyRefusal::Malformed)?;
    Known::by(text, address, gateway).map(Some)
}

/// What a request is told whose key does not hold.
pub(super) fn refusal(refused: KeyRefusal) -> Refusal {
    let message = match refused {
        KeyRefusal::Malformed => {
            "this is no key, or a mistyped one: send Authorization: Bearer rg_live_…"
        }
        KeyRefusal::Unknown => "there is no such key",
        KeyRefusal::Expired => "the key has expired",
        KeyRefusal::Revoked => "the key was revoked",
        KeyRefusal::Elsewhere => "the key does not hold at this address",
    };
    let error = GraphError::new(ErrorCode::Unauthenticated, message);
    (StatusCode::UNAUTHORIZED, error)
}

/// What stands behind the word for keys.
fn bearer(text: &str) -> Option<&str> {
    let (scheme, rest) = text.trim().split_once(' ')?;
    scheme
        .eq_ignore_ascii_case(BEARER)
        .then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_scheme_is_known() {
        for (text, found) in [
            ("Bearer x", Some("x")),
            ("bearer   x ", Some("x")),
            ("Basic x", None),
            ("Bearerx", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(bearer(text), found, "{text}");
        }
    }
}
