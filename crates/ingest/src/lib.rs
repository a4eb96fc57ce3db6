//! Role documents and manifests of trusted documents: bytes to domain values and back.
//!
//! The formats are pure functions over `domain` types, and nothing here opens a file. `import` and
//! `bulk` run use-cases of `app`, and `bulk` reads whole catalogues. Start with [`read_document`]
//! and with the rules of a part, such as `part::fact`; trusted documents begin at
//! [`manifest::read`], catalogues as lines of JSON at [`bulk`].

mod block;
pub mod bulk;
mod bullet;
mod document;
mod finding;
mod heading;
pub mod import;
pub mod json_ld;
pub mod manifest;
mod markdown;
pub mod onet;
mod page;
mod part;
pub mod raw;
pub mod report;
mod salary;
pub mod skill;
mod text;

pub use app::sha256_of;
pub use document::{Document, Format, read_document};
pub use finding::{Finding, FindingCode, Severity};
pub use markdown::write_markdown;
pub use page::write_page;
