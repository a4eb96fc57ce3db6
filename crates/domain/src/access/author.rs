//! Who makes a write, and where it comes from.

use std::net::IpAddr;

use super::Principal;
use crate::id::KeyId;

/// Who makes a write, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Author<'a> {
    /// What change rows and the audit log call whoever writes: the name of a key, `import`, `demo`
    /// or `operator`.
    pub name: &'a str,
    /// The key that was shown; `None` for whoever writes without one, such as a command.
    pub key: Option<KeyId>,
    /// The name of the request; `None` for whatever comes from no request.
    pub request: Option<&'a str>,
    /// Where the request came from, likewise.
    pub address: Option<IpAddr>,
}

impl<'a> Author<'a> {
    /// Somebody inside of the process or beside the database.
    #[must_use]
    pub const fn named(name: &'a str) -> Self {
        Self {
            name,
            key: None,
            request: None,
            address: None,
        }
    }
}

/// Who asks for something that is written, and where that comes from.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    /// Who asks, and what they may do.
    pub principal: &'a Principal,
    /// The name of the request; `None` for whatever comes from no request.
    pub request: Option<&'a str>,
    /// Where the request came from, likewise.
    pub address: Option<IpAddr>,
}

impl<'a> Caller<'a> {
    /// The author of what is written for the caller.
    #[must_use]
    pub fn author(self) -> Author<'a> {
        Author {
            name: &self.principal.name,
            key: self.principal.key,
            request: self.request,
            address: self.address,
        }
    }
}

/// Somebody inside of the process or beside the database.
impl<'a> From<&'a Principal> for Caller<'a> {
    fn from(principal: &'a Principal) -> Self {
        Self {
            principal,
            request: None,
            address: None,
        }
    }
}
