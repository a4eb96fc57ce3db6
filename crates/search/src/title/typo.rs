//! Slips of the pen.

use crate::typo::distance;

/// Shorter words are taken as they are written.
const SHORTEST: usize = 4;
/// In longer words two slips are forgiven.
const TWO_FROM: usize = 8;
/// Words of up to so many characters have many neighbours that mean something else.
const SHORT: usize = 5;

/// How surely `written` is a slip for `meant`.
pub(super) fn likeness(written: &str, meant: &str) -> Option<f64> {
    let (length, other) = (written.chars().count(), meant.chars().count());
    let allowed = if length.max(other) < TWO_FROM { 1 } else { 2 };
    if length.min(other) < SHORTEST
        || length.abs_diff(other) > allowed
        || !begin_alike(written, meant)
    {
        return None;
    }
    match (distance(written, meant, allowed)?, length.min(other)) {
        (1, ..=SHORT) => Some(0.7),
        (1, _) => Some(0.9),
        (2, _) => Some(0.78),
        _ => None,
    }
}

/// The first letter is seldom wrong; at most it has changed places with the second.
fn begin_alike(written: &str, meant: &str) -> bool {
    let mut pairs = written.chars().zip(meant.chars());
    match (pairs.next(), pairs.next()) {
        (Some((a, b)), Some((c, d))) => a == b || (a == d && c == b),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_few() {
        for (written, meant) in [
            ("enginer", "engineer"),
            ("egnineer", "engineer"),
            ("nurze", "nurse"),
            ("acocuntnat", "accountant"),
            ("nrse", "nurse"),
        ] {
            assert!(likeness(written, meant).is_some(), "{written} {meant}");
        }
        for (written, meant) in [
            ("purse", "nurse"),
            ("cat", "car"),
            ("tester", "teacher"),
            ("", "nurse"),
            ("nurse", "nurse"),
        ] {
            assert!(likeness(written, meant).is_none(), "{written} {meant}");
        }
    }
}
