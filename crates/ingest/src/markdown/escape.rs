//! Backslashes that keep a line of text from being read as Markdown.

use super::line;
use crate::bullet;

/// The text of a line or an item, protected from being read as an item, a heading or a rule.
pub(super) fn escaped(text: &str) -> String {
    if bullet::strip(text).is_some() {
        protected(text)
    } else {
        escaped_in_letter(text)
    }
}

/// The line of a letter, where items stand as they are written.
pub(super) fn escaped_in_letter(text: &str) -> String {
    let is_misread = line::is_marked(text) || unescaped(text) != text;
    if is_misread {
        protected(text)
    } else {
        text.to_owned()
    }
}

fn protected(text: &str) -> String {
    let (number, mark) = around_number(text);
    format!("{number}\\{mark}")
}

/// The text without the backslash that protects it: before a mark, or inside `1\.`.
pub(super) fn unescaped(text: &str) -> String {
    let (number, mark) = around_number(text);
    match mark.strip_prefix('\\') {
        Some(rest) if number.is_empty() && rest.starts_with(is_mark) => rest.to_owned(),
        Some(rest) if !number.is_empty() && rest.starts_with(['.', ')', '\\']) => {
            format!("{number}{rest}")
        }
        _ => text.to_owned(),
    }
}

/// The digits that a text starts with, and the rest.
fn around_number(text: &str) -> (&str, &str) {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    text.split_at_checked(text.len() - rest.len())
        .unwrap_or(("", text))
}

fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation() || matches!(c, '•' | '◦' | '▪' | '‣' | '·' | '●' | '○' | '–' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_reads_as_it_was() {
        for (text, wanted) in [
            ("plain", "plain"),
            ("- dash", "\\- dash"),
            ("1. one", "1\\. one"),
            ("12) two", "12\\) two"),
            ("# sharp", "\\# sharp"),
            ("#hashtag", "#hashtag"),
            ("**Title**: x", "\\**Title**: x"),
            ("— said", "\\— said"),
            ("\\# slash", "\\\\# slash"),
            ("\\n", "\\n"),
            ("1\\. one", "1\\\\. one"),
        ] {
            assert_eq!(escaped(text), wanted);
            assert_eq!(unescaped(wanted), text);
        }
    }
}
