//! The body of a Markdown document: its header and its parts.

use domain::role::OutlineKind;

use super::line;
use crate::block::{Block, Line, LineKind};
use crate::finding::Finding;
use crate::heading::{self, BOLD_LEVEL};
use crate::page::header::{self, Header};
use crate::page::{Split, split, take_category_link};
use crate::part::RawPart;
use crate::text::comparison_key;

/// What stands below the front matter.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Title and what stands around it.
    pub(super) header: Header,
    /// The blocks between header and first part.
    pub(super) summary: Vec<Block>,
    /// Every heading with the blocks under it.
    pub(super) parts: Vec<RawPart>,
    /// The category of the link to its jobs.
    pub(super) category_link: Option<String>,
}

/// Reads the body; `is_titled` says that the front matter has a title already.
///
/// Without headings of parts the rules of a page find them.
pub(super) fn read(blocks: Vec<Block>, is_titled: bool, findings: &mut Vec<Finding>) -> Body {
    let (category_link, blocks) = take_category_link(blocks, findings);
    let (preamble, parts) = cut(blocks);
    let (header, rest) = read_header(preamble, is_titled, findings);
    let Split { summary, parts } = if parts.is_empty() {
        split(rest)
    } else {
        Split {
            summary: rest,
            parts,
        }
    };
    Body {
        header,
        summary,
        parts,
        category_link,
    }
}

/// Cuts the blocks at the headings of parts.
fn cut(blocks: Vec<Block>) -> (Vec<Block>, Vec<RawPart>) {
    let has_signs = |block: &Block| matches!(block.first.kind, LineKind::Heading(2..BOLD_LEVEL));
    let bold_opens_parts = !blocks.iter().any(has_signs);
    let mut preamble: Vec<Block> = Vec::new();
    let mut parts: Vec<RawPart> = Vec::new();
    let mut open: Option<Open> = None;
    for block in blocks {
        let opened = Open::by(&block.first, open, &preamble)
            .filter(|opened| opened.level != BOLD_LEVEL || bold_opens_parts);
        if let Some(opened) = opened {
            open = Some(opened);
            parts.push(RawPart {
                kind: opened.kind,
                heading: block.first.text,
                line: block.first.number,
                blocks: Vec::new(),
            });
        } else {
            parts
                .last_mut()
                .map_or(&mut preamble, |part| &mut part.blocks)
                .push(block);
        }
    }
    (preamble, parts)
}

/// The part that is being read, and the level of its heading.
#[derive(Clone, Copy)]
struct Open {
    kind: OutlineKind,
    level: u8,
}

impl Open {
    /// The part that the line opens; deeper headings belong to the open part.
    fn by(line: &Line, open: Option<Self>, preamble: &[Block]) -> Option<Self> {
        let LineKind::Heading(level) = line.kind else {
            return None;
        };
        let known = heading::known(&line.text);
        let is_title = |block: &Block| block.first.kind == LineKind::Heading(1);
        let opens = match (level, open) {
            (1, None) => known.is_some() || preamble.iter().any(is_title),
            (2, None) => true,
            (_, None) => known.is_some(),
            (level, Some(open)) => {
                let takes_headings =
                    matches!(open.kind, OutlineKind::Qualifications | OutlineKind::Faqs);
                let is_deeper = level > open.level || (level == BOLD_LEVEL && takes_headings);
                !is_deeper || (known.is_some() && (!takes_headings || level == open.level))
            }
        };
        let kind = known.unwrap_or(OutlineKind::Custom);
        opens.then_some(Self { kind, level })
    }
}

fn read_header(
    preamble: Vec<Block>,
    is_titled: bool,
    findings: &mut Vec<Finding>,
) -> (Header, Vec<Block>) {
    let (labels, preamble) = take_labels(preamble);
    let title_at = preamble
        .iter()
        .position(|block| block.first.kind == LineKind::Heading(1));
    let (mut header, rest) = match title_at {
        Some(at) => around_title(preamble, at, findings),
        None if is_titled || labels.title.is_some() => {
            below_title(Header::default(), preamble, findings)
        }
        None => header::read(preamble, findings),
    };
    header.title = labels.title.or(header.title);
    if let Some(path) = labels.category {
        header.category_path = path.split('>').map(|name| name.trim().to_owned()).collect();
    }
    (header, rest)
}

/// Reads site and category path above the title, and the day of the last update below it.
fn around_title(
    mut above: Vec<Block>,
    at: usize,
    findings: &mut Vec<Finding>,
) -> (Header, Vec<Block>) {
    let mut below = above.split_off(at).into_iter();
    let title = below.next().map(|block| block.first.text);
    let mut header = Header::default();
    let mut lines: Vec<String> = Vec::new();
    let mut paragraphs: Vec<Block> = Vec::new();
    for block in above {
        let texts: Vec<String> = block.lines().map(|line| line.written.clone()).collect();
        if header::is_prose(&texts) {
            paragraphs.push(block);
        } else {
            lines.extend(texts);
        }
    }
    lines.extend(title);
    header.place(lines);
    below_title(
        header,
        paragraphs.into_iter().chain(below).collect(),
        findings,
    )
}

fn below_title(
    mut header: Header,
    blocks: Vec<Block>,
    findings: &mut Vec<Finding>,
) -> (Header, Vec<Block>) {
    let mut blocks = blocks.into_iter();
    let rest = match blocks.next() {
        Some(first) if header::is_last_updated(&first.first) => {
            let below = Block::new(first.rest).into_iter().chain(blocks).collect();
            let (day, rest) = header::last_updated(&first.first, below, findings);
            header.last_reviewed = day;
            rest
        }
        first => first.into_iter().chain(blocks).collect(),
    };
    (header, rest)
}

/// What lines such as `**Title**: value` say.
#[derive(Default)]
struct Labels {
    title: Option<String>,
    category: Option<String>,
}

/// Takes the labelled lines out of the blocks above the first part.
fn take_labels(blocks: Vec<Block>) -> (Labels, Vec<Block>) {
    let mut labels = Labels::default();
    let mut unlabelled = |mut line: Line| {
        let (label, value) = line::bold_label(&line.written).unzip();
        match (label.map(comparison_key).as_deref(), value) {
            (Some("title"), Some(value)) => labels.title = Some(value.to_owned()),
            (Some("category"), Some(value)) => labels.category = Some(value.to_owned()),
            (Some("last updated"), Some(value)) => {
                line.written = format!("Last updated: {value}");
                return Some(line);
            }
            _ => return Some(line),
        }
        None
    };
    let rest = blocks
        .into_iter()
        .filter_map(|block| Block::new(block.into_lines().filter_map(&mut unlabelled)))
        .collect();
    (labels, rest)
}
