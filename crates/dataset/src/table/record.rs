//! One row of a file: its text byte for byte, and its cells.

use std::ops::Range;

use super::layout::{Layout, LineEnd, Quoting};
use super::limits::Limits;
use crate::finding::Code;

/// A row; the same value is filled again and again, so that reading allocates little.
#[derive(Clone, Debug, Default)]
pub struct Record {
    pub(super) line: u64,
    pub(super) line_end: Option<LineEnd>,
    pub(super) raw: String,
    /// Cells that differ from the raw text, without their quotes.
    unquoted: String,
    cells: Vec<Cell>,
}

/// Where the text of a cell is.
#[derive(Clone, Debug)]
enum Cell {
    Raw(Range<usize>),
    Unquoted(Range<usize>),
}

/// What is wrong with the cells of a row.
#[derive(Debug)]
pub(super) struct BadCell {
    /// The place of the cell, from 0.
    pub(super) place: usize,
    pub(super) code: Code,
    pub(super) message: String,
}

impl Record {
    /// The line on which the row begins, from 1; the header is on line 1.
    #[must_use]
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// The text byte for byte, without the line end behind it.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// How its line ends; `None` when the file ends with it.
    #[must_use]
    pub const fn line_end(&self) -> Option<LineEnd> {
        self.line_end
    }

    /// How many cells there are.
    #[must_use]
    pub fn width(&self) -> usize {
        self.cells.len()
    }

    /// A cell by its place, from 0; `None` when the row has no such cell.
    #[must_use]
    pub fn cell(&self, place: usize) -> Option<&str> {
        match self.cells.get(place)? {
            Cell::Raw(range) => self.raw.get(range.clone()),
            Cell::Unquoted(range) => self.unquoted.get(range.clone()),
        }
    }

    /// Every cell from left to right.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.width()).filter_map(|place| self.cell(place))
    }

    /// Makes it a row that was read before and could be cut into cells then.
    pub(crate) fn restore(&mut self, line: u64, raw: String, layout: Layout) {
        self.line = line;
        self.line_end = None;
        self.raw = raw;
        let limits = Limits {
            cell_bytes: usize::MAX,
            columns: usize::MAX,
            ..Limits::default()
        };
        let _ = self.cut(layout, &limits);
    }

    /// Adds empty cells until there are so many.
    pub(super) fn pad(&mut self, width: usize) {
        while self.cells.len() < width {
            self.cells.push(Cell::Raw(0..0));
        }
    }

    /// Cuts the raw text into cells, of which it takes one more than a header may have.
    pub(super) fn cut(&mut self, layout: Layout, limits: &Limits) -> Result<(), BadCell> {
        self.cells.clear();
        self.unquoted.clear();
        if let Some(at) = memchr::memchr(0, self.raw.as_bytes()) {
            let message = format!("byte {} of the row is NUL: expected text", at + 1);
            return Err(bad(0, Code::InvalidEncoding, message));
        }
        match layout.quoting {
            Quoting::None => self.cut_plain(layout.delimiter.byte(), limits.columns)?,
            Quoting::Csv => self.cut_quoted(layout.delimiter.byte(), limits.columns)?,
        }
        let most = limits.cell_bytes;
        for (place, cell) in self.cells.iter().enumerate() {
            let (Cell::Raw(range) | Cell::Unquoted(range)) = cell;
            if range.len() > most {
                let message = format!("the cell has {} bytes: at most {most} fit", range.len());
                return Err(bad(place, Code::TooLarge, message));
            }
        }
        Ok(())
    }

    fn cut_plain(&mut self, delimiter: u8, most: usize) -> Result<(), BadCell> {
        let bytes = self.raw.as_bytes();
        let mut start = 0;
        for end in memchr::memchr_iter(delimiter, bytes) {
            if self.cells.len() > most {
                return Err(too_wide(most));
            }
            self.cells.push(Cell::Raw(start..end));
            start = end + 1;
        }
        self.cells.push(Cell::Raw(start..bytes.len()));
        if let Some(at) = memchr::memchr(b'\r', bytes) {
            return Err(lone_return(bytes, delimiter, at));
        }
        if memchr::memchr(b'"', bytes).is_none() {
            return Ok(());
        }
        let wrapped = self.cells().position(is_wrapped);
        wrapped.map_or(Ok(()), |place| {
            let message = "the cell is wrapped in quotes as spreadsheet programs do: expected the \
                           text itself; read the file with `--quoting csv`";
            Err(bad(place, Code::QuotedCell, message))
        })
    }

    fn cut_quoted(&mut self, delimiter: u8, most: usize) -> Result<(), BadCell> {
        let mut at = 0;
        loop {
            let place = self.cells.len();
            if place > most {
                return Err(too_wide(most));
            }
            let rest = self.raw.get(at..).unwrap_or_default();
            let (cell, length) = if let Some(inner) = rest.strip_prefix('"') {
                let Some(end) = closing(inner) else {
                    let message = "the quote that opens the cell is never closed";
                    return Err(bad(place, Code::StrayQuote, message));
                };
                let text = inner.get(..end).unwrap_or_default();
                (
                    unquote(text, at + 1, &mut self.unquoted),
                    end + "\"\"".len(),
                )
            } else {
                let end = memchr::memchr(delimiter, rest.as_bytes()).unwrap_or(rest.len());
                plain(rest.get(..end).unwrap_or_default(), place)?;
                (Cell::Raw(at..at + end), end)
            };
            self.cells.push(cell);
            at += length;
            match self.raw.as_bytes().get(at) {
                None => return Ok(()),
                Some(byte) if *byte == delimiter => at += 1,
                Some(_) => {
                    let message = "text follows the quote that closes the cell: expected the next \
                                   cell; double the quotes within a cell";
                    return Err(bad(place, Code::StrayQuote, message));
                }
            }
        }
    }
}

