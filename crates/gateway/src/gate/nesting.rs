//! How deeply brackets may be nested, counted without the parser.
//!
//! The parser calls itself for every bracket, so that a deep document would overflow the stack.

use crate::error::{ErrorCode, GraphError};

/// The largest number of `{`, `(` and `[` that may be open at the same time.
pub(crate) const MAX_NESTING: usize = 32;

/// Refuses documents above the limit.
pub(super) fn check(document: &str) -> Result<(), GraphError> {
    let actual = deepest(document.as_bytes());
    if actual <= MAX_NESTING {
        return Ok(());
    }
    let message =
        format!("brackets are nested {actual} levels deep: at most {MAX_NESTING} are allowed");
    let error = GraphError::new(ErrorCode::LimitNesting, &message);
    Err(error.with_limit(MAX_NESTING, Some(actual)))
}

/// The largest number of brackets that are open at the same time, of all kinds together.
///
/// A text that is not GraphQL may be counted as deeper than it is, but never as flatter.
fn deepest(document: &[u8]) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    let mut rest = document;
    loop {
        rest = match rest {
            [] => return deepest,
            [b'#', tail @ ..] => after_comment(tail),
            [b'"', b'"', b'"', tail @ ..] => after_block_string(tail),
            [b'"', tail @ ..] => after_string(tail),
            [b'{' | b'(' | b'[', tail @ ..] => {
                open += 1;
                deepest = deepest.max(open);
                tail
            }
            [b'}' | b')' | b']', tail @ ..] => {
                open = open.saturating_sub(1);
                tail
            }
            [_, tail @ ..] => tail,
        };
    }
}

fn after_comment(mut rest: &[u8]) -> &[u8] {
    while let [byte, tail @ ..] = rest {
        if matches!(byte, b'\n' | b'\r') {
            break;
        }
        rest = tail;
    }
    rest
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

    #[test]
    fn brackets_of_all_kinds_count_together() {
        assert_eq!(
            deepest(b"query ($a: [[Int!]]) { f(x: [{y: [1]}]) { z } }"),
            5
        );
        assert_eq!(deepest(b"{a}{b}{c}"), 1);
        assert_eq!(deepest(b"}}}{a}"), 1);
    }

    #[test]
    fn strings_and_comments_are_skipped() {
        assert_eq!(deepest(b"{ a(b: \"{{[[\\\"((\") # [[[ {{{\n }"), 2);
        assert_eq!(deepest(br#"{ a(b: """ {{ " [[ \""" (( """) }"#), 2);
        assert_eq!(deepest(br#"{ a(b: "", c: "\\") { d } }"#), 2);
    }

    #[test]
    fn an_open_string_hides_nothing_behind_its_line() {
        assert_eq!(deepest(b"{ a(b: \"{{{\n[[["), 5);
    }

    #[test]
    fn the_limit_itself_is_allowed_and_one_level_more_is_not() {
        let document = |levels| format!("{}{}", "{a".repeat(levels), "}".repeat(levels));
        assert!(check(&document(MAX_NESTING)).is_ok());
        let entry = serde_json::to_value(check(&document(MAX_NESTING + 1)).unwrap_err()).unwrap();
        assert_eq!(entry["extensions"]["code"], "LIMIT_NESTING");
        assert_eq!(entry["extensions"]["limit"], MAX_NESTING);
    }
}
