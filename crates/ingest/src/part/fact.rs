//! Facts of the role at a glance: labels with values.

use domain::role::{Fact, FactKey};

use super::prose;
use crate::block::{Block, Line};
use crate::finding::{Finding, FindingCode};
use crate::text::comparison_key;

/// Known labels by their comparison keys.
const LABELS: &[(&str, FactKey)] = &[
    ("typical education", FactKey::TypicalEducation),
    ("education", FactKey::TypicalEducation),
    ("typical experience", FactKey::TypicalExperience),
    ("experience", FactKey::TypicalExperience),
    ("key certifications", FactKey::KeyCertifications),
    ("certifications", FactKey::KeyCertifications),
    ("top employer types", FactKey::TopEmployers),
    ("top employers", FactKey::TopEmployers),
    ("growth outlook", FactKey::GrowthOutlook),
    ("ai impact", FactKey::AiImpact),
    ("typical salary", FactKey::TypicalPay),
    ("typical pay", FactKey::TypicalPay),
    ("salary", FactKey::TypicalPay),
    ("salary range", FactKey::TypicalPay),
    ("median salary", FactKey::TypicalPay),
    ("pay", FactKey::TypicalPay),
];

/// Words after which a value goes on in the next line.
const CONNECTORS: &[&str] = &[
    "and", "or", "of", "the", "with", "in", "for", "to", "a", "an",
];

/// Reads labels and values; labels without a value are left out with a warning.
pub(crate) fn read(blocks: &[Block], findings: &mut Vec<Finding>) -> Vec<Fact> {
    let mut reader = Reader {
        facts: Vec::new(),
        open: None,
        findings,
    };
    for line in blocks.iter().flat_map(Block::lines) {
        reader.line(line);
    }
    reader.close();
    reader.facts
}

/// Whether the line is a known label without a value: the next line must be its value.
pub(crate) fn is_bare_label(line: &Line) -> bool {
    is_known_label(unbolded(&line.text).as_deref().unwrap_or(&line.text))
}

/// Whether the line holds a label and its value.
pub(crate) fn is_labelled_value(line: &Line) -> bool {
    line.text.contains(": ")
}

struct Reader<'a> {
    facts: Vec<Fact>,
    open: Option<Open>,
    findings: &'a mut Vec<Finding>,
}

struct Open {
    line: u32,
    label: String,
    value: String,
}

impl Reader<'_> {
    fn line(&mut self, line: &Line) {
        // A mark alone is a value here: pages write a dash for "none".
        let text = if line.text.is_empty() {
            &line.written
        } else {
            &line.text
        };
        let unbolded = unbolded(text);
        let text_of_label = unbolded.as_deref().unwrap_or(text);
        if let Some((label, value)) = self.label(line, text_of_label) {
            self.close();
            self.open = Some(Open {
                line: line.number,
                label: label.to_owned(),
                value: value.to_owned(),
            });
        } else if let Some(open) = &mut self.open {
            prose::append_words(&mut open.value, text);
        }
    }

    /// The label that the line opens, with the value that follows it on the line.
    fn label<'a>(&self, line: &Line, text: &'a str) -> Option<(&'a str, &'a str)> {
        let value = self.open.as_ref().map(|open| open.value.as_str());
        let follows_value = value.is_some_and(|value| !value.is_empty()) && !line.is_item();
        if follows_value && value.is_some_and(is_unfinished) {
            return None;
        }
        if is_known_label(text) {
            return Some((without_colon(text), ""));
        }
        let labelled = text
            .split_once(": ")
            .map(|(label, value)| (label.trim_end(), value));
        if let Some((label, value)) = labelled
            && is_known_label(label)
        {
            return Some((label, value));
        }
        let awaits_value = value.is_some_and(str::is_empty);
        if awaits_value || (follows_value && continues(text)) {
            return None;
        }
        Some(labelled.unwrap_or((without_colon(text), "")))
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if open.value.is_empty() {
            let message = format!("\"{}\" has no value: the label is left out", open.label);
            let code = FindingCode::EmptyFact;
            self.findings
                .push(Finding::at(open.line, code, &open.label, message));
            return;
        }
        self.facts.push(Fact {
            key: key(&open.label).unwrap_or(FactKey::Custom),
            horizon_year: horizon_year(&open.label),
            label: open.label,
            text: open.value,
        });
    }
}

/// What a fact with this label is about; `None` when the label is not known.
fn key(label: &str) -> Option<FactKey> {
    let words = split_suffix(label).map_or(label, |(words, _)| words);
    let key = comparison_key(words);
    LABELS
        .iter()
        .find(|(known, _)| *known == key)
        .map(|(_, fact)| *fact)
}

fn is_known_label(text: &str) -> bool {
    key(without_colon(text)).is_some()
}

/// The last year of four digits in the bracketed suffix of a label.
fn horizon_year(label: &str) -> Option<u16> {
    let (_, suffix) = split_suffix(label)?;
    let numbers = suffix.split(|c: char| !c.is_ascii_digit());
    numbers
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .next_back()
}

/// Cuts `Label (suffix)` in two; after a colon brackets are a value.
fn split_suffix(label: &str) -> Option<(&str, &str)> {
    let inner = label.strip_suffix([')', ']'])?;
    let (words, suffix) = inner.rsplit_once(['(', '['])?;
    let words = words.trim_end();
    let is_suffix = !words.ends_with(':') && !suffix.contains([')', ']']);
    is_suffix.then_some((words, suffix))
}

/// The text without the asterisks of a bold label, as in `**Label:** value`.
fn unbolded(text: &str) -> Option<String> {
    let (label, rest) = text.strip_prefix("**")?.split_once("**")?;
    let is_label = rest.is_empty() || rest.starts_with(':') || label.ends_with(':');
    is_label.then(|| format!("{label}{rest}"))
}

fn without_colon(text: &str) -> &str {
    text.strip_suffix(':').map_or(text, str::trim_end)
}

/// Whether a line goes on with the value before it.
fn continues(text: &str) -> bool {
    text.starts_with(|c: char| c.is_lowercase() || c.is_numeric() || "([{".contains(c))
}

/// Whether a value cannot end where it ends so far.
fn is_unfinished(value: &str) -> bool {
    let last_word = value.rsplit(' ').next().unwrap_or_default().to_lowercase();
    value.ends_with([',', ';', ':', '-', '–', '—', '/', '(']) || CONNECTORS.contains(&&*last_word)
}
