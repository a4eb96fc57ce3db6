//! A file as a stream of rows.

use std::path::Path;

use super::chunk::{Chunks, End, Scan};
use super::failure::Place;
use super::header::Header;
use super::layout::LineEnd;
use super::open::{self, Meter, Packing};
use super::record::{BadCell, Record};
use super::{Format, Options};
use crate::finding::{Code, Finding, ReadError};

/// What a reading gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// The record holds the next row.
    Row,
    /// The next row cannot be used; the one behind it can be read.
    Rejected(Box<Finding>),
    /// There are no more rows.
    End,
}

/// A file whose rows are read one after the other.
pub struct Table {
    file: String,
    options: Options,
    format: Format,
    header: Header,
    chunks: Chunks,
    meter: Meter,
    stored_bytes: u64,
    /// The line on which the next row begins.
    line: u64,
    rows: u64,
    padded: u64,
    warnings: Vec<Finding>,
    is_mixed: bool,
}

impl Table {
    /// Opens a file and reads its header.
    pub fn open(path: &Path, options: &Options) -> Result<Self, ReadError> {
        let file = file_name(path);
        let opened = open::open(path, &options.limits).map_err(|error| {
            let place = Place {
                file: &file,
                line: 0,
                // Only what is packed fails in other ways than the disk does.
                packing: Packing::Zip,
            };
            place.failure(error)
        })?;
        let mut table = Self {
            options: *options,
            format: Format {
                packing: opened.packing,
                layout: options.layout,
                bom: false,
                header: String::new(),
                line_end: LineEnd::Lf,
                final_line_end: None,
            },
            header: Header::of(&Record::default()),
            chunks: Chunks::new(opened.bytes),
            meter: opened.meter,
            stored_bytes: opened.stored_bytes,
            line: 1,
            rows: 0,
            padded: 0,
            warnings: Vec::new(),
            is_mixed: false,
            file,
        };
        table.read_header()?;
        Ok(table)
    }

    /// The name of the file.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The columns.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// What has to be known, beside the rows, to write the file again.
    #[must_use]
    pub const fn format(&self) -> &Format {
        &self.format
    }

    /// How many rows were read, rejected ones included.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// How many rows were filled with empty cells.
    #[must_use]
    pub const fn padded(&self) -> u64 {
        self.padded
    }

    /// How many bytes were read from the disk, and how many there are.
    #[must_use]
    pub fn bytes(&self) -> (u64, u64) {
        (self.meter.bytes(), self.stored_bytes)
    }

