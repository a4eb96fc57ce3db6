//! Role documents: bytes to domain values and back.
//!
//! The formats are pure functions over `domain` types. Nothing here opens a file or knows a
//! database.

mod finding;
mod salary;
mod text;

pub use finding::{Finding, FindingCode, Severity};
