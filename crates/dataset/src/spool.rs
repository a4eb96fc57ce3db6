//! Tables whose rows are in another order than what they belong to, brought in that order on the
//! disk.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::file::TableFile;
use crate::finding::{Code, Finding, ReadError};
use crate::table::{Layout, Next, Record, Table};

/// How many rows of such a table may be unreadable: they are remembered until they are told.
const MOST_REJECTED: usize = 10_000;

/// The rows of a table in a file of its own, and where each of them stands there.
#[derive(Debug)]
pub(crate) struct Spool {
    file: NamedTempFile,
    /// In the order of what they belong to; rows of one thing as in the table.
    entries: Vec<Entry>,
    rejected: Vec<Finding>,
    bytes: u64,
}

/// Where a row is.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// The place of what it belongs to; the last ones belong to nothing.
    place: u32,
    length: u32,
    line: u64,
    offset: u64,
}

impl Spool {
    /// Copies a table; `place` tells the place of what a row belongs to.
    pub(crate) fn copy(
        mut table: Table,
        folder: Option<&Path>,
        place: impl Fn(&Record) -> Option<u32>,
    ) -> Result<Self, ReadError> {
        let name = table.file().to_owned();
        let failed = |error| failed(&name, error);
        let file = match folder {
            Some(folder) => NamedTempFile::new_in(folder),
            None => NamedTempFile::new(),
        };
        let file = file.map_err(failed)?;
        let mut writer = BufWriter::new(file.reopen().map_err(failed)?);
        let mut spool = Self {
            file,
            entries: Vec::new(),
            rejected: Vec::new(),
            bytes: 0,
        };
        let mut record = Record::default();
        loop {
            match table.read(&mut record)? {
                Next::End => break,
                Next::Rejected(finding) => spool.reject(*finding)?,
                Next::Row => {
                    writer.write_all(record.raw().as_bytes()).map_err(failed)?;
                    spool.add(&record, place(&record));
                }
            }
        }
        writer.flush().map_err(failed)?;
        spool.entries.sort_by_key(|entry| (entry.place, entry.line));
        Ok(spool)
    }

    fn add(&mut self, record: &Record, place: Option<u32>) {
        let length = u32::try_from(record.raw().len()).unwrap_or(u32::MAX);
        self.entries.push(Entry {
            place: place.unwrap_or(u32::MAX),
            length,
            line: record.line(),
            offset: self.bytes,
        });
        self.bytes += u64::from(length);
    }

    fn reject(&mut self, finding: Finding) -> Result<(), ReadError> {
        if self.rejected.len() == MOST_REJECTED {
            return Err(finding.into());
        }
        self.rejected.push(finding);
        Ok(())
    }

    /// The rows from the first one on.
    pub(crate) fn rows<'s>(
        &'s self,
        name: &'s str,
        layout: Layout,
    ) -> Result<SpooledRows<'s>, ReadError> {
        let file = self.file.reopen().map_err(|error| failed(name, error))?;
        Ok(SpooledRows {
            name,
            layout,
            file: BufReader::new(file),
            at: 0,
            done: 0,
            bytes: self.bytes,
            entries: self.entries.iter(),
            rejected: self.rejected.iter(),
        })
    }
}

fn failed(name: &str, error: std::io::Error) -> ReadError {
    let message = format!(
        "the rows are in another order than what they belong to and could not be sorted in a \
         temporary file: {error}; make room, or name another folder for temporary files"
    );
    ReadError {
        finding: Box::new(Finding::error(name, Code::Unreadable, message)),
        source: Some(error),
    }
}

/// Where the rows of a table come from.
pub(crate) enum Rows<'r> {
    /// From its file.
    Table(Box<Table>),
    /// From the temporary file in which they are in order.
    Spool(SpooledRows<'r>),
}

impl Rows<'_> {
    /// Reads the next row into the record.
    pub(crate) fn read(&mut self, record: &mut Record) -> Result<Next, ReadError> {
        match self {
            Self::Table(table) => table.read(record),
            Self::Spool(rows) => rows.read(record),
        }
    }

    /// The warnings that came up since the last call.
    pub(crate) fn take_warnings(&mut self) -> Vec<Finding> {
        match self {
            Self::Table(table) => table.take_warnings(),
            Self::Spool(_) => Vec::new(),
        }
    }

    /// How many bytes were read, and how many there are.
    pub(crate) fn bytes(&self) -> (u64, u64) {
        match self {
            Self::Table(table) => table.bytes(),
            Self::Spool(rows) => (rows.done, rows.bytes),
        }
    }
}

/// The rows of such a file, one after the other.
#[derive(Debug)]
pub(crate) struct SpooledRows<'s> {
    name: &'s str,
    layout: Layout,
    file: BufReader<File>,
    /// Where the file would be read next.
    at: u64,
    done: u64,
    bytes: u64,
    entries: std::slice::Iter<'s, Entry>,
    rejected: std::slice::Iter<'s, Finding>,
}

impl SpooledRows<'_> {
    /// Reads the next row into the record.
    pub(crate) fn read(&mut self, record: &mut Record) -> Result<Next, ReadError> {
        if let Some(finding) = self.rejected.next() {
            return Ok(Next::Rejected(Box::new(finding.clone())));
        }
        let Some(entry) = self.entries.next() else {
            return Ok(Next::End);
        };
        self.fetch(*entry, record)
            .map_err(|error| failed(self.name, error))?;
        Ok(Next::Row)
    }

    fn fetch(&mut self, entry: Entry, record: &mut Record) -> std::io::Result<()> {
        if self.at != entry.offset {
            self.file.seek(SeekFrom::Start(entry.offset))?;
        }
        let length = u64::from(entry.length);
        let mut raw = String::new();
        (&mut self.file).take(length).read_to_string(&mut raw)?;
        self.at = entry.offset + length;
        self.done += length;
        record.restore(entry.line, raw, self.layout);
        Ok(())
    }
}

/// A table, with a spool when its rows are in another order than what they belong to.
pub(crate) type Ordered<K> = (TableFile<K>, Option<Spool>);

/// Counts the rows of a table; one whose rows are not in the order of what they belong to is
/// copied.
pub(crate) fn in_order<K>(
    file: &mut TableFile<K>,
    folder: Option<&Path>,
    place: impl Fn(&Record) -> Option<u32>,
) -> Result<Option<Spool>, ReadError> {
    let mut last = 0;
    let mut is_sorted = true;
    file.survey(|record| {
        if let Some(place) = place(record) {
            is_sorted &= place >= last;
            last = place;
        }
    })?;
    if is_sorted {
        return Ok(None);
    }
    Spool::copy(file.open()?, folder, place).map(Some)
}
