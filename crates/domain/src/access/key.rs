//! Keys: what a caller shows to be known.

use std::net::IpAddr;
use std::time::Duration;

use ipnet::IpNet;

use super::{KeyDigest, Principal, Scopes};
use crate::id::KeyId;
use crate::text_enum::text_enum;
use crate::time::Timestamp;
use crate::violation::Violation;

/// The longest time for which an old secret holds beside a new one.
pub const LONGEST_OVERLAP: Duration = Duration::from_hours(7 * 24);
/// The longest name of a key, in characters.
const LONGEST_NAME: usize = 100;
/// The largest number of networks that a key names.
const MOST_NETWORKS: usize = 32;

text_enum! {
    /// What a key is for.
    pub enum KeyKind {
        /// Real work.
        Live = "live",
        /// Trying things out.
        Test = "test",
    }
}

impl KeyKind {
    /// How the text of a key begins.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Live => "rg_live_",
            Self::Test => "rg_test_",
        }
    }
}

/// What the holder of a key may spend; whatever is left out is what every key may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyLimits {
    /// The largest cost of one operation, in points.
    pub operation_cost: Option<u32>,
    /// What can be spent at once, in points.
    pub bucket: Option<u32>,
    /// What comes back each second, in points.
    pub restored_per_second: Option<u32>,
    /// How many operations run or wait at the same time.
    pub concurrency: Option<u32>,
}

/// What a new key is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyDraft {
    /// What people call it; change rows and the audit log call its holder so.
    pub name: String,
    /// What it is for.
    pub kind: KeyKind,
    /// What its holder may do.
    pub scopes: Scopes,
    /// When it ends; `None` for a key that ends when it is revoked.
    pub expires_at: Option<Timestamp>,
    /// Where its holder may be; anywhere when there is nothing.
    pub networks: Vec<IpNet>,
    /// What its holder may spend.
    pub limits: KeyLimits,
}

impl KeyDraft {
    /// Whether it keeps the rules of keys.
    pub fn check(&self, now: Timestamp) -> Result<(), Violation> {
        let Self {
            name,
            kind: _,
            scopes,
            expires_at,
            networks,
            limits: _,
        } = self;
        if name.trim() != name || name.is_empty() || name.chars().any(char::is_control) {
            return Err(invalid("name", name, "one line without blanks around it"));
        }
        if *scopes == Scopes::NONE {
            return Err(invalid("scopes", "", "one scope at least"));
        }
        if let Some(end) = expires_at.filter(|end| *end <= now) {
            return Err(invalid(
                "expiresAt",
                &end.to_string(),
                "a moment later than now",
            ));
        }
        let characters = name.chars().count();
        if characters > LONGEST_NAME {
            return Err(Violation::TooLong {
                field: "name".to_owned(),
                limit: LONGEST_NAME,
                actual: characters,
            });
        }
        if networks.len() > MOST_NETWORKS {
            return Err(Violation::TooMany {
                field: "networks".to_owned(),
                limit: MOST_NETWORKS,
                actual: networks.len(),
            });
        }
        Ok(())
    }
}

/// A secret of a key, as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct KeySecret {
    /// The hash of the whole key.
    pub digest: KeyDigest,
    /// Until when it holds; `None` for as long as the key does.
    pub until: Option<Timestamp>,
}

/// A key.
#[derive(Clone, Debug)]
pub struct AccessKey {
    /// Names it.
    pub id: KeyId,
    /// What it is.
    pub draft: KeyDraft,
    /// The secret that was handed out last.
    pub secret: KeySecret,
    /// The one before that, while it may still be in use.
    pub former: Option<KeySecret>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// When it was shown last, as far as that was noted.
    pub last_used_at: Option<Timestamp>,
}

text_enum! {
    /// Why a key or a token does not hold.
    pub enum KeyRefusal {
        /// It does not have the form of a key, or was mistyped.
        Malformed = "malformed",
        /// There is no such key, or it has another secret.
        Unknown = "unknown",
        /// It has ended, or its secret has.
        Expired = "expired",
        /// It was revoked.
        Revoked = "revoked",
        /// Its holder may not be where it is.
        Elsewhere = "elsewhere",
        /// A token that its issuer did not sign, or not in a way that is accepted.
        Forged = "forged",
        /// A token of another issuer, or for somebody else.
        Foreign = "foreign",
        /// A token without one of the claims that it takes, or with one that cannot be read.
        Incomplete = "incomplete",
        /// A token that does not hold yet.
        Early = "early",
    }
}

