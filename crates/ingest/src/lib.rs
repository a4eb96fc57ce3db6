//! Role documents: bytes to domain values and back.
//!
//! The formats are pure functions over `domain` types. Nothing here opens a file or knows a
//! database; only `import` talks to `app`. Start with [`read_document`] and with the rules of a
//! part, such as `part::fact`.

mod block;
mod bullet;
mod document;
mod finding;
mod heading;
pub mod import;
pub mod json_ld;
mod markdown;
mod page;
mod part;
pub mod report;
mod salary;
pub mod skill;
mod text;

pub use document::{Document, Format, read_document};
pub use finding::{Finding, FindingCode, Severity};
pub use markdown::write_markdown;
pub use page::write_page;
