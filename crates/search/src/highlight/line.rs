//! A text as one line.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::word::is_letter;

/// A text with one blank for each run of blanks, line breaks and control characters, none at its
/// ends, and without signs that turn the direction of what follows a fragment.
pub(super) fn of(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut apart = false;
    for c in text.chars().filter(|c| !turns_direction(*c)) {
        if c.is_whitespace() || c.is_control() {
            apart = !line.is_empty();
            continue;
        }
        if apart {
            line.push(' ');
            apart = false;
        }
        line.push(c);
    }
    line
}

/// Embeddings, overrides and isolates; they hold until they are ended.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character is drawn together with the one before it.
fn is_attached(c: char) -> bool {
    is_combining_mark(c) || c == '\u{200d}'
}

/// Where a place starts without the marks that belong to a character before it.
pub(super) fn without_marks_before(line: &str, span: &Range<usize>) -> usize {
    let inside = line.get(span.clone()).unwrap_or_default();
    span.end - inside.trim_start_matches(is_attached).len()
}

/// The characters before and behind a place.
fn around(line: &str, at: usize) -> (Option<char>, Option<char>) {
    let before = line.get(..at).and_then(|before| before.chars().next_back());
    let behind = line.get(at..).and_then(|behind| behind.chars().next());
    (before, behind)
}

/// Whether cutting here leaves all characters whole.
pub(super) fn is_between_characters(line: &str, at: usize) -> bool {
    let (before, behind) = around(line, at);
    before.is_none() || !behind.is_some_and(is_attached)
}

/// Whether words end or begin here, and no character is taken apart.
pub(super) fn is_border(line: &str, at: usize) -> bool {
    let (before, behind) = around(line, at);
    let inside_word = before.is_some_and(is_letter) && behind.is_some_and(is_letter);
    !inside_word && is_between_characters(line, at)
}

/// Whether a blank or the beginning of the text is before.
pub(super) fn is_behind_blank(line: &str, at: usize) -> bool {
    matches!(around(line, at).0, None | Some(' '))
}

/// Whether a blank or the end of the text is behind.
pub(super) fn is_before_blank(line: &str, at: usize) -> bool {
    matches!(around(line, at).1, None | Some(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_one_line() {
        assert_eq!(of(" a\r\n\tb\0\u{a0}c\u{2028}"), "a b c");
        assert_eq!(of("a\u{202e}b\u{2066}\n\u{2069}c\u{200f}"), "ab c\u{200f}");
        assert_eq!(of("\u{7}\n"), "");
    }

    #[test]
    fn borders_lie_between_words_and_whole_characters() {
        let line = "a/bc e\u{301}. 👩\u{200d}🔬";
        let borders =
            (0..=line.len()).filter(|at| line.is_char_boundary(*at) && is_border(line, *at));
        assert_eq!(
            borders.collect::<Vec<_>>(),
            [0, 1, 2, 4, 5, 8, 9, 10, 17, 21]
        );
    }
}
