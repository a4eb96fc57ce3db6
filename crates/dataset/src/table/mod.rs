//! One file of text as a stream of rows.
//!
//! [`Table::open`] unpacks a file and reads its header, [`Table::read`] gives one row after the
//! other. The file is [`Format::bom`], the header, and every [`Record::raw`] with the line end of
//! [`Format`] between them: nothing is lost, and [`Format::final_line_end`] tells how it ends.

mod bind;
mod chunk;
mod failure;
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
    /// Whether rows without their last cells are filled with empty ones, as ESCO leaves them out.
    pub pad: bool,
}

impl Options {
    /// A layout with the usual limits, every row as long as the header.
    #[must_use]
    pub fn of(layout: Layout) -> Self {
        Self {
            layout,
            limits: Limits::default(),
            pad: false,
        }
    }
}

/// What has to be known of a file, beside its rows, to write it again byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// How the file is packed.
    pub packing: Packing,
    /// How rows and cells are told apart.
    pub layout: Layout,
    /// Whether it begins with a byte order mark.
    pub bom: bool,
    /// The header byte for byte, without its line end.
    pub header: String,
    /// What stands between two rows.
    pub line_end: LineEnd,
    /// Whether the last row has a line end; `None` until it is read.
    pub final_line_end: Option<bool>,
}
