//! Where words begin and end, when names have signs of their own: C++, C#, .NET, Node.js, CI/CD.

/// Names with at most this many characters are no part of a compound such as Go-to-market.
const SHORT_CHARS: usize = 2;

/// Whether the place in the text is not a piece of a longer word.
pub(super) fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let (Some(before), Some(name), Some(after)) =
        (text.get(..start), text.get(start..end), text.get(end..))
    else {
        return false;
    };
    let is_short = name.chars().count() <= SHORT_CHARS;
    let mut before = before.chars().rev();
    let mut after = after.chars();
    let joins = |sign: Option<char>, next: Option<char>| {
        let is_joint = match sign {
            Some('.' | '&') => true,
            Some('-' | '\u{2010}' | '\u{2011}') => is_short,
            _ => false,
        };
        sign.is_some_and(is_letter) || (is_joint && next.is_some_and(is_letter))
    };
    let sign = after.next();
    !joins(before.next(), before.next())
        && !joins(sign, after.next())
        && !matches!(sign, Some('+' | '#'))
}

/// Whether the place is where a sentence begins.
pub(super) fn starts_sentence(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let before = before.trim_end_matches([' ', '"', '\'', '“', '‘', '(', '[', '•']);
    before.is_empty() || before.ends_with(['.', '!', '?', '…', '\n'])
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
