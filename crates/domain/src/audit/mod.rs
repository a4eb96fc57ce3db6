//! The audit log: who did what, when and from where, in a chain of hashes.
//!
//! Whatever happens is a [`NewEntry`] first. [`Chain`] gives it its place and its hash, which
//! depends on every entry before it: nobody can change, remove, swap or insert entries without
//! making all later hashes anew, and whoever has noted one of those finds out.

mod chain;
mod entry;

use std::borrow::Cow;
use std::fmt;

use crate::Timestamp;
use crate::access::Author;
use crate::change::{ChangeEntity, ChangeOp, NewChange};
use crate::document::DocumentId;
use crate::id::KeyId;
use crate::text_enum::text_enum;

pub use chain::{AuditHead, BrokenLink, Chain, GENESIS};
pub use entry::{Entry, SealedEntry};

text_enum! {
    /// What happened to access, in the words of OWASP's vocabulary for logs as far as it has one.
    pub enum AccessAction {
        /// A key was made.
        TokenCreated = "authn_token_created",
        /// A key has got a new secret.
        TokenRotated = "authn_token_rotated",
        /// A key was ended.
        TokenRevoked = "authn_token_revoked",
        /// Somebody showed a key or a token that does not hold.
        TokenRefused = "authn_login_fail",
        /// Somebody who is known asked for something that they may not do.
        Denied = "authz_fail",
    }
}

/// What trusted documents are called here.
const DOCUMENT: &str = "DOCUMENT";

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Something happened to access.
    Access(AccessAction),
    /// The catalogue changed, which is called `role_created`, `category_updated` and so on.
    Change(ChangeEntity, ChangeOp),
    /// A trusted document was stored or removed, which is called `document_created` and so on.
    Document(ChangeOp),
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Access(action) => f.write_str(action.as_str()),
            Self::Change(entity, op) => {
                let name = format!("{entity}_{op}");
                f.write_str(&name.to_ascii_lowercase())
            }
            Self::Document(op) => {
                let name = format!("{DOCUMENT}_{op}");
                f.write_str(&name.to_ascii_lowercase())
            }
        }
    }
}

/// What an entry is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What kind of thing: `KEY`, `DOCUMENT`, or that of a change.
    pub entity: &'static str,
    /// Its id as clients know it.
    pub id: String,
}

impl From<KeyId> for Subject {
    fn from(key: KeyId) -> Self {
        Self {
            entity: "KEY",
            id: key.to_string(),
        }
    }
}

/// Something that happened, before it has its place in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry<'a> {
    /// When it happened; the first time when it happened several times.
    pub at: Timestamp,
    /// Who did it, and from where.
    pub author: Author<'a>,
    /// What happened.
    pub action: Action,
    /// What it happened to; `None` for what is about nothing that is stored.
    pub subject: Option<Subject>,
    /// The revision that a change led to.
    pub revision: Option<u32>,
    /// The number of the change in the change sequence.
    pub change: Option<u64>,
    /// How often it happened.
    pub count: u64,
    /// What else is worth knowing.
    pub detail: Option<Cow<'a, str>>,
}

impl<'a> NewEntry<'a> {
    /// Something that happened once.
    const fn of(at: Timestamp, author: Author<'a>, action: Action) -> Self {
        Self {
            at,
            author,
            action,
            subject: None,
            revision: None,
            change: None,
            count: 1,
            detail: None,
        }
    }

    /// Something that happened to access, once.
    #[must_use]
    pub const fn of_access(at: Timestamp, author: Author<'a>, action: AccessAction) -> Self {
        Self::of(at, author, Action::Access(action))
    }

    /// A trusted document that was stored or removed.
    #[must_use]
    pub fn of_document(
        at: Timestamp,
        author: Author<'a>,
        op: ChangeOp,
        document: &DocumentId,
    ) -> Self {
        Self {
            subject: Some(Subject {
                entity: DOCUMENT,
                id: document.to_string(),
            }),
            ..Self::of(at, author, Action::Document(op))
        }
    }

    /// A change, which has this number in the change sequence.
    #[must_use]
    pub fn of_change(change: &NewChange<'a>, number: u64) -> Self {
        let NewChange {
            at,
            entity,
            id,
            op,
            aspects: _,
            revision,
            author,
        } = change;
        Self {
            subject: Some(Subject {
                entity: entity.as_str(),
                id: entity.id(*id),
            }),
            revision: Some(*revision),
            change: Some(number),
            ..Self::of(*at, *author, Action::Change(*entity, *op))
        }
    }
}
