//! From bytes to clean lines that remember where they stood in the file.

mod key;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::finding::{Finding, FindingCode};

pub(crate) use key::{comparison_key, straightened};

/// One cleaned line of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceLine {
    /// The line in the original file, from 1.
    pub(crate) number: u32,
    /// How many spaces stood before the text.
    pub(crate) indent: usize,
    /// The text without surrounding and repeated spaces; blank lines are empty.
    pub(crate) text: String,
}

/// Reads a document as clean lines, or says why it is none.
pub(crate) fn decode(bytes: &[u8], limit: usize) -> Result<Vec<SourceLine>, Finding> {
    if bytes.len() > limit {
        let message = format!(
            "the document has {} bytes: at most {limit} are allowed, split it or shorten it",
            bytes.len()
        );
        return Err(Finding::whole(FindingCode::TooLarge, message));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        not_text(valid, "bytes that are not UTF-8")
    })?;
    if let Some(at) = find_binary(bytes) {
        let before = text.get(..at).unwrap_or_default();
        return Err(not_text(before.as_bytes(), "control characters"));
    }
    let lines = clean_lines(text);
    if lines
        .iter()
        .all(|line| line.text.is_empty() || is_rule(&line.text))
    {
        let message = "the document has no text: expected at least a title";
        return Err(Finding::whole(FindingCode::EmptyDocument, message));
    }
    Ok(lines)
}

/// Whether a line is only drawn: three or more equal `- = _ * ~ ─`.
pub(crate) fn is_rule(text: &str) -> bool {
    are_rule(text.chars())
}

/// Whether characters draw a rule.
pub(crate) fn are_rule(mut chars: impl Iterator<Item = char> + Clone) -> bool {
    match chars.next() {
        Some(first @ ('-' | '=' | '_' | '*' | '~' | '─')) => {
            chars.clone().all(|c| c == first) && chars.nth(1).is_some()
        }
        _ => false,
    }
}

fn not_text(valid: &[u8], what: &str) -> Finding {
    let lines = valid.split(|byte| *byte == b'\n').count();
    Finding {
        line: u32::try_from(lines).ok(),
        code: FindingCode::InvalidEncoding,
        detail: None,
        message: format!("the document holds {what}: expected UTF-8 text, save it as UTF-8"),
    }
}

/// Control characters that no text has: they are the mark of binary files and of UTF-16.
fn is_binary(byte: u8) -> bool {
    matches!(byte, 0..=8 | 14..=26 | 28..=31)
}

/// Where the first of them is; looks at many bytes at once, since hardly any document has one.
fn find_binary(bytes: &[u8]) -> Option<usize> {
    const MANY: usize = 64;
    let is_found = |found: bool, byte: &u8| found | is_binary(*byte);
    let mut chunks = bytes.chunks(MANY);
    let start = MANY * chunks.position(|chunk| chunk.iter().fold(false, is_found))?;
    let mut rest = bytes.iter().skip(start);
    rest.position(|byte| is_binary(*byte)).map(|at| start + at)
}

fn clean_lines(text: &str) -> Vec<SourceLine> {
    let text = unified(text);
    text.split('\n')
        .zip(1..)
        .map(|(line, number)| SourceLine {
            number,
            indent: line.chars().take_while(|c| *c == ' ').count(),
            text: single_spaced(line),
        })
        .collect()
}

/// One kind of line end, one kind of space, no invisible characters, composed letters.
fn unified(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Composition never reaches across a line end.
    for line in text.split_inclusive('\n') {
        if line.is_ascii() && !line.contains(['\r', '\t']) {
            out.push_str(line);
        } else {
            let line = unified_characters(line);
            match is_nfc_quick(line.chars()) {
                IsNormalized::Yes => out.push_str(&line),
                IsNormalized::No | IsNormalized::Maybe => out.extend(line.nfc()),
            }
        }
    }
    out
}

fn unified_characters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, at)) = rest
        .find(is_replaced)
        .and_then(|at| rest.split_at_checked(at))
    {
        out.push_str(before);
        let mut from = at.chars();
        match from.next() {
            Some('\r') if from.as_str().starts_with('\n') => {}
            Some('\r' | '\u{2028}' | '\u{2029}') => out.push('\n'),
            Some('\t' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}') => out.push(' '),
            // Nobody sees the others.
            _ => {}
        }
        rest = from.as_str();
    }
    out.push_str(rest);
    out
}

/// Whether a character is left out or another one stands for it.
fn is_replaced(c: char) -> bool {
    matches!(
        c,
        '\t' | '\r' | '\u{a0}' | '\u{ad}' | '\u{2007}' | '\u{2009}' | '\u{200b}'
            ..='\u{200d}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{2060}' | '\u{feff}'
    )
}

fn single_spaced(line: &str) -> String {
    let line = line.trim();
    if !line.contains("  ") {
        return line.to_owned();
    }
    let words = line.split(' ').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<String> {
        let lines = decode(bytes, 1 << 20).unwrap();
        lines.into_iter().map(|line| line.text).collect()
    }

    fn code(bytes: &[u8]) -> FindingCode {
        decode(bytes, 64).unwrap_err().code
    }

    #[test]
    fn line_ends_spaces_and_invisible_characters_are_unified() {
        let page = "\u{feff}A\u{200b}b\r\n\u{a0} c\t\td\u{202f}e \rf\u{ad}\u{2028}g\n";
        assert_eq!(texts(page.as_bytes()), ["Ab", "c d e", "f", "g", ""]);
    }

    #[test]
    fn letters_are_composed_and_everything_else_is_verbatim() {
        let page = "Cafe\u{301} “quoted” non\u{2011}breaking – — 🙂";
        assert_eq!(
            texts(page.as_bytes()),
            ["Café “quoted” non\u{2011}breaking – — 🙂"]
        );
    }

    #[test]
    fn lines_keep_their_number_and_indent() {
        let lines = decode(b"a\r\n\r\n  b", 64).unwrap();
        assert_eq!((lines[2].number, lines[2].indent), (3, 2));
    }

    #[test]
    fn files_that_are_no_text_are_refused() {
        assert_eq!(code(b"caf\xe9"), FindingCode::InvalidEncoding);
        assert_eq!(code(b"\x89PNG\r\n\x1a\n\0\0"), FindingCode::InvalidEncoding);
        assert_eq!(code(b"T\0i\0t\0l\0e\0"), FindingCode::InvalidEncoding);
        assert_eq!(decode(b"ok\nbad \xff", 64).unwrap_err().line, Some(2));
        assert_eq!(code(&[b'a'; 65]), FindingCode::TooLarge);
        assert_eq!(code(b""), FindingCode::EmptyDocument);
        assert_eq!(
            code(b" \r\n\t\n-----\n \xc2\xa0"),
            FindingCode::EmptyDocument
        );
    }

    #[test]
    fn rules_are_three_or_more_equal_marks() {
        for rule in ["---", "=====", "___", "***", "~~~~", "───"] {
            assert!(is_rule(rule), "{rule}");
        }
        for other in ["", "--", "-=-", "- - -", "+++", "--- x"] {
            assert!(!is_rule(other), "{other}");
        }
    }
}
