//! Bytes in pieces as large as what is read out of them, cut into records.

use std::io::{self, ErrorKind, Read};

use super::layout::{Layout, LineEnd, Quoting};

/// How many bytes are asked for at once.
const STEP: usize = 64 * 1024;

/// The bytes that were read and not yet used.
pub(super) struct Chunks {
    source: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
}

impl Chunks {
    pub(super) fn new(source: Box<dyn Read + Send>) -> Self {
        Self {
            source,
            buffer: Vec::new(),
            start: 0,
            end: 0,
        }
    }

    /// The bytes that are there.
    pub(super) fn rest(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// Leaves so many bytes behind.
    pub(super) fn consume(&mut self, count: usize) {
        self.start = self.start.saturating_add(count).min(self.end);
    }

    /// Reads more bytes behind those that are there; `false` when there are no more.
    pub(super) fn more(&mut self) -> io::Result<bool> {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.buffer.len() < self.end + STEP {
            let room = (self.end + STEP).max(self.buffer.len() * 2);
            self.buffer.resize(room, 0);
        }
        let room = self.buffer.get_mut(self.end..).unwrap_or_default();
        loop {
            match self.source.read(room) {
                Ok(0) => return Ok(false),
                Ok(count) => {
                    self.end += count;
                    return Ok(true);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Where the search for the end of a record is.
#[derive(Debug)]
pub(super) struct Scan {
    layout: Layout,
    state: State,
    /// How many bytes were looked at.
    seen: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// A cell begins.
    CellStart,
    /// Within a cell without quotes around it.
    Plain,
    /// Within quotes.
    Quoted,
    /// Behind a quote that ends a cell or is the first of two.
    QuoteInQuoted,
}

/// Where a record ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// How many bytes it has without its line end.
    pub(super) text: usize,
    /// How many bytes it has with its line end.
    pub(super) whole: usize,
    /// Its line end; `None` when the file ends with it.
    pub(super) line: Option<LineEnd>,
}

impl End {
    /// The end of a last record that has so many bytes and no line end.
    pub(super) const fn of_file(length: usize) -> Self {
        Self {
            text: length,
            whole: length,
            line: None,
        }
    }
}

impl Scan {
    pub(super) const fn new(layout: Layout) -> Self {
        Self {
            layout,
            state: State::CellStart,
            seen: 0,
        }
    }

    /// Whether a cell in quotes has not ended.
    pub(super) fn is_within_quotes(&self) -> bool {
        self.state == State::Quoted
    }

    /// The end of the record with which the bytes begin, if they hold it. When they do not, the
    /// next call goes on where this one ended; it has to be given the same bytes and more.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<End> {
        let fresh = bytes.get(self.seen..).unwrap_or_default();
        let found = match self.layout.quoting {
            Quoting::None => memchr::memchr(b'\n', fresh),
            Quoting::Csv => self.step(fresh),
        };
        let Some(found) = found else {
            self.seen = bytes.len();
            return None;
        };
        let line_feed = self.seen + found;
        let before = bytes.get(..line_feed).unwrap_or_default();
        let (text, line) = match before.strip_suffix(b"\r") {
            Some(text) => (text.len(), LineEnd::CrLf),
            None => (line_feed, LineEnd::Lf),
        };
        Some(End {
            text,
            whole: line_feed + 1,
            line: Some(line),
        })
    }

    /// Goes over fresh bytes up to the first line feed that is not within quotes.
    fn step(&mut self, fresh: &[u8]) -> Option<usize> {
        let delimiter = self.layout.delimiter.byte();
        fresh.iter().position(|byte| {
            self.state = match (self.state, *byte) {
                (State::Quoted, b'"') => State::QuoteInQuoted,
                (State::Quoted, _) | (State::CellStart | State::QuoteInQuoted, b'"') => {
                    State::Quoted
                }
                (_, b'\n') => return true,
                (_, byte) if byte == delimiter => State::CellStart,
                _ => State::Plain,
            };
            false
        })
    }
}