    /// The warnings that came up since the last call.
    pub fn take_warnings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.warnings)
    }

    /// Reads the next row into the record.
    pub fn read(&mut self, record: &mut Record) -> Result<Next, ReadError> {
        let Some(end) = self.find()? else {
            return Ok(Next::End);
        };
        self.rows += 1;
        if let Err(finding) = self.take(record, end) {
            return Ok(Next::Rejected(finding));
        }
        self.note_line_end(record);
        Ok(match self.check(record) {
            Ok(()) => Next::Row,
            Err(finding) => Next::Rejected(finding),
        })
    }

    fn read_header(&mut self) -> Result<(), ReadError> {
        self.skip_marks()?;
        let Some(end) = self.find()? else {
            let message = "the file is empty: expected a header with the names of the columns";
            return Err(Finding::error(&self.file, Code::EmptyFile, message).into());
        };
        let mut record = Record::default();
        self.take(&mut record, end).map_err(|finding| *finding)?;
        let limits = self.options.limits;
        let cut = record.cut(self.format.layout, &limits);
        let most = limits.columns;
        if record.width() > most {
            let message = format!("the header has more than {most} columns: expected fewer");
            let finding = Finding::error(&self.file, Code::TooLarge, message);
            return Err(finding.on(1).into());
        }
        cut.map_err(|cell| self.about(&record, &cell))?;
        self.header = Header::of(&record);
        if let Some(name) = self.header.repeated() {
            let message = "the column stands there twice: expected each name once";
            let finding = Finding::error(&self.file, Code::DuplicateColumn, message);
            return Err(finding.on(1).of(name).into());
        }
        if let Some(line_end) = record.line_end {
            self.format.line_end = line_end;
        }
        self.format.header = record.raw;
        Ok(())
    }

    /// Notes a byte order mark of UTF-8, and refuses those of other encodings.
    fn skip_marks(&mut self) -> Result<(), ReadError> {
        while self.chunks.rest().len() < 3 && self.more()? {}
        let first = self.chunks.rest();
        if first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff") {
            let message = "the file is UTF-16: expected UTF-8; save it in that encoding";
            let finding = Finding::error(&self.file, Code::InvalidEncoding, message);
            return Err(finding.on(1).into());
        }
        if first.starts_with(b"\xef\xbb\xbf") {
            self.format.bom = true;
            self.chunks.consume(3);
        }
        Ok(())
    }

    fn more(&mut self) -> Result<bool, ReadError> {
        let more = self.chunks.more();
        more.map_err(|error| {
            let place = Place {
                file: &self.file,
                line: self.line - 1,
                packing: self.format.packing,
            };
            place.failure(error)
        })
    }

    /// Finds the end of the next record, which then stands at the start of the chunks.
    fn find(&mut self) -> Result<Option<End>, ReadError> {
        let mut scan = Scan::new(self.format.layout);
        loop {
            if let Some(end) = scan.end(self.chunks.rest()) {
                self.within_limit(end.text, &scan)?;
                return Ok(Some(end));
            }
            self.within_limit(self.chunks.rest().len(), &scan)?;
            if self.more()? {
                continue;
            }
            if scan.is_within_quotes() {
                let message = "the quote that opens a cell of this row is never closed: expected \
                               a whole file";
                let finding = Finding::error(&self.file, Code::Truncated, message);
                return Err(finding.on(self.line).into());
            }
            return Ok(match self.chunks.rest().len() {
                0 => {
                    self.format.final_line_end.get_or_insert(true);
                    None
                }
                length => {
                    self.format.final_line_end = Some(false);
                    Some(End::of_file(length))
                }
            });
        }
    }

    fn within_limit(&self, length: usize, scan: &Scan) -> Result<(), ReadError> {
        let most = self.options.limits.record_bytes;
        if length <= most {
            return Ok(());
        }
        let hint = if scan.is_within_quotes() {
            "; a quote may not be closed"
        } else {
            ""
        };
        let message = format!("the row has more than {most} bytes: expected at most so many{hint}");
        let finding = Finding::error(&self.file, Code::TooLarge, message);
        Err(finding.on(self.line).into())
    }

    /// Moves the text of a record out of the chunks.
    fn take(&mut self, record: &mut Record, end: End) -> Result<(), Box<Finding>> {
        record.line = self.line;
        record.line_end = end.line;
        record.raw.clear();
        let rest = self.chunks.rest();
        let whole = rest.get(..end.whole).unwrap_or_default();
        let bytes = rest.get(..end.text).unwrap_or_default();
        let text = std::str::from_utf8(bytes);
        let taken = match text {
            Ok(text) => {
                record.raw.push_str(text);
                Ok(())
            }
            Err(error) => Err(Box::new(self.undecodable(bytes, error.valid_up_to()))),
        };
        let lines = memchr::memchr_iter(b'\n', whole).count();
        self.line += u64::try_from(lines).unwrap_or(u64::MAX);
        self.chunks.consume(end.whole);
        taken
    }

    fn undecodable(&self, bytes: &[u8], valid: usize) -> Finding {
        let before = bytes.get(..valid).unwrap_or_default();
        let lines = memchr::memchr_iter(b'\n', before).count();
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let byte = bytes.get(valid).copied().unwrap_or_default();
        let message = format!(
            "byte {} of the line is 0x{byte:02X}, which is no UTF-8: expected UTF-8; save the file \
             in that encoding",
            valid - start + 1
        );
        let line = self.line + u64::try_from(lines).unwrap_or(u64::MAX);
        Finding::error(&self.file, Code::InvalidEncoding, message).on(line)
    }

    /// Cuts a row into cells and compares their number with the header.
    fn check(&mut self, record: &mut Record) -> Result<(), Box<Finding>> {
        let cut = record.cut(self.format.layout, &self.options.limits);
        cut.map_err(|cell| Box::new(self.about(record, &cell)))?;
        let (width, wanted) = (record.width(), self.header.width());
        if width < wanted && width.saturating_add(self.options.pad) >= wanted {
            record.pad(wanted);
            self.padded += 1;
            return Ok(());
        }
        if width == wanted {
            return Ok(());
        }
        let code = if width < wanted {
            Code::ShortRow
        } else {
            Code::LongRow
        };
        let message = if record.raw.is_empty() {
            format!("the line is blank: expected {wanted} cells")
        } else {
            format!("the row has {width} cells: expected {wanted}, as in the header")
        };
        Err(Box::new(
            Finding::error(&self.file, code, message).on(record.line),
        ))
    }

    fn about(&self, record: &Record, cell: &BadCell) -> Finding {
        let finding = Finding::error(&self.file, cell.code, cell.message.as_str());
        let finding = finding.on(record.line);
        match self.header.names().get(cell.place) {
            Some(name) => finding.of(name),
            None => finding,
        }
    }

    /// Warns once when lines end in different ways.
    fn note_line_end(&mut self, record: &Record) {
        let Some(line_end) = record.line_end else {
            return;
        };
        if self.is_mixed || line_end == self.format.line_end {
            return;
        }
        self.is_mixed = true;
        let message = "the line ends otherwise than the header does: expected LF or CRLF \
                       throughout; the cells are read all the same";
        let finding = Finding::warning(&self.file, Code::MixedLineEnds, message);
        self.warnings.push(finding.on(record.line));
    }
}

/// The name of a file without its folder.
pub(crate) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
