//! Tokens and nesting of a text, counted without the parser.
//!
//! The parser calls itself for every bracket, so that a deep document would overflow the stack,
//! and it builds a node for every token. One pass over the bytes comes first.

/// What a text consists of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scan {
    /// Tokens; a byte that belongs to no token of GraphQL counts as one.
    pub(crate) tokens: usize,
    /// The largest number of brackets that are open at the same time, of all kinds together.
    pub(crate) nesting: usize,
}

/// Counts what `document` consists of.
///
/// A text that is not GraphQL may be counted as larger than it is, but never as smaller.
pub(crate) fn scan(document: &str) -> Scan {
    let mut scan = Scan::default();
    let mut open = 0_usize;
    let mut rest = document.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = match first {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => tail,
            b'#' => after_comment(tail),
            _ => {
                scan.tokens += 1;
                match first {
                    b'{' | b'(' | b'[' => {
                        open += 1;
                        scan.nesting = scan.nesting.max(open);
                    }
                    b'}' | b')' | b']' => open = open.saturating_sub(1),
                    _ => {}
                }
                after_token(rest, tail)
            }
        };
    }
    scan
}

/// What follows the token that begins `text`; `tail` is `text` without its first byte.
fn after_token<'t>(text: &'t [u8], tail: &'t [u8]) -> &'t [u8] {
    match text {
        [b'"', b'"', b'"', inside @ ..] => after_block_string(inside),
        [b'"', inside @ ..] => after_string(inside),
        [b'.', b'.', b'.', after @ ..] => after,
        [b'A'..=b'Z' | b'a'..=b'z' | b'_', ..] => after(tail, is_name),
        [b'0'..=b'9' | b'-', ..] => after(tail, is_number),
        // The rest of a character outside of ASCII, and the mark before a text in UTF-8.
        [0x80..=0xff, ..] => after(tail, |byte| byte >= 0x80),
        _ => tail,
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-')
}

fn after(mut rest: &[u8], belongs: impl Fn(u8) -> bool) -> &[u8] {
    while let [byte, tail @ ..] = rest {
        if !belongs(*byte) {
            break;
        }
        rest = tail;
    }
    rest
}

fn after_comment(rest: &[u8]) -> &[u8] {
    after(rest, |byte| !matches!(byte, b'\n' | b'\r'))
}

fn after_string(mut rest: &[u8]) -> &[u8] {
    loop {
        rest = match rest {
            [] | [b'\n' | b'\r', ..] => return rest,
            [b'"', tail @ ..] => return tail,
            [b'\\', b'"' | b'\\', tail @ ..] | [_, tail @ ..] => tail,
        };
    }
}

fn after_block_string(mut rest: &[u8]) -> &[u8] {
    loop {
        rest = match rest {
            [] => return rest,
            [b'"', b'"', b'"', tail @ ..] => return tail,
            [b'\\', b'"', b'"', b'"', tail @ ..] | [_, tail @ ..] => tail,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nesting(document: &str) -> usize {
        scan(document).nesting
    }

    fn tokens(document: &str) -> usize {
        scan(document).tokens
    }

    #[test]
    fn brackets_of_all_kinds_count_together() {
        assert_eq!(
            nesting("query ($a: [[Int!]]) { f(x: [{y: [1]}]) { z } }"),
            5
        );
        assert_eq!(nesting("{a}{b}{c}"), 1);
        assert_eq!(nesting("}}}{a}"), 1);
    }

    #[test]
    fn strings_and_comments_hold_no_brackets() {
        assert_eq!(nesting("{ a(b: \"{{[[\\\"((\") # [[[ {{{\n }"), 2);
        assert_eq!(nesting(r#"{ a(b: """ {{ " [[ \""" (( """) }"#), 2);
        assert_eq!(nesting(r#"{ a(b: "", c: "\\") { d } }"#), 2);
    }

    #[test]
    fn an_open_string_hides_nothing_behind_its_line() {
        assert_eq!(nesting("{ a(b: \"{{{\n[[["), 5);
    }

    #[test]
    fn tokens_are_those_of_the_language() {
        assert_eq!(tokens(""), 0);
        assert_eq!(tokens("\u{feff}{ a }"), 4);
        assert_eq!(tokens("{ alpha, beta }, # and a comment"), 4);
        assert_eq!(tokens("query Q($a: [Int!]! = 7) @d { ...F }"), 20);
        assert_eq!(
            tokens(r#"{ a(b: "one", c: """two "" words""", d: -1.5e+3) }"#),
            14
        );
        assert_eq!(tokens("a|b&c=d"), 7);
    }
}
