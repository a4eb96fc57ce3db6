//! A piece of a text as HTML and Markdown at once.

use std::ops::Range;

use super::Found;

/// A piece with marks around what was found, and dots where the text goes on.
pub(super) fn marked(line: &str, piece: Range<usize>, found: &[Found]) -> String {
    let text = line.get(piece.clone()).unwrap_or_default();
    let mut out = String::with_capacity(text.len() * 2);
    out.push_str(if piece.start > 0 { "…" } else { "" });
    let mut at = 0;
    for Found { span, .. } in found {
        let start = span.start.clamp(piece.start, piece.end) - piece.start;
        let end = span.end.clamp(piece.start, piece.end) - piece.start;
        if start < end {
            escape(text, at..start, &mut out);
            out.push_str("<mark>");
            escape(text, start..end, &mut out);
            out.push_str("</mark>");
            at = end;
        }
    }
    escape(text, at..text.len(), &mut out);
    out.push_str(if piece.end < line.len() { "…" } else { "" });
    out
}

fn escape(text: &str, range: Range<usize>, out: &mut String) {
    for (at, c) in text.get(range.clone()).unwrap_or_default().char_indices() {
        let (before, rest) = text.split_at_checked(range.start + at).unwrap_or_default();
        let behind = rest.strip_prefix(c).unwrap_or_default();
        if is_literal(before, c, behind) {
            out.push(c);
        } else {
            out.extend(["&#", &u32::from(c).to_string(), ";"]);
        }
    }
}

/// Whether a character between two parts of a line means nothing but itself.
fn is_literal(before: &str, c: char, behind: &str) -> bool {
    match c {
        '&' | '<' | '>' | '"' | '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '|' | '~'
        | '=' | '@' | '$' | '^' => false,
        // A line that starts with them is an item of a list, a rule, or makes a heading of the
        // line before.
        '-' | '+' => !before.is_empty(),
        '.' => !is_number(before) && !ends_with_www(before),
        ')' => !is_number(before),
        // `C#` is itself; a heading or the number of an issue is not.
        '#' => {
            before.ends_with(char::is_alphanumeric) && !behind.starts_with(char::is_alphanumeric)
        }
        // An address or a picture goes on without a blank.
        ':' => !before.is_empty() && (behind.is_empty() || behind.starts_with(' ')),
        _ => true,
    }
}

/// Whether a line starts with the number of a list.
fn is_number(before: &str) -> bool {
    !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit())
}

fn ends_with_www(before: &str) -> bool {
    let last = before.len().checked_sub(3).and_then(|at| before.get(at..));
    last.is_some_and(|last| last.eq_ignore_ascii_case("www"))
}
