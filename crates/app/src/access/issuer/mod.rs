//! Tokens of people, which an OpenID provider makes and signs.
//!
//! A token is believed when one of the keys of the provider has signed it, by one of two
//! algorithms, and when it says that it is from this provider, for us, and for now. Nothing that a
//! token says of itself leads to a key: addresses and keys in its head are not looked at.

mod claims;
mod key_set;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use domain::access::{KeyRefusal, Principal};
use domain::{Clock, Timestamp};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Header, Validation, decode, decode_header};

use claims::Claims;
use key_set::{KeySet, SigningKey};
pub use key_set::{KeySetSource, UnusableKeySet};

/// A longer text is no token.
const LONGEST_TOKEN: usize = 8 * 1024;

/// Whose tokens are believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerSettings {
    /// What the claim `iss` has to be.
    pub issuer: String,
    /// What the claim `aud` has to have.
    pub audience: String,
    /// The claim that has the scopes; without it `rolegraph_scopes`, or else `scope`.
    pub scope_claim: Option<String>,
}

/// Somebody whose tokens are believed; cheap to clone.
#[derive(Clone)]
pub struct Issuer {
    inner: Arc<Inner>,
}

struct Inner {
    settings: IssuerSettings,
    source: Box<dyn KeySetSource>,
    clock: Arc<dyn Clock>,
    keys: RwLock<Arc<KeySet>>,
}

/// Somebody who has shown a token that holds.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who it is, and what they may do.
    pub principal: Arc<Principal>,
    /// When the token ends.
    pub until: Timestamp,
}

impl Issuer {
    /// An issuer whose keys are read now, and again later.
    pub fn open(
        settings: IssuerSettings,
        source: impl KeySetSource + 'static,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, UnusableKeySet> {
        let keys = KeySet::read(&source, clock.now())?;
        Ok(Self {
            inner: Arc::new(Inner {
                settings,
                source: Box::new(source),
                clock,
                keys: RwLock::new(Arc::new(keys)),
            }),
        })
    }

    /// The moment by which tokens are judged.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Whoever shows a token.
    pub fn recognise(&self, token: &str) -> Result<Person, KeyRefusal> {
        if token.len() > LONGEST_TOKEN {
            return Err(KeyRefusal::Malformed);
        }
        // A head with another algorithm than those that there are, such as none, cannot be read.
        let head = decode_header(token).map_err(|_unreadable| KeyRefusal::Malformed)?;
        let now = self.inner.clock.now();
        let key = self.key(&head, now)?;
        let claims = self.claims(token, &head, &key)?;
        claims.check_time(now)?;
        let scopes = claims.scopes(self.inner.settings.scope_claim.as_deref());
        Ok(Person {
            principal: Arc::new(Principal {
                name: claims.name()?,
                key: None,
                scopes,
            }),
            until: claims.end()?,
        })
    }

    /// The key that the head names. An unknown one may be new, so that the keys are read again,
    /// but not for everybody who makes up a name.
    fn key(&self, head: &Header, now: Timestamp) -> Result<SigningKey, KeyRefusal> {
        let name = head.kid.as_deref().ok_or(KeyRefusal::Malformed)?;
        let mut keys = self.keys();
        if keys.is_stale(now) || (keys.find(name).is_none() && keys.may_be_read_again(now)) {
            keys = self.read_again(&keys, now);
        }
        keys.find(name).cloned().ok_or(KeyRefusal::Unknown)
    }

    /// What a token says that the key has signed.
    fn claims(&self, token: &str, head: &Header, key: &SigningKey) -> Result<Claims, KeyRefusal> {
        // Extensions that have to be understood are not.
        if head.alg != key.algorithm || head.crit.is_some() {
            return Err(KeyRefusal::Forged);
        }
        let mut validation = Validation::new(key.algorithm);
        validation.set_required_spec_claims(&["iss", "aud", "exp", "nbf"]);
        validation.set_issuer(&[&self.inner.settings.issuer]);
        validation.set_audience(&[&self.inner.settings.audience]);
        // Time is that of our clock.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let read = decode(token, &key.key, &validation);
        let read = read.map_err(|error| match error.kind() {
            ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm => KeyRefusal::Forged,
            ErrorKind::InvalidIssuer | ErrorKind::InvalidAudience => KeyRefusal::Foreign,
            ErrorKind::MissingRequiredClaim(_) => KeyRefusal::Incomplete,
            _ => KeyRefusal::Malformed,
        })?;
        Ok(Claims::new(read.claims))
    }

    fn keys(&self) -> Arc<KeySet> {
        let keys = self.inner.keys.read();
        Arc::clone(&keys.unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the keys again; those from before stay when that fails.
    fn read_again(&self, known: &KeySet, now: Timestamp) -> Arc<KeySet> {
        let keys = match KeySet::read(&*self.inner.source, now) {
            Ok(keys) => keys,
            Err(error) => {
                let cause: &dyn std::error::Error = &error;
                tracing::warn!(
                    error = cause,
                    "the keys of the token issuer stay as they were"
                );
                known.looked_at(now)
            }
        };
        let keys = Arc::new(keys);
        let place = self.inner.keys.write();
        *place.unwrap_or_else(PoisonError::into_inner) = Arc::clone(&keys);
        keys
    }
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer")
            .field("settings", &self.inner.settings)
            .finish_non_exhaustive()
    }
}
