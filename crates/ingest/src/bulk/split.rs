//! Bytes as they arrive, cut into lines.

use std::mem;

/// Where a line is among all lines that were sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its number, from 1.
    pub line: u64,
    /// How many bytes come before its end, its line break included.
    pub offset: u64,
}

/// A line that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// What stands in it, without its line break.
    Line(Place, Vec<u8>),
    /// It had more bytes than a line may have, which are not kept.
    TooLong(Place),
}

/// Cuts bytes into lines, of which it keeps no more than one. Blank lines are counted and left out.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The end of the line before.
    last: Place,
    /// What there is of the line that has begun.
    begun: Vec<u8>,
    /// How many bytes the line that has begun has.
    length: usize,
    /// How many bytes a line may have.
    limit: usize,
}

impl Lines {
    /// Lines that follow the one that ends at `last`.
    #[must_use]
    pub fn after(last: Place, limit: usize) -> Self {
        Self {
            last,
            begun: Vec::new(),
            length: 0,
            limit,
        }
    }

    /// The lines that end within the next bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Cut> {
        let mut cuts = Vec::new();
        let mut pieces = bytes.split(|byte| *byte == b'\n');
        // Behind the last break, or without any, a line goes on.
        let rest = pieces.next_back().unwrap_or_default();
        for piece in pieces {
            self.take(piece);
            cuts.extend(self.end(1));
        }
        self.take(rest);
        cuts
    }

    /// The last line, when there is no break behind it.
    pub fn finish(&mut self) -> Option<Cut> {
        (self.length > 0).then(|| self.end(0)).flatten()
    }

    fn take(&mut self, bytes: &[u8]) {
        let room = self.limit.saturating_add(1) - self.begun.len();
        let kept = bytes.get(..room).unwrap_or(bytes);
        self.begun.extend_from_slice(kept);
        self.length += bytes.len();
    }

    /// Ends a line with a break of so many bytes.
    fn end(&mut self, line_break: usize) -> Option<Cut> {
        let mut text = mem::take(&mut self.begun);
        let length = mem::take(&mut self.length) + line_break;
        self.last = Place {
            line: self.last.line + 1,
            offset: self.last.offset + u64::try_from(length).unwrap_or(u64::MAX),
        };
        if text.len() > self.limit {
            return Some(Cut::TooLong(self.last));
        }
        if text.last() == Some(&b'\r') {
            text.pop();
        }
        let is_blank = text.iter().all(u8::is_ascii_whitespace);
        (!is_blank).then_some(Cut::Line(self.last, text))
    }
}
