//! What a file is, beside its rows.

use std::io::{self, Write};

use super::layout::{Layout, LineEnd};
use super::open::Packing;
use super::record::Record;

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

impl Format {
    /// The names of the columns as the header has them.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        self.cells(&self.header)
    }

    /// The cells of a row that was read from the file.
    #[must_use]
    pub fn cells(&self, raw: &str) -> Vec<String> {
        let mut record = Record::default();
        record.restore(0, raw.to_owned(), self.layout);
        record.cells().map(str::to_owned).collect()
    }

    /// Writes the file with some rows, unpacked: with all of them in the order of their lines it is
    /// the file again, byte for byte. Only where lines ended in different ways, of which a reading
    /// warns, do they end alike.
    pub fn write<'r>(
        &self,
        rows: impl IntoIterator<Item = &'r str>,
        to: &mut impl Write,
    ) -> io::Result<()> {
        let line_end = self.line_end.as_str();
        if self.bom {
            to.write_all("\u{feff}".as_bytes())?;
        }
        to.write_all(self.header.as_bytes())?;
        for row in rows {
            to.write_all(line_end.as_bytes())?;
            to.write_all(row.as_bytes())?;
        }
        if self.final_line_end != Some(false) {
            to.write_all(line_end.as_bytes())?;
        }
        Ok(())
    }
}
