//! The keys of an issuer.

use std::collections::HashMap;
use std::io;

use chrono::TimeDelta;
use domain::Timestamp;
use jsonwebtoken::jwk::{
    AlgorithmParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse,
};
use jsonwebtoken::{Algorithm, DecodingKey};

/// How long after a look an unknown key is looked for again.
const COOL_DOWN: TimeDelta = TimeDelta::seconds(10);
/// How long after a look there is another one anyway, so that a key which is gone ends.
const STALE: TimeDelta = TimeDelta::minutes(1);
/// The digits of a modulus of 2048 bits.
const SHORTEST_MODULUS: usize = 342;

/// Where the keys of an issuer come from: a JSON Web Key Set.
pub trait KeySetSource: Send + Sync {
    /// The set as it is now.
    fn read(&self) -> io::Result<Vec<u8>>;
}

/// Why the keys of an issuer cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum UnusableKeySet {
    /// They cannot be read.
    #[error("the keys of the token issuer cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// They are no set of keys.
    #[error("the keys of the token issuer are no JSON Web Key Set: {0}")]
    Malformed(#[from] serde_json::Error),
    /// There is none among them that can be used.
    #[error(
        "the token issuer has no key that can be used: expected RSA keys of 2048 bits or more or \
         EC keys on P-256, for signatures and with a kid"
    )]
    Empty,
}

/// A key that signs tokens.
#[derive(Clone, Debug)]
pub(super) struct SigningKey {
    /// The one algorithm that it is good for.
    pub(super) algorithm: Algorithm,
    pub(super) key: DecodingKey,
}

/// The keys of an issuer as they were a moment ago.
#[derive(Clone, Debug)]
pub(super) struct KeySet {
    keys: HashMap<String, SigningKey>,
    looked: Timestamp,
}

impl KeySet {
    pub(super) fn read(source: &dyn KeySetSource, now: Timestamp) -> Result<Self, UnusableKeySet> {
        let set: JwkSet = serde_json::from_slice(&source.read()?)?;
        let keys = set.keys.iter().filter_map(named);
        let keys: HashMap<String, SigningKey> = keys.collect();
        if keys.is_empty() {
            return Err(UnusableKeySet::Empty);
        }
        Ok(Self { keys, looked: now })
    }

    /// The key with a name.
    pub(super) fn find(&self, name: &str) -> Option<&SigningKey> {
        self.keys.get(name)
    }

    /// The same keys, looked at now.
    pub(super) fn looked_at(&self, now: Timestamp) -> Self {
        Self {
            looked: now,
            ..self.clone()
        }
    }

    /// Whether somebody has to look again.
    pub(super) fn is_stale(&self, now: Timestamp) -> bool {
        self.age(now).is_none_or(|age| age >= STALE)
    }

    /// Whether somebody may look again.
    pub(super) fn may_be_read_again(&self, now: Timestamp) -> bool {
        self.age(now).is_none_or(|age| age >= COOL_DOWN)
    }

    /// The time since the last look; `None` when the clock went backwards.
    fn age(&self, now: Timestamp) -> Option<TimeDelta> {
        let age = now.moment() - self.looked.moment();
        Some(age).filter(|age| *age >= TimeDelta::zero())
    }
}

/// A key that can be used, by its name.
fn named(jwk: &Jwk) -> Option<(String, SigningKey)> {
    let algorithm = match &jwk.algorithm {
        AlgorithmParameters::RSA(rsa) if rsa.n.len() >= SHORTEST_MODULUS => Algorithm::RS256,
        AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => {
            Algorithm::ES256
        }
        _ => return None,
    };
    let common = &jwk.common;
    let says_so = common
        .key_algorithm
        .is_none_or(|said| said == KeyAlgorithm::from(algorithm));
    let signs = matches!(common.public_key_use, None | Some(PublicKeyUse::Signature));
    let key = DecodingKey::from_jwk(jwk)
        .ok()
        .filter(|_key| says_so && signs)?;
    Some((common.key_id.clone()?, SigningKey { algorithm, key }))
}
