//! The words of the job-role catalogue and their rules.
//!
//! Everything here is a plain value: no async, no I/O, no serialisation, no ORM and no GraphQL.
//! Start with [`role::RoleDraft`], what a document says about a role, and with
//! [`read::RoleTree`], what a reader gets back.

pub mod access;
pub mod audit;
pub mod category;
pub mod change;
pub mod concept;
pub mod decimal;
pub mod document;
pub mod estimate;
pub mod id;
pub mod import;
pub mod limits;
pub mod locale;
pub mod money;
pub mod read;
pub mod role;
mod rules;
pub mod skill;
pub mod slug;
pub mod source;
pub mod text_enum;
pub mod time;
pub mod violation;

pub use decimal::Decimal;
pub use estimate::Estimate;
pub use id::Stored;
pub use locale::Locale;
pub use slug::Slug;
pub use time::{Clock, PartialDate, Timestamp};
pub use violation::Violation;
