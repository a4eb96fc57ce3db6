//! Readers of public occupational data sets: files on disk to typed rows, and rows to whole
//! occupations.
//!
//! Everything is read as a stream, so that memory does not grow with the files, and everything that
//! is wrong with a file is a [`Finding`] with file, line, column and what was expected. Rows keep
//! their text byte for byte beside what was read out of it.
//!
//! The crate never writes to a database, never reaches for the network, never waits for anything
//! but the disk, and knows nothing of roles: what an occupation becomes is decided by its callers.
//!
//! Start with [`table::Table`], one file of text, then with [`onet::Release`] and [`esco::Release`],
//! folders of them.

pub mod decimal;
pub mod esco;
mod file;
pub mod finding;
mod folder;
mod lane;
pub mod observe;
pub mod onet;
#[cfg(test)]
mod sample;
mod spool;
pub mod table;

pub use decimal::Decimal;
pub use file::{Counts, Report, SourceRow, TableInfo};
pub use finding::{Code, Finding, ReadError, Severity};
pub use observe::{Observer, Progress};
