//! Rows of files that are not joined, one after the other.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::marker::PhantomData;

use super::kind::{FileId, FileKind};
use super::label::BARS;
use super::row::{Concept, ConceptScheme, HierarchyPath, Relation};
use crate::file::{Counts, SourceRow, TableFile};
use crate::finding::{Code, Finding, ReadError};
use crate::observe::{Observer, PROGRESS_ROWS, Progress};
use crate::table::{Fault, Next, Record, Table};

/// A row of such a file.
pub(super) trait Entry: Sized {
    /// Reads a row.
    fn read(file: &TableFile<FileId>, record: &Record) -> Result<Self, Fault>;
    /// What makes it one of its own within its file.
    fn key(&self) -> impl Hash;
    /// The column that is named when another row has the same key.
    const COLUMN: &'static str;
}

/// The rows of files that are not joined, each with its text byte for byte.
///
/// After an error there is nothing more.
pub struct Entries<'r, T, O> {
    /// The files that were not begun, the next one last.
    files: Vec<&'r TableFile<FileId>>,
    current: Option<(&'r TableFile<FileId>, Box<Table>)>,
    record: Record,
    observer: O,
    /// Hashes of the keys of the file: relations are many, and so are their names.
    keys: HashSet<u128>,
    counts: Vec<Counts<FileId>>,
    rows: PhantomData<T>,
}

impl<'r, T, O: Observer> Entries<'r, T, O> {
    pub(super) fn new(mut files: Vec<&'r TableFile<FileId>>, observer: O) -> Self {
        files.reverse();
        Self {
            files,
            current: None,
            record: Record::default(),
            observer,
            keys: HashSet::new(),
            counts: Vec::new(),
            rows: PhantomData,
        }
    }

    /// How many rows of each file were read so far; all of them once there is nothing more.
    #[must_use]
    pub fn counts(&self) -> &[Counts<FileId>] {
        &self.counts
    }

    /// Begins the next file; `false` when there is none.
    fn begin(&mut self) -> Result<bool, ReadError> {
        let Some(file) = self.files.pop() else {
            return Ok(false);
        };
        self.counts.push(Counts::of(file));
        self.keys.clear();
        self.current = Some((file, Box::new(file.open()?)));
        Ok(true)
    }

    fn settle(&mut self, is_accepted: bool) {
        let (Some(counts), Some((_file, table))) = (self.counts.last_mut(), &self.current) else {
            return;
        };
        counts.count(is_accepted);
        counts.padded = table.padded();
        if counts.rows.is_multiple_of(PROGRESS_ROWS) {
            self.tell();
        }
    }

    fn tell(&mut self) {
        if let Some((file, table)) = &self.current {
            let (bytes, of_bytes) = table.bytes();
            self.observer.progressed(Progress {
                file: &file.name,
                rows: table.rows(),
                bytes,
                of_bytes,
            });
        }
    }
}

#[expect(
    private_bounds,
    reason = "callers name the rows of the release and add none of their own"
)]
impl<T: Entry, O: Observer> Entries<'_, T, O> {
    fn step(&mut self) -> Result<Option<(T, SourceRow<FileId>)>, ReadError> {
        loop {
            if self.current.is_none() && !self.begin()? {
                return Ok(None);
            }
            let Some((file, table)) = &mut self.current else {
                return Ok(None);
            };
            let file = *file;
            let next = table.read(&mut self.record)?;
            for warning in table.take_warnings() {
                self.observer.found(warning);
            }
            match next {
                Next::End => {
                    if table.rows() != file.rows {
                        return Err(file.changed());
                    }
                    self.tell();
                    self.current = None;
                }
                Next::Rejected(finding) => self.reject(*finding),
                Next::Row => match self.accept(file) {
                    Ok(row) => {
                        self.settle(true);
                        return Ok(Some((row, file.source(&self.record))));
                    }
                    Err(fault) => {
                        let line = self.record.line();
                        self.reject(file.binding.finding(&file.name, line, fault));
                    }
                },
            }
        }
    }

    fn reject(&mut self, finding: Finding) {
        self.observer.found(finding);
        self.settle(false);
    }

    fn accept(&mut self, file: &TableFile<FileId>) -> Result<T, Fault> {
        let row = T::read(file, &self.record)?;
        if self.keys.insert(hash(&row.key())) {
            return Ok(row);
        }
        Err(Fault {
            column: T::COLUMN,
            code: Code::DuplicateKey,
            message: "an earlier row says the same: expected it once".to_owned(),
        })
    }
}

impl<T: Entry, O: Observer> Iterator for Entries<'_, T, O> {
    type Item = Result<(T, SourceRow<FileId>), ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let step = self.step();
        if step.is_err() {
            self.files.clear();
            self.current = None;
        }
        step.transpose()
    }
}

/// A hash so wide that two keys do not share one by chance.
fn hash(key: &impl Hash) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        salt.hash(&mut hasher);
        key.hash(&mut hasher);
        u128::from(hasher.finish())
    };
    (half(0) << 64) | half(1)
}

impl Entry for Relation {
    const COLUMN: &'static str = "relationType";

    fn read(file: &TableFile<FileId>, record: &Record) -> Result<Self, Fault> {
        match file.kind.kind {
            FileKind::SkillSkill => Self::between_skills(&file.binding.fields(record)),
            FileKind::OccupationSkill => Self::of_occupation(&file.binding.fields(record)),
            _ => Self::broader(&file.binding.fields(record)),
        }
    }

    fn key(&self) -> impl Hash {
        (self.kind, &self.from, &self.to)
    }
}

impl Entry for HierarchyPath {
    const COLUMN: &'static str = "Level 0 URI";

    fn read(file: &TableFile<FileId>, record: &Record) -> Result<Self, Fault> {
        Self::read(&file.binding.fields(record))
    }

    fn key(&self) -> impl Hash {
        let uris = self.levels.iter().map(|level| level.uri.as_str());
        uris.collect::<Vec<_>>()
    }
}

impl Entry for Concept {
    const COLUMN: &'static str = "conceptUri";

    fn read(file: &TableFile<FileId>, record: &Record) -> Result<Self, Fault> {
        Self::read(&file.binding.fields(record), BARS, &file.kind.locale)
    }

    fn key(&self) -> impl Hash {
        &self.uri
    }
}

impl Entry for ConceptScheme {
    const COLUMN: &'static str = "conceptSchemeUri";

    fn read(file: &TableFile<FileId>, record: &Record) -> Result<Self, Fault> {
        Self::read(&file.binding.fields(record))
    }

    fn key(&self) -> impl Hash {
        &self.uri
    }
}
