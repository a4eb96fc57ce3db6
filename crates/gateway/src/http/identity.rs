//! The key or token that a request shows, in whatever transport.

use std::net::IpAddr;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use app::{Holder, Person};
use domain::access::{KeyRefusal, Principal, ShownToken};

use super::graphql::Refusal;
use crate::Gateway;
use crate::error::{ErrorCode, GraphError};
use crate::rate::Account;

/// The scheme of keys and tokens.
const BEARER: &str = "bearer";

/// Somebody who is known.
#[derive(Clone, Debug)]
pub(super) enum Known {
    /// By a key.
    Holder {
        /// The key with all that is known of it.
        holder: Arc<Holder>,
        /// The key as it was shown.
        token: ShownToken,
        /// Where it was shown.
        address: IpAddr,
    },
    /// By a token.
    Person(Person),
}

impl Known {
    /// Whom a text names that stands where keys are shown.
    pub(super) fn by(text: &str, address: IpAddr, gateway: &Gateway) -> Result<Self, KeyRefusal> {
        let text = bearer(text).ok_or(KeyRefusal::Malformed)?;
        // No key has a dot, and every token has two.
        if text.contains('.') {
            return gateway.recognise_token(text).map(Self::Person);
        }
        let token = ShownToken::read(text).ok_or(KeyRefusal::Malformed)?;
        Ok(Self::Holder {
            holder: gateway.recognise(&token, address)?,
            token,
            address,
        })
    }

    /// Who it is, and what they may do.
    pub(super) fn principal(&self) -> &Arc<Principal> {
        match self {
            Self::Holder { holder, .. } => &holder.principal,
            Self::Person(person) => &person.principal,
        }
    }

    /// The key that was shown.
    pub(super) fn holder(&self) -> Option<&Arc<Holder>> {
        match self {
            Self::Holder { holder, .. } => Some(holder),
            Self::Person(_) => None,
        }
    }

    /// Who pays.
    pub(super) fn account(&self) -> Account {
        match self {
            Self::Holder { holder, .. } => Account::Key(holder.key.id),
            Self::Person(person) => Account::user(&person.principal.name),
        }
    }

    /// Whether what was shown still holds.
    pub(super) fn still_holds(&self, gateway: &Gateway) -> bool {
        match self {
            Self::Holder { token, address, .. } => gateway.recognise(token, *address).is_ok(),
            Self::Person(person) => gateway.is_before(person.until),
        }
    }
}

/// Who a request is from: whoever its key or token names, or `None` when it shows nothing.
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

/// What a request is told whose key or token does not hold.
pub(super) fn refusal(refused: KeyRefusal) -> Refusal {
    let message = match refused {
        KeyRefusal::Malformed => {
            "this is no key, or a mistyped one: send Authorization: Bearer rg_live_…"
        }
        KeyRefusal::Unknown => "there is no such key",
        KeyRefusal::Expired => "the key has expired",
        KeyRefusal::Revoked => "the key was revoked",
        KeyRefusal::Elsewhere => "the key does not hold at this address",
        KeyRefusal::Forged => "the token is not signed by its issuer, or not with RS256 or ES256",
        KeyRefusal::Foreign => "the token is of another issuer or for another audience",
        KeyRefusal::Incomplete => "the token needs the claims iss, aud, sub, exp and nbf",
        KeyRefusal::Early => "the token does not hold yet",
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
