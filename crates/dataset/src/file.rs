//! Files of a data set: what each of them is, its rows byte for byte, and how many there are.

use std::path::PathBuf;
use std::sync::Arc;

use crate::finding::{Code, Finding, ReadError};
use crate::observe::{Observer, Progress};
use crate::table::{Binding, Format, Next, Options, Record, Table};

/// A file that is a table; `K` says which one.
#[derive(Clone, Debug)]
pub(crate) struct TableFile<K> {
    pub(crate) kind: K,
    pub(crate) path: PathBuf,
    /// The name of the file.
    pub(crate) name: Arc<str>,
    pub(crate) options: Options,
    pub(crate) binding: Binding,
    pub(crate) format: Format,
    /// How many rows it has; 0 until they were counted.
    pub(crate) rows: u64,
}

impl<K> TableFile<K> {
    /// Opens the file once more.
    pub(crate) fn open(&self) -> Result<Table, ReadError> {
        Table::open(&self.path, &self.options)
    }

    /// That the file is no longer what it was when its rows were counted.
    pub(crate) fn changed(&self) -> ReadError {
        let message = "the file has changed while it was read: expected it to stay as it is; start \
                       again when nothing writes to it";
        Finding::error(&self.name, Code::Changed, message).into()
    }

    /// Reads all rows to count them; what `row` is given can be used, what it is not is told when
    /// the file is read for good.
    pub(crate) fn survey(&mut self, mut row: impl FnMut(&Record)) -> Result<(), ReadError> {
        let mut table = self.open()?;
        let mut record = Record::default();
        loop {
            match table.read(&mut record)? {
                Next::End => break,
                Next::Rejected(_told_later) => {}
                Next::Row => row(&record),
            }
        }
        self.rows = table.rows();
        self.format = table.format().clone();
        Ok(())
    }
}

impl<K: Clone> TableFile<K> {
    /// What has to be known to write the file again.
    pub(crate) fn info(&self) -> TableInfo<K> {
        TableInfo {
            kind: self.kind.clone(),
            file: Arc::clone(&self.name),
            format: self.format.clone(),
            rows: self.rows,
        }
    }

    /// The row that was read, byte for byte.
    pub(crate) fn source(&self, record: &Record) -> SourceRow<K> {
        SourceRow {
            kind: self.kind.clone(),
            file: Arc::clone(&self.name),
            line: record.line(),
            raw: record.raw().to_owned(),
        }
    }
}

/// What a table is, to write it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo<K> {
    /// The table.
    pub kind: K,
    /// The name of the file.
    pub file: Arc<str>,
    /// How the file is written; its last line end is known too.
    pub format: Format,
    /// How many rows it has.
    pub rows: u64,
}

/// A row byte for byte, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow<K> {
    /// The table that it belongs to.
    pub kind: K,
    /// The name of the file.
    pub file: Arc<str>,
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// Its text without the line end.
    pub raw: String,
}

/// How many rows of a file were read and what became of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts<K> {
    /// The table.
    pub kind: K,
    /// The name of the file.
    pub file: Arc<str>,
    /// How many rows were read.
    pub rows: u64,
    /// How many of them are accepted.
    pub accepted: u64,
    /// How many of them are not.
    pub rejected: u64,
    /// How many of them were filled with empty cells.
    pub padded: u64,
}

impl<K: Clone> Counts<K> {
    pub(crate) fn of(file: &TableFile<K>) -> Self {
        Self {
            kind: file.kind.clone(),
            file: Arc::clone(&file.name),
            rows: 0,
            accepted: 0,
            rejected: 0,
            padded: 0,
        }
    }

    pub(crate) fn count(&mut self, is_accepted: bool) {
        self.rows += 1;
        if is_accepted {
            self.accepted += 1;
        } else {
            self.rejected += 1;
        }
    }
}

/// What a reading of a whole release found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report<K> {
    /// Rows by file.
    pub tables: Vec<Counts<K>>,
    /// How many occupations there are.
    pub occupations: u64,
    /// How many findings keep something out.
    pub errors: u64,
    /// How many findings do not.
    pub warnings: u64,
}

/// An observer that counts what another one is told.
pub(crate) struct Tally<O> {
    pub(crate) observer: O,
    pub(crate) errors: u64,
    pub(crate) warnings: u64,
}

impl<O> Tally<O> {
    pub(crate) const fn new(observer: O) -> Self {
        Self {
            observer,
            errors: 0,
            warnings: 0,
        }
    }
}

impl<O: Observer> Observer for Tally<O> {
    fn found(&mut self, finding: Finding) {
        if finding.rejects() {
            self.errors += 1;
        } else {
            self.warnings += 1;
        }
        self.observer.found(finding);
    }

    fn progressed(&mut self, progress: Progress<'_>) {
        self.observer.progressed(progress);
    }
}
