//! One table on its way through the occupations, one row ahead.

use super::code::OnetCode;
use super::folder::TableFile;
use super::kind::TableKind;
use super::{Counts, Release};
use crate::finding::{Code, Finding, ReadError};
use crate::observe::{Observer, PROGRESS_ROWS, Progress};
use crate::spool::{Rows, Spool};
use crate::table::{Fault, Next, Record};

/// A table and its next row.
pub(super) struct Lane<'r> {
    pub(super) file: &'r TableFile,
    rows: Rows<'r>,
    pub(super) record: Record,
    /// The place of the occupation that the next row belongs to; `None` behind the last row.
    pub(super) ahead: Option<u32>,
    pub(super) counts: Counts,
}

impl<'r> Lane<'r> {
    /// Opens a table, before its first row.
    pub(super) fn open(file: &'r TableFile, spool: Option<&'r Spool>) -> Result<Self, ReadError> {
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
        })
    }

    /// Goes to the next row that belongs to an occupation.
    pub(super) fn advance(
        &mut self,
        release: &Release,
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
                Next::Row => match self.place(release) {
                    Ok(place) => {
                        self.ahead = Some(place);
                        return self.in_order(before, place);
                    }
                    Err(fault) => self.refuse(fault, observer),
                },
            }
        }
    }

    /// Only the table that says in which order the occupations are may come back to one, and its
    /// second row is then refused.
    fn in_order(&self, before: Option<u32>, place: u32) -> Result<(), ReadError> {
        let is_back = before.is_some_and(|before| place < before);
        if is_back && self.file.kind != TableKind::OccupationData {
            return Err(changed(&self.file.name));
        }
        Ok(())
    }

    /// The place of the occupation that the row belongs to.
    fn place(&self, release: &Release) -> Result<u32, Fault> {
        let field = self.file.binding.field(&self.record, 0);
        let code = OnetCode::of(field)?;
        release.place(code).ok_or_else(|| {
            let expected = "a code of \"Occupation Data\"";
            field.unexpected(Code::UnknownCode, expected)
        })
    }

    /// Does not accept the next row because of one of its cells.
    pub(super) fn refuse(&mut self, fault: Fault, observer: &mut impl Observer) {
        let line = self.record.line();
        let finding = self.file.binding.finding(&self.file.name, line, fault);
        self.reject(finding, observer);
    }

    fn reject(&mut self, finding: Finding, observer: &mut impl Observer) {
        observer.found(finding);
        self.settle(false, observer);
    }

    /// Counts a row.
    pub(super) fn settle(&mut self, is_accepted: bool, observer: &mut impl Observer) {
        self.counts.count(is_accepted);
        if self.counts.rows.is_multiple_of(PROGRESS_ROWS) {
            self.tell(observer);
        }
    }

    /// Does not accept the rows of occupations before a place: those were not accepted themselves.
    pub(super) fn skip_to(
        &mut self,
        place: u32,
        release: &Release,
        observer: &mut impl Observer,
    ) -> Result<(), ReadError> {
        while self.ahead.is_some_and(|ahead| ahead < place) {
            let field = self.file.binding.field(&self.record, 0);
            let message = format!(
                "the row of \"{}\" in \"Occupation Data\" is not accepted, so this one is not",
                field.text
            );
            self.refuse(field.fault(Code::UnknownCode, message), observer);
            self.advance(release, observer)?;
        }
        Ok(())
    }

    fn end(&self, observer: &mut impl Observer) -> Result<(), ReadError> {
        self.tell(observer);
        if self.counts.rows == self.file.rows {
            return Ok(());
        }
        Err(changed(&self.file.name))
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

/// That a file is no longer what it was when its rows were counted.
fn changed(name: &str) -> ReadError {
    let message = "the file has changed while it was read: expected it to stay as it is; start \
                   again when nothing writes to it";
    Finding::error(name, Code::Changed, message).into()
}
