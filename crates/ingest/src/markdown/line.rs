//! Lines of Markdown: headings, items and text.

use crate::block::{self, Block, Line, LineKind};
use crate::heading::{self, BOLD_LEVEL};
use crate::text::{self, SourceLine};
use crate::{bullet, markdown::escape};

/// The deepest level of a heading with `#`.
const MAX_LEVEL: usize = 6;

/// Cuts lines into blocks; every heading is a block of its own.
pub(super) fn blocks(lines: &[SourceLine]) -> Vec<Block> {
    let mut read: Vec<Option<Line>> = Vec::new();
    for source in lines {
        if source.text.is_empty() {
            read.push(None);
        } else if is_rule(&source.text) {
            underline(&mut read, &source.text);
            read.push(None);
        } else {
            let line = line(source, read.last().is_none_or(Option::is_none));
            if line.is_marked_heading() {
                read.extend([None, Some(line), None]);
            } else {
                read.push(Some(line));
            }
        }
    }
    block::blocks(read)
}

/// Whether the text would be read as a heading, a rule or a bold label.
pub(super) fn is_marked(text: &str) -> bool {
    heading_with_signs(text).is_some()
        || bold(text).is_some()
        || bold_label(text).is_some()
        || is_rule(text)
}

/// Label and value of `**Label**: value` or `**Label:** value`.
pub(super) fn bold_label(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.strip_prefix("**")?.split_once("**")?;
    let (label, value) = match label.strip_suffix(':') {
        Some(label) => (label, rest),
        None => (label, rest.strip_prefix(':')?),
    };
    (!value.is_empty()).then(|| (label.trim_end(), value.trim_start()))
}

fn line(source: &SourceLine, starts_block: bool) -> Line {
    let text = source.text.as_str();
    let bold = bold(text)
        .filter(|_| starts_block)
        .map(|text| (BOLD_LEVEL, text));
    let (kind, text, written) = if let Some((level, text)) = heading_with_signs(text).or(bold) {
        (
            LineKind::Heading(level),
            text.to_owned(),
            source.text.clone(),
        )
    } else if let Some(item) = bullet::strip(text) {
        (LineKind::Item, escape::unescaped(item), source.text.clone())
    } else {
        let text = escape::unescaped(text);
        (LineKind::Text, text.clone(), text)
    };
    Line {
        number: source.number,
        kind,
        text,
        written,
    }
}

/// Makes a heading of the single line above `===` or `---`.
fn underline(read: &mut [Option<Line>], rule: &str) {
    let level = match rule.chars().next() {
        Some('=') => 1,
        Some('-') => 2,
        _ => return,
    };
    let [.., before, Some(line)] = read else {
        if let [Some(line)] = read {
            mark_as_heading(line, level);
        }
        return;
    };
    if before.is_none() {
        mark_as_heading(line, level);
    }
}

fn mark_as_heading(line: &mut Line, level: u8) {
    let is_heading = heading::is_plausible(&line.text) || heading::known(&line.text).is_some();
    if line.kind == LineKind::Text && is_heading {
        line.kind = LineKind::Heading(level);
    }
}

/// Level and text of `## Heading`, without closing signs.
fn heading_with_signs(text: &str) -> Option<(u8, &str)> {
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    if !(1..=MAX_LEVEL).contains(&level) {
        return None;
    }
    let heading = rest.strip_prefix(' ')?.trim();
    let open = heading.trim_end_matches('#');
    let heading = if open.ends_with(' ') {
        open.trim_end()
    } else {
        heading
    };
    let is_filled = !heading.trim_matches('#').is_empty();
    u8::try_from(level)
        .ok()
        .filter(|_| is_filled)
        .map(|level| (level, heading))
}

/// The text of a line that is bold as a whole.
fn bold(text: &str) -> Option<&str> {
    let text = text.strip_suffix(':').unwrap_or(text);
    let inner = text.strip_prefix("**")?.strip_suffix("**")?;
    let is_one = !inner.is_empty() && !inner.contains("**") && !inner.starts_with(['*', ' ']);
    is_one.then_some(inner)
}

/// Whether the line is a rule of a page or one with spaces such as `* * *`.
fn is_rule(text: &str) -> bool {
    text::are_rule(text.chars().filter(|c| *c != ' '))
}
