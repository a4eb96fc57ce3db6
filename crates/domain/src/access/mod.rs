//! Who asks, and what they may do.

mod author;
mod key;
mod token;

use std::fmt;

use crate::id::KeyId;
use crate::text_enum::{UnknownValue, text_enum};

pub use author::{Author, Caller};
pub use key::{AccessKey, KeyDraft, KeyKind, KeyLimits, KeyRefusal, KeySecret, LONGEST_OVERLAP};
pub use token::{GivenKey, KeyDigest, KeyHandle, NewToken, SecretSource, ShownToken, UnusableKey};

text_enum! {
    /// Something that a caller may be allowed to do.
    pub enum Scope {
        /// Read what is published. Everybody may; a key can still say so.
        RolesRead = "roles:read",
        /// Change roles, categories and skills, and read drafts.
        RolesWrite = "roles:write",
        /// Follow the change feed.
        ChangesRead = "changes:read",
        /// Create, list, rotate and revoke keys.
        KeysManage = "keys:manage",
        /// Everything.
        Admin = "admin",
    }
}

/// A set of scopes.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Scopes(u8);

impl Scopes {
    /// No scope at all.
    pub const NONE: Self = Self(0);

    /// The set that has these scopes.
    pub fn of(scopes: impl IntoIterator<Item = Scope>) -> Self {
        let bits = scopes.into_iter().map(bit);
        Self(bits.fold(0, std::ops::BitOr::bitor))
    }

    /// Reads scopes that are separated by blanks.
    pub fn parse(text: &str) -> Result<Self, UnknownValue> {
        let scopes = text.split_whitespace().map(Scope::parse);
        scopes.collect::<Result<Vec<_>, _>>().map(Self::of)
    }

    /// Whether the set allows what `scope` stands for; `admin` allows everything.
    #[must_use]
    pub fn allow(self, scope: Scope) -> bool {
        self.0 & (bit(scope) | bit(Scope::Admin)) != 0
    }

    /// Whether every scope of `other` is allowed.
    #[must_use]
    pub fn allow_all(self, other: Self) -> bool {
        other.each().all(|scope| self.allow(scope))
    }

    /// The scopes of the set, as they were given, in the order of their declaration.
    pub fn each(self) -> impl Iterator<Item = Scope> {
        let all = Scope::ALL.iter().copied();
        all.filter(move |scope| self.0 & bit(*scope) != 0)
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.each().map(Scope::as_str).collect();
        f.write_str(&names.join(" "))
    }
}

impl fmt::Debug for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.each()).finish()
    }
}

const fn bit(scope: Scope) -> u8 {
    match scope {
        Scope::RolesRead => 1,
        Scope::RolesWrite => 1 << 1,
        Scope::ChangesRead => 1 << 2,
        Scope::KeysManage => 1 << 3,
        Scope::Admin => 1 << 4,
    }
}

/// What everybody without a key is called.
const ANONYMOUS: &str = "anonymous";

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// What change rows and the audit log call the caller: the name of its key, `import`, `demo`
    /// or `anonymous`.
    pub name: String,
    /// The key that was shown; `None` for everybody without one.
    pub key: Option<KeyId>,
    /// What the caller may do.
    pub scopes: Scopes,
}

impl Principal {
    /// Somebody without a key, who may read what is published.
    #[must_use]
    pub fn anonymous() -> Self {
        Self {
            name: ANONYMOUS.to_owned(),
            key: None,
            scopes: Scopes::of([Scope::RolesRead]),
        }
    }

    /// Whoever runs commands on the machine of the catalogue, who may do everything.
    #[must_use]
    pub fn operator(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            key: None,
            scopes: Scopes::of([Scope::Admin]),
        }
    }

    /// Whether nothing is known of who it is.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.key.is_none() && self.name == ANONYMOUS
    }

    /// Whether the caller may do what `scope` stands for; everybody may read what is published.
    #[must_use]
    pub fn may(&self, scope: Scope) -> bool {
        scope == Scope::RolesRead || self.scopes.allow(scope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_reads_what_it_prints() {
        for text in ["", "roles:read", "roles:write changes:read", "admin"] {
            assert_eq!(Scopes::parse(text).unwrap().to_string(), text);
        }
        assert!(Scopes::parse("roles:delete").is_err());
    }

    #[test]
    fn only_admin_allows_what_was_not_given() {
        let writer = Scopes::of([Scope::RolesWrite]);
        let admin = Scopes::of([Scope::Admin]);
        for scope in Scope::ALL {
            assert_eq!(writer.allow(*scope), *scope == Scope::RolesWrite, "{scope}");
            assert!(admin.allow(*scope), "{scope}");
            assert!(!Scopes::NONE.allow(*scope), "{scope}");
        }
    }
}
