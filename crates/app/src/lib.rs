//! Use-cases: everything that changes the catalogue.
//!
//! A use-case checks, opens one transaction, writes the rows together with their change rows and
//! commits. It never reads for readers and knows neither HTTP nor GraphQL nor SQL. Start with
//! [`Catalogue`], and with [`Keys`] for who may do what.

mod access;
mod audit;
mod catalogue;
mod change;
mod content_hash;
mod edit;
mod error;
mod import;
mod sha256;
mod store;
mod trusted_document;

pub use access::{
    Access, DenialWriting, Denials, Holder, IssuedKey, Issuer, IssuerSettings, KeyFollowing,
    KeyRing, KeySetSource, KeyWrite, Keys, Person, UnusableKeySet, WrittenKey,
};
pub use audit::{AuditDamage, AuditLog, AuditReport};
pub use catalogue::{Catalogue, StoreAction, StoreOptions, StoredRole};
pub use content_hash::content_hash;
pub use edit::{
    CategoryWrite, Edit, EditAction, EditOutcome, Edited, Receipt, Refusal, RefusalCode, RoleWrite,
    SkillWrite,
};
pub use error::AppError;
pub use import::{Entity, Fill, ImportAction, ImportOutcome, Release};
pub use persistence::Attempt;
pub use sha256::sha256_of;
pub use store::StoredConcept;
pub use trusted_document::{PushedDocuments, RemovedDocuments};
