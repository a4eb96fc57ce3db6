//! Cover letters: line breaks are kept.

use domain::role::CoverLetter;

use crate::block::{Block, Line};
use crate::text::comparison_key;

/// Whether the line is the signature that ends a letter.
pub(crate) fn is_signature(line: &Line) -> bool {
    matches!(
        comparison_key(&line.written).as_str(),
        "[your name]" | "[your full name]"
    )
}

/// Reads a letter; what follows the signature, such as an address, stays with it.
pub(crate) fn read(blocks: &[Block]) -> String {
    let paragraphs: Vec<String> = blocks
        .iter()
        .map(|block| {
            let lines: Vec<&str> = block.lines().map(|line| line.written.as_str()).collect();
            lines.join("\n")
        })
        .collect();
    paragraphs.join("\n\n")
}

/// Adds a letter to the one that is there already.
pub(crate) fn append(letter: &mut Option<CoverLetter>, text: &str) {
    let letter = letter.get_or_insert_with(|| CoverLetter {
        text: String::new(),
    });
    if !letter.text.is_empty() && !text.is_empty() {
        letter.text.push_str("\n\n");
    }
    letter.text.push_str(text);
}
