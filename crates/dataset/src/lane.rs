//! One table on its way through what its rows belong to, one row ahead.

use crate::file::{Counts, TableFile};
use crate::finding::{Finding, ReadError};
use crate::observe::{Observer, PROGRESS_ROWS, Progress};
use crate::spool::{Rows, Spool};
use crate::table::{Fault, Field, Next, Record};

/// In which order the things are that rows belong to.
pub(crate) trait Places {
    /// The place of the column that names them, among those that were looked for.
    fn key(&self) -> usize;

    /// The place of a thing by its name, from 0.
    fn place(&self, name: Field<'_>) -> Result<u32, Fault>;

    /// That the row of the thing itself is not accepted.
    fn refused(&self, name: Field<'_>) -> Fault;
}

/// A table and its next row.
pub(crate) struct Lane<'r, K> {
    pub(crate) file: &'r TableFile<K>,
    rows: Rows<'r>,
    pub(crate) record: Record,
    /// The place of what the next row belongs to; `None` behind the last row.
    pub(crate) ahead: Option<u32>,
    pub(crate) counts: Counts<K>,
    /// Whether the table is the one that gives the places, which may name a thing again; such a row
    /// is then refused.
    gives_places: bool,
}

impl<'r, K: Clone> Lane<'r, K> {
    /// Opens a table whose rows are in the order of the places, before its first row.
    pub(crate) fn open(
        file: &'r TableFile<K>,
        spool: Option<&'r Spool>,
    ) -> Result<Self, ReadError> {
        let rows = match spool {
            Some(spool) => Rows::Spool(spool.rows(&file.name, file.options.layout)?),
            None => Rows::Table(Box::new(file.open()?)),
        };
        Ok(Self {
            file,
            rows,
            record: Record::default(),
            ahead: None,
            counts: Counts::of(file),
            gives_places: false,
        })
    }

    /// Opens the table that gives the places.
    pub(crate) fn of_places(file: &'r TableFile<K>) -> Result<Self, ReadError> {
        Ok(Self {
            gives_places: true,
            ..Self::open(file, None)?
        })
    }

    /// The cell that names what the next row belongs to.
    pub(crate) fn name(&self, places: &impl Places) -> Field<'_> {
        self.file.binding.field(&self.record, places.key())
    }

    /// Goes to the next row that belongs to something.
    pub(crate) fn advance(
        &mut self,
        places: &impl Places,
        observer: &mut impl Observer,
    ) -> Result<(), ReadError> {
        let before = self.ahead.take();
        loop {
            let next = self.rows.read(&mut self.record)?;
            for warning in self.rows.take_warnings() {
                observer.found(warning);
            }
            match next {
                Next::End => return self.end(observer),
                Next::Rejected(finding) => self.reject(*finding, observer),
                Next::Row => match places.place(self.name(places)) {
                    Ok(place) => {
                        self.ahead = Some(place);
                        return self.in_order(before, place);
                    }
                    Err(fault) => self.refuse(fault, observer),
                },
            }
        }
    }

    fn in_order(&self, before: Option<u32>, place: u32) -> Result<(), ReadError> {
        let is_back = before.is_some_and(|before| place < before);
        if is_back && !self.gives_places {
            return Err(self.file.changed());
        }
        Ok(())
    }

    /// Does not accept the next row because of one of its cells.
    pub(crate) fn refuse(&mut self, fault: Fault, observer: &mut impl Observer) {
        self.reject(self.finding(fault), observer);
    }

    /// A fault of the next row as a finding.
    pub(crate) fn finding(&self, fault: Fault) -> Finding {
        let line = self.record.line();
        self.file.binding.finding(&self.file.name, line, fault)
    }

    fn reject(&mut self, finding: Finding, observer: &mut impl Observer) {
        observer.found(finding);
        self.settle(false, observer);
    }

    /// Counts a row.
    pub(crate) fn settle(&mut self, is_accepted: bool, observer: &mut impl Observer) {
        self.counts.count(is_accepted);
        if self.counts.rows.is_multiple_of(PROGRESS_ROWS) {
            self.tell(observer);
        }
    }

    /// Does not accept the rows before a place: what they belong to was not accepted itself.
    pub(crate) fn skip_to(
        &mut self,
        place: u32,
        places: &impl Places,
        observer: &mut impl Observer,
    ) -> Result<(), ReadError> {
        while self.ahead.is_some_and(|ahead| ahead < place) {
            let fault = places.refused(self.name(places));
            self.refuse(fault, observer);
            self.advance(places, observer)?;
        }
        Ok(())
    }

    fn end(&self, observer: &mut impl Observer) -> Result<(), ReadError> {
        self.tell(observer);
        if self.counts.rows == self.file.rows {
            return Ok(());
        }
        Err(self.file.changed())
    }

    fn tell(&self, observer: &mut impl Observer) {
        let (bytes, of_bytes) = self.rows.bytes();
        observer.progressed(Progress {
            file: &self.file.name,
            rows: self.counts.rows,
            bytes,
            of_bytes,
        });
    }
}