fn bad(place: usize, code: Code, message: impl Into<String>) -> BadCell {
    BadCell {
        place,
        code,
        message: message.into(),
    }
}

fn too_wide(most: usize) -> BadCell {
    let message = format!("the row has more than {most} cells: expected as many as in the header");
    bad(usize::MAX, Code::LongRow, message)
}

fn lone_return(bytes: &[u8], delimiter: u8, at: usize) -> BadCell {
    let before = bytes.get(..at).unwrap_or_default();
    let place = memchr::memchr_iter(delimiter, before).count();
    let message = "a carriage return stands within the row: expected lines that end in LF or CRLF";
    bad(place, Code::StrayLineBreak, message)
}

/// Whether a cell looks as if it were written with quoting.
fn is_wrapped(cell: &str) -> bool {
    let inner = cell
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inner.is_some_and(|inner| {
        let pairs = inner.matches("\"\"").count();
        inner.matches('"').count() == pairs * 2
    })
}

/// Where the quote is that closes a cell, whose text begins behind the quote that opens it.
fn closing(inner: &str) -> Option<usize> {
    let bytes = inner.as_bytes();
    let mut quotes = memchr::memchr_iter(b'"', bytes).peekable();
    while let Some(quote) = quotes.next() {
        if quotes.peek() == Some(&(quote + 1)) {
            quotes.next();
        } else {
            return Some(quote);
        }
    }
    None
}

/// The cell with the text between two quotes, which begins at a place of the raw text.
fn unquote(text: &str, at: usize, unquoted: &mut String) -> Cell {
    if !text.contains('"') {
        return Cell::Raw(at..at + text.len());
    }
    let start = unquoted.len();
    let mut pieces = text.split("\"\"");
    unquoted.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        unquoted.push('"');
        unquoted.push_str(piece);
    }
    Cell::Unquoted(start..unquoted.len())
}

/// Refuses what a cell without quotes may not hold.
fn plain(cell: &str, place: usize) -> Result<(), BadCell> {
    if cell.contains('"') {
        let message = "a quote stands within a cell that has none around it: expected the cell in \
                       quotes and its quotes doubled";
        return Err(bad(place, Code::StrayQuote, message));
    }
    if let Some(at) = memchr::memchr(b'\r', cell.as_bytes()) {
        return Err(BadCell {
            place,
            ..lone_return(cell.as_bytes(), 0, at)
        });
    }
    Ok(())
}
