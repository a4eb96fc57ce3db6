//! Prose: paragraphs with blank lines between, soft-wrapped lines joined, list items as lines.

use crate::block::{Block, Line};

/// The mark of an item inside of prose.
pub(crate) const ITEM_MARK: &str = "• ";

/// Reads blocks as prose; empty when they hold nothing but bare marks.
pub(crate) fn read(blocks: &[Block]) -> String {
    let paragraphs: Vec<String> = blocks
        .iter()
        .map(|block| paragraph(block.lines()))
        .filter(|paragraph| !paragraph.is_empty())
        .collect();
    paragraphs.join("\n\n")
}

/// Reads lines as one paragraph.
pub(crate) fn paragraph<'a>(lines: impl Iterator<Item = &'a Line>) -> String {
    let mut joined: Vec<String> = Vec::new();
    for line in lines {
        match joined.last_mut() {
            _ if line.is_item() => joined.push(format!("{ITEM_MARK}{}", line.text)),
            Some(open) => append_words(open, &line.written),
            None => joined.push(line.written.clone()),
        }
    }
    joined.retain(|line| line != ITEM_MARK);
    joined.join("\n")
}

/// Continues a text with the words of the next line.
pub(crate) fn append_words(text: &mut String, words: &str) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
    text.push_str(words);
}

/// A lead text from its paragraphs; `None` when there are none.
pub(crate) fn lead(paragraphs: &[String]) -> Option<String> {
    (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
}
