//! Lines in blocks: what stands together without a blank line between.
//!
//! Nearly every reading rule is about neighbours, so both formats are cut into blocks first: a
//! line has a blank line before it exactly when it is the first of its block.

use crate::bullet;
use crate::heading::BOLD_LEVEL;
use crate::text::SourceLine;

/// How a line is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// Not marked.
    Text,
    /// An item of a list.
    Item,
    /// A heading of Markdown with its level; such a line is a block of its own.
    Heading(u8),
}

/// A line with what its marks mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The line in the original file, from 1.
    pub(crate) number: u32,
    /// How it is marked.
    pub(crate) kind: LineKind,
    /// The text without its mark.
    pub(crate) text: String,
    /// The line with its mark.
    pub(crate) written: String,
}

impl Line {
    /// Reads a line of a page: it is an item when it has a bullet.
    pub(crate) fn plain(source: &SourceLine) -> Self {
        let item = bullet::strip(&source.text);
        Self {
            number: source.number,
            kind: if item.is_some() {
                LineKind::Item
            } else {
                LineKind::Text
            },
            text: item.unwrap_or(&source.text).to_owned(),
            written: source.text.clone(),
        }
    }

    /// Whether the line is an item of a list.
    pub(crate) fn is_item(&self) -> bool {
        self.kind == LineKind::Item
    }

    /// Whether the line is a heading that the format marks as one.
    pub(crate) fn is_marked_heading(&self) -> bool {
        matches!(self.kind, LineKind::Heading(_))
    }

    /// Whether the line is a heading only because all of it is bold.
    pub(crate) fn is_bold(&self) -> bool {
        self.kind == LineKind::Heading(BOLD_LEVEL)
    }
}

/// Lines without a blank line between; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// The first line.
    pub(crate) first: Line,
    /// The lines after it.
    pub(crate) rest: Vec<Line>,
}

impl Block {
    /// Wraps lines; `None` when there are none.
    pub(crate) fn new(lines: impl IntoIterator<Item = Line>) -> Option<Self> {
        let mut lines = lines.into_iter();
        let first = lines.next()?;
        Some(Self {
            first,
            rest: lines.collect(),
        })
    }

    /// All lines in order.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &Line> {
        std::iter::once(&self.first).chain(&self.rest)
    }

    /// All lines in order, as values.
    pub(crate) fn into_lines(self) -> impl Iterator<Item = Line> {
        std::iter::once(self.first).chain(self.rest)
    }

    /// The last line.
    pub(crate) fn last(&self) -> &Line {
        self.rest.last().unwrap_or(&self.first)
    }

    /// Whether the block is a single line.
    pub(crate) fn is_single(&self) -> bool {
        self.rest.is_empty()
    }
}

/// Cuts lines into blocks; `None` stands for a blank line.
pub(crate) fn blocks(lines: impl IntoIterator<Item = Option<Line>>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open = Vec::new();
    for line in lines {
        match line {
            Some(line) => open.push(line),
            None => blocks.extend(Block::new(open.drain(..))),
        }
    }
    blocks.extend(Block::new(open));
    blocks
}