impl AccessKey {
    /// Whether somebody at `address` who shows this digest holds the key.
    pub fn check(
        &self,
        digest: &KeyDigest,
        address: IpAddr,
        now: Timestamp,
    ) -> Result<(), KeyRefusal> {
        let former = self.former.filter(|secret| secret.digest.is(digest));
        let current = Some(self.secret).filter(|secret| secret.digest.is(digest));
        let secret = current.or(former).ok_or(KeyRefusal::Unknown)?;
        let is_over = |end: Option<Timestamp>| end.is_some_and(|end| end <= now);
        if self.revoked_at.is_some() {
            return Err(KeyRefusal::Revoked);
        }
        if is_over(self.draft.expires_at) || is_over(secret.until) {
            return Err(KeyRefusal::Expired);
        }
        let (address, networks) = (address.to_canonical(), &self.draft.networks);
        if networks.is_empty() || networks.iter().any(|network| network.contains(&address)) {
            Ok(())
        } else {
            Err(KeyRefusal::Elsewhere)
        }
    }

    /// Whether it holds for somebody who shows the right secret from the right place.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.draft.expires_at.is_none_or(|end| now < end)
    }

    /// Its holder.
    #[must_use]
    pub fn principal(&self) -> Principal {
        Principal {
            name: self.draft.name.clone(),
            key: Some(self.id),
            scopes: self.draft.scopes,
        }
    }
}

fn invalid(field: &str, value: &str, expected: &'static str) -> Violation {
    Violation::Invalid {
        field: field.to_owned(),
        value: value.to_owned(),
        expected,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::access::Scope;
    use crate::id::Id as _;

    fn moment(hour: u32) -> Timestamp {
        Timestamp::parse(&format!("2026-11-24T{hour:02}:00:00Z")).unwrap()
    }

    fn draft() -> KeyDraft {
        KeyDraft {
            name: "partner".to_owned(),
            kind: KeyKind::Live,
            scopes: Scopes::of([Scope::RolesWrite]),
            expires_at: Some(moment(20)),
            networks: vec!["192.0.2.0/24".parse().unwrap()],
            limits: KeyLimits::default(),
        }
    }

    fn key() -> AccessKey {
        let secret = |byte, until| KeySecret {
            digest: KeyDigest::from_bytes([byte; 32]),
            until,
        };
        AccessKey {
            id: KeyId::from_uuid(Uuid::from_u128(7)),
            draft: draft(),
            secret: secret(2, None),
            former: Some(secret(1, Some(moment(12)))),
            created_at: moment(8),
            revoked_at: None,
            last_used_at: None,
        }
    }

    #[test]
    fn a_key_holds_with_either_secret_as_long_as_both_do() {
        let shown = |byte, address: &str, hour| {
            let digest = KeyDigest::from_bytes([byte; 32]);
            key().check(&digest, address.parse().unwrap(), moment(hour))
        };
        assert_eq!(shown(2, "192.0.2.7", 19), Ok(()));
        assert_eq!(shown(2, "::ffff:192.0.2.7", 19), Ok(()));
        assert_eq!(shown(1, "192.0.2.7", 11), Ok(()));
        assert_eq!(shown(1, "192.0.2.7", 12), Err(KeyRefusal::Expired));
        assert_eq!(shown(2, "192.0.2.7", 20), Err(KeyRefusal::Expired));
        assert_eq!(shown(3, "192.0.2.7", 11), Err(KeyRefusal::Unknown));
        assert_eq!(shown(2, "198.51.100.7", 11), Err(KeyRefusal::Elsewhere));
        let revoked = AccessKey {
            revoked_at: Some(moment(9)),
            ..key()
        };
        let address = "192.0.2.7".parse().unwrap();
        let digest = KeyDigest::from_bytes([2; 32]);
        assert_eq!(
            revoked.check(&digest, address, moment(10)),
            Err(KeyRefusal::Revoked)
        );
    }

    #[test]
    fn drafts_of_keys_have_rules() {
        assert!(draft().check(moment(8)).is_ok());
        let broken = [
            KeyDraft {
                name: " x".to_owned(),
                ..draft()
            },
            KeyDraft {
                name: "x".repeat(101),
                ..draft()
            },
            KeyDraft {
                scopes: Scopes::NONE,
                ..draft()
            },
            KeyDraft {
                expires_at: Some(moment(8)),
                ..draft()
            },
            KeyDraft {
                networks: vec!["192.0.2.0/24".parse().unwrap(); 33],
                ..draft()
            },
        ];
        for draft in broken {
            assert!(draft.check(moment(8)).is_err(), "{draft:?}");
        }
    }
}
