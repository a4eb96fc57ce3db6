//! One file of text as a stream of rows.
//!
//! [`Table::open`] unpacks a file and reads its header, [`Table::read`] gives one row after the
//! other. [`Format`] and the [`Record::raw`] of every row are the whole file: nothing is lost, and
//! [`Format::write`] writes it again byte for byte.

mod bind;
mod chunk;
mod failure;
mod format;
mod header;
mod layout;
mod limits;
mod mapping;
mod open;
mod read;
mod record;
#[cfg(test)]
mod tests;

pub use bind::{Binding, Column, Fault, Field};
pub use format::Format;
pub use header::Header;
pub use layout::{Delimiter, Layout, LineEnd, Quoting};
pub use limits::Limits;
pub use mapping::Mapping;
pub use open::Packing;
pub use read::{Next, Table};
pub use record::Record;

pub(crate) use read::file_name;

/// How a file is read.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How rows and cells are told apart.
    pub layout: Layout,
    /// What the file may have at most.
    pub limits: Limits,
    /// How many of its last cells a row may leave out, as some of ESCO do; empty ones are put there.
    pub pad: usize,
}

impl Options {
    /// A layout with the usual limits, every row as long as the header.
    #[must_use]
    pub fn of(layout: Layout) -> Self {
        Self {
            layout,
            limits: Limits::default(),
            pad: 0,
        }
    }
}
