//! Cutting the body of a page at its headings.

use domain::role::OutlineKind;

use crate::block::{Block, Line};
use crate::finding::{Finding, FindingCode};
use crate::heading;
use crate::part::{RawPart, cover_letter, fact};

/// The body of a page in pieces.
#[derive(Debug, Default)]
pub(crate) struct Split {
    /// The blocks before the first heading.
    pub(crate) summary: Vec<Block>,
    /// Every heading with the blocks under it.
    pub(crate) parts: Vec<RawPart>,
}

/// Cuts blocks at known headings and, after the first of them, at lines that read as headings.
pub(crate) fn split(blocks: Vec<Block>) -> Split {
    let mut split = Split::default();
    let mut letter_is_open = false;
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        let before_items = blocks.peek().is_some_and(|next| next.first.is_item());
        let opened = match split.parts.last() {
            None => heading::known(&block.first.written),
            Some(open) => known_heading(open, &block).or_else(|| {
                let is_heading = !letter_is_open && is_unknown_heading(open, &block, before_items);
                is_heading.then_some(OutlineKind::Custom)
            }),
        };
        let block = match opened {
            Some(kind) => {
                letter_is_open = kind == OutlineKind::CoverLetter;
                split.parts.push(RawPart {
                    kind,
                    heading: block.first.written,
                    line: block.first.number,
                    blocks: Vec::new(),
                });
                Block::new(block.rest)
            }
            None => Some(block),
        };
        if let Some(block) = block {
            letter_is_open &= !block.lines().any(cover_letter::is_signature);
            let open = split.parts.last_mut().map(|part| &mut part.blocks);
            open.unwrap_or(&mut split.summary).push(block);
        }
    }
    split
}

/// The kind of the known heading that starts the block, when it counts as one here.
fn known_heading(open: &RawPart, block: &Block) -> Option<OutlineKind> {
    let text = &block.first.written;
    let is_heading = match open.kind {
        // Followed by a value, the words are the label of a fact.
        OutlineKind::Facts => block.is_single(),
        OutlineKind::Faqs => !text.ends_with('?'),
        _ => true,
    };
    heading::known(text).filter(|_| is_heading)
}

/// Whether the block is a heading although its words are not known.
fn is_unknown_heading(open: &RawPart, block: &Block, before_items: bool) -> bool {
    let line = &block.first;
    if !block.is_single() || line.is_item() || !heading::is_plausible(&line.written) {
        return false;
    }
    match open.kind {
        OutlineKind::Qualifications => !before_items,
        OutlineKind::Facts => {
            let label_above = open
                .blocks
                .last()
                .map(Block::last)
                .is_some_and(fact::is_bare_label);
            !label_above && !fact::is_bare_label(line) && !fact::is_labelled_value(line)
        }
        _ => true,
    }
}

/// Takes the link to the jobs of a category out of the blocks; the first one counts.
pub(crate) fn take_category_link(
    blocks: Vec<Block>,
    findings: &mut Vec<Finding>,
) -> (Option<String>, Vec<Block>) {
    let mut link: Option<String> = None;
    let mut is_kept = |line: &Line| {
        let Some(name) = category_link(&line.written) else {
            return true;
        };
        let first = link.get_or_insert_with(|| name.to_owned());
        if first != name {
            findings.push(second_link(line, first));
        }
        false
    };
    let rest = blocks
        .into_iter()
        .filter_map(|block| Block::new(block.into_lines().filter(&mut is_kept)))
        .collect();
    (link, rest)
}

fn second_link(line: &Line, first: &str) -> Finding {
    let message = format!("a page has one category link and \"{first}\" is it: left out");
    Finding::at(line.number, FindingCode::OrphanText, &line.written, message)
}

/// The name in `See all <name> jobs →`.
pub(crate) fn category_link(line: &str) -> Option<&str> {
    const BEFORE: &str = "see all ";
    const AFTER: &str = " jobs";
    let arrows = ["→", "->", "»", ">"];
    let words = arrows
        .iter()
        .find_map(|arrow| line.strip_suffix(arrow))
        .unwrap_or(line)
        .trim_end();
    let inner = words.len().checked_sub(AFTER.len())?;
    let name = words.get(BEFORE.len()..inner)?;
    let frame_matches = words.get(..BEFORE.len())?.eq_ignore_ascii_case(BEFORE)
        && words.get(inner..)?.eq_ignore_ascii_case(AFTER);
    (frame_matches && !name.trim().is_empty()).then(|| name.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn category_links_name_a_category() {
        for line in [
            "See all Data Science jobs",
            "See all Data Science jobs →",
            "see all Data Science jobs->",
            "See all Data Science Jobs »",
            "See all Data Science jobs >",
        ] {
            assert_eq!(category_link(line), Some("Data Science"), "{line}");
        }
        for line in [
            "See all jobs →",
            "See all Data Science jobs.",
            "We see all Data jobs",
        ] {
            assert_eq!(category_link(line), None, "{line}");
        }
    }
}
