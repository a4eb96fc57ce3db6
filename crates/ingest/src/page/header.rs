//! The header of a page: site, category path, title and the day of the last update.

use std::collections::VecDeque;

use domain::PartialDate;

use super::date;
use crate::block::{Block, Line};
use crate::finding::{Finding, FindingCode};
use crate::heading;

/// Lines with more characters than this are prose.
const MAX_HEADER_CHARS: usize = 100;

/// What stands above the summary.
#[derive(Debug, Default)]
pub(crate) struct Header {
    /// The site that the page comes from.
    pub(crate) site: Option<String>,
    /// Names of categories from the top down.
    pub(crate) category_path: Vec<String>,
    /// The title.
    pub(crate) title: Option<String>,
    /// Whether there is a `Last updated` line.
    pub(crate) last_updated_line: bool,
    /// The date of that line.
    pub(crate) last_reviewed: Option<PartialDate>,
}

/// Reads the header and returns the blocks after it.
///
/// A paragraph ends the header; a `Last updated` line right below it still belongs to the header.
pub(crate) fn read(blocks: Vec<Block>, findings: &mut Vec<Finding>) -> (Header, Vec<Block>) {
    let mut lines: Vec<String> = Vec::new();
    let mut header = Header::default();
    let mut rest: Vec<Block> = Vec::new();
    let mut blocks = blocks.into_iter();
    while let Some(block) = blocks.next() {
        // Marks without items say nothing: they must not end the header and then vanish.
        let Some(block) = Block::new(block.into_lines().filter(|line| !line.text.is_empty()))
        else {
            continue;
        };
        if heading::known(&block.first.written).is_some() {
            rest.push(block);
            break;
        }
        let (above, updated, below) = around_last_updated(block);
        let texts: Vec<String> = above.iter().map(|line| line.written.clone()).collect();
        let is_prose = is_prose(&texts);
        let paragraph = if is_prose { Block::new(above) } else { None };
        if !is_prose {
            lines.extend(texts);
        }
        let rest_of_block = paragraph.into_iter().chain(Block::new(below));
        if let Some(updated) = updated {
            let below = rest_of_block.chain(blocks.by_ref()).collect();
            header.last_updated_line = true;
            (header.last_reviewed, rest) = last_updated(&updated, below, findings);
        } else {
            rest.extend(rest_of_block);
        }
        if is_prose || header.last_updated_line {
            break;
        }
    }
    rest.extend(blocks);
    header.place(lines);
    (header, rest)
}

/// The lines above a `Last updated` line, that line, and the lines below it.
fn around_last_updated(block: Block) -> (Vec<Line>, Option<Line>, Vec<Line>) {
    let mut lines: Vec<Line> = block.into_lines().collect();
    let Some(at) = lines.iter().position(is_last_updated) else {
        return (lines, None, Vec::new());
    };
    let mut below = lines.split_off(at).into_iter();
    let updated = below.next();
    (lines, updated, below.collect())
}

impl Header {
    /// Takes the lines of the header apart: site, category path, title.
    pub(crate) fn place(&mut self, mut lines: Vec<String>) {
        if lines.first().is_some_and(|line| is_site(line)) {
            self.site = Some(lines.remove(0));
        }
        self.title = lines.pop();
        self.category_path = lines;
    }
}

/// Whether the line says when the page was last updated.
pub(crate) fn is_last_updated(line: &Line) -> bool {
    after_last_updated(&line.written).is_some()
}

/// Reads the date on or below a `Last updated` line; returns what is left of the blocks below.
///
/// Lines that are meant as dates are all taken, so that none becomes a date when the page is
/// written and read again.
pub(crate) fn last_updated(
    line: &Line,
    below: Vec<Block>,
    findings: &mut Vec<Finding>,
) -> (Option<PartialDate>, Vec<Block>) {
    let beside = after_last_updated(&line.written).unwrap_or_default();
    if let Some(day) = date::parse(beside) {
        return (Some(day), below);
    }
    if !beside.is_empty() {
        findings.push(unparsed_date(line.number, beside));
    }
    let mut below = VecDeque::from(below);
    while let Some(block) = below.pop_front() {
        let is_captioned = beside.is_empty() && stands_right_below(line, &block);
        let mut lines: VecDeque<Line> = block.into_lines().collect();
        let day = take_dates(&mut lines, is_captioned, findings);
        let is_used_up = lines.is_empty();
        if let Some(rest) = Block::new(lines) {
            below.push_front(rest);
        }
        if day.is_some() || !is_used_up {
            return (day, below.into());
        }
    }
    (None, below.into())
}

/// Takes lines that are meant as dates from the front, up to the first date of a known form.
fn take_dates(
    lines: &mut VecDeque<Line>,
    mut is_captioned: bool,
    findings: &mut Vec<Finding>,
) -> Option<PartialDate> {
    while let Some(line) = lines.pop_front() {
        let day = date::parse(&line.written);
        if day.is_some() {
            return day;
        }
        if !is_captioned && !date::looks_like_date(&line.written) {
            lines.push_front(line);
            return None;
        }
        is_captioned = false;
        findings.push(unparsed_date(line.number, &line.written));
    }
    None
}

fn stands_right_below(line: &Line, block: &Block) -> bool {
    let lines: Vec<String> = block.lines().map(|line| line.written.clone()).collect();
    block.first.number == line.number + 1
        && !is_prose(&lines)
        && heading::known(&block.first.written).is_none()
}

fn unparsed_date(line: u32, text: &str) -> Finding {
    let message = format!(
        "\"{text}\" is no date of a known form such as 2026-03-14, 14 March 2026 or 03/2026: \
         taken as unknown"
    );
    Finding::at(line, FindingCode::UnparsedDate, text, message)
}

/// Whether the lines are a paragraph and no lines of a header.
pub(crate) fn is_prose(lines: &[String]) -> bool {
    lines
        .iter()
        .any(|line| line.chars().count() > MAX_HEADER_CHARS)
        || lines
            .last()
            .is_some_and(|line| line.ends_with(['.', '!', '?', '…']))
}

/// Whether the first line of a header names a site: one word with a dot.
fn is_site(line: &str) -> bool {
    line.contains('.') && !line.contains(' ')
}

fn after_last_updated(line: &str) -> Option<&str> {
    const WORDS: &str = "last updated";
    let words = line.get(..WORDS.len())?;
    let rest = line.get(WORDS.len()..)?;
    let is_match = words.eq_ignore_ascii_case(WORDS) && !rest.starts_with(char::is_alphanumeric);
    is_match.then(|| rest.trim_start_matches([':', ' ']))
}
