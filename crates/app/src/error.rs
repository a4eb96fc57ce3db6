//! Why a use-case failed.

use domain::Violation;
use domain::access::Scope;
use domain::document::{DocumentId, InvalidDocument};
use domain::id::KeyId;
use domain::read::NotLoaded;
use persistence::PersistenceError;

use crate::Refusal;

/// Why a use-case failed; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The value breaks rules of the catalogue; its sender can fix it.
    #[error("{}", listed(.0))]
    Invalid(Vec<Violation>),
    /// A trusted document breaks rules; its sender can fix it.
    #[error(transparent)]
    InvalidDocument(#[from] InvalidDocument),
    /// The id of a trusted document promises a hash that its text does not have.
    #[error(
        "document {id}: the SHA-256 of the text is {actual}: push the text that the id was made \
         from, or push this text as sha256:{actual}"
    )]
    WrongDocumentHash {
        /// The id as it was given.
        id: DocumentId,
        /// The hash of the text that was given.
        actual: String,
    },
    /// A trusted document is there with another text.
    #[error(
        "document {0} is already there with another text: an id never changes its text, push the \
         new text under a new id"
    )]
    DocumentConflict(DocumentId),
    /// One push gives two texts for one id.
    #[error("document {0} is given twice with different texts: give every text its own id")]
    DocumentRepeated(DocumentId),
    /// A role was not read whole: a mistake of ours.
    #[error(transparent)]
    NotLoaded(#[from] NotLoaded),
    /// What is stored of a write that ran before cannot be read.
    #[error("the outcome that is stored for the idempotency key {0} cannot be read")]
    Outcome(String),
    /// Whoever asks may not do this.
    #[error("this needs the scope {0}")]
    Forbidden(Scope),
    /// No key has this id.
    #[error("no key has the id {0}")]
    UnknownKey(KeyId),
    /// The key does not hold any more and never will again.
    #[error("the key {0} was revoked or has expired: create another one")]
    DeadKey(KeyId),
    /// A write that may be sent again cannot run now, or never under this key.
    #[error("{}", .0.message)]
    Refused(Refusal),
    /// The database failed.
    #[error(transparent)]
    Persistence(#[from] PersistenceError),
}

fn listed(violations: &[Violation]) -> String {
    let texts: Vec<String> = violations.iter().map(ToString::to_string).collect();
    texts.join("; ")
}
