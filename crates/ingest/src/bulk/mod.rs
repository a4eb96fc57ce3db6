//! The bulk format: a whole catalogue as lines of JSON, out of it ([`Export`]) and into it
//! ([`Importer`]).
//!
//! `docs/bulk.md` describes the format for clients. A line is one entity with everything that
//! belongs to it, so that nobody has to hold more than a line; [`Lines`] cuts bytes into lines,
//! [`RoleDocument`] is what a role says.

mod document;
mod export;
mod import;
mod line;
mod part;
mod spelled;
mod split;
#[cfg(test)]
mod tests;

pub use document::RoleDocument;
pub use export::{Export, ExportError};
pub use import::{Batch, ImportAction, Importer, LineError, LineResult};
pub use line::{FORMAT, Kind, VERSION};
pub use split::{Cut, Lines, Place};
