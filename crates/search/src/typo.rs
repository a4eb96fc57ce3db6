//! Words that are nearly the same.
//!
//! A mistake is a letter too many, one too few, a wrong one, or two neighbours that changed
//! places.

use crate::word::MAX_WORD_CHARS;

/// How many mistakes a folded word may have: none in a short one, where each letter counts, and
/// none in one with digits or signs, which is a code or a name.
#[must_use]
pub fn allowed(word: &str) -> usize {
    if !word.chars().all(char::is_alphabetic) {
        return 0;
    }
    match word.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// How many mistakes lie between two folded words, and nothing when there are more than `limit`.
///
/// No two changes touch the same letters: from `ca` to `abc` it is three, and not two.
/// Words of more than [`MAX_WORD_CHARS`] characters, which no folded word has, are never near to
/// each other. Nothing is allocated, because a word is compared with a whole vocabulary.
#[must_use]
pub fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    if a.is_ascii() && b.is_ascii() {
        between((a.len(), a.bytes()), (b.len(), b.bytes()), limit)
    } else {
        let lengths = (a.chars().count(), b.chars().count());
        between((lengths.0, a.chars()), (lengths.1, b.chars()), limit)
    }
}

/// Hyyrö's bit-parallel form of the table that edit distances are computed with: a column is the
/// bits of a number, one for each letter of `a`, and each letter of `b` makes the next column.
fn between<T: Copy + Eq>(
    (height, a): (usize, impl DoubleEndedIterator<Item = T> + Clone),
    (width, b): (usize, impl Iterator<Item = T>),
    limit: usize,
) -> Option<usize> {
    if height.abs_diff(width) > limit || height > MAX_WORD_CHARS || width > MAX_WORD_CHARS {
        return None;
    }
    let Some(last) = height.checked_sub(1).map(|row| 1_u64 << row) else {
        return Some(width);
    };
    let mut column = Column::default();
    let (mut score, mut left) = (height, width);
    for letter in b {
        column.step(positions(a.clone(), letter));
        if column.rises & last != 0 {
            score += 1;
        } else if column.falls & last != 0 {
            score -= 1;
        }
        left -= 1;
        // Each of the letters left makes it better by one at most.
        if score > limit.saturating_add(left) {
            return None;
        }
    }
    Some(score)
}

/// Where a letter stands in a word, with the first letter as the lowest bit.
fn positions<T: Copy + Eq>(word: impl DoubleEndedIterator<Item = T>, letter: T) -> u64 {
    let letters = word.rev();
    letters.fold(0, |bits, other| bits << 1 | u64::from(other == letter))
}

/// A column of the table, as the differences between its neighbours.
struct Column {
    /// Rows that are one more than the row above.
    ups: u64,
    /// Rows that are one less than the row above.
    downs: u64,
    /// Rows that are the same as the row above in the column before.
    same: u64,
    /// Where the letter before stands.
    before: u64,
    /// Rows that are one more than in the column before.
    rises: u64,
    /// Rows that are one less than in the column before.
    falls: u64,
}

impl Default for Column {
    fn default() -> Self {
        Self {
            ups: u64::MAX,
            downs: 0,
            same: 0,
            before: 0,
            rises: 0,
            falls: 0,
        }
    }
}

impl Column {
    fn step(&mut self, letter: u64) {
        let swapped = ((!self.same & letter) << 1) & self.before;
        let carried = (letter & self.ups).wrapping_add(self.ups) ^ self.ups;
        self.same = carried | letter | self.downs | swapped;
        self.rises = self.downs | !(self.same | self.ups);
        self.falls = self.same & self.ups;
        let (rises, falls) = (self.rises << 1 | 1, self.falls << 1);
        self.ups = falls | !(self.same | rises);
        self.downs = self.same & rises;
        self.before = letter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_words_and_codes_allow_no_mistakes() {
        for (word, mistakes) in [
            ("", 0),
            ("sql", 0),
            ("java", 1),
            ("teacher", 1),
            ("engineer", 2),
            ("łódź", 1),
            ("工程师", 0),
            ("c++", 0),
            ("node.js", 0),
            ("covid19", 0),
            ("kubernetes2", 0),
        ] {
            assert_eq!(allowed(word), mistakes, "{word}");
        }
    }

    #[test]
    fn mistakes_are_counted_up_to_the_limit() {
        for (a, b, limit, mistakes) in [
            ("engineer", "engineer", 0, Some(0)),
            ("engineer", "enginer", 1, Some(1)),
            ("engineer", "engineeer", 1, Some(1)),
            ("engineer", "enginear", 1, Some(1)),
            ("engineer", "enigneer", 1, Some(1)),
            ("engineer", "enigner", 1, None),
            ("engineer", "enigner", 2, Some(2)),
            ("ca", "abc", 3, Some(3)),
            ("ca", "abc", 2, None),
            ("müller", "muller", 1, Some(1)),
            ("teacher", "te", 2, None),
            ("", "", 0, Some(0)),
            ("", "ab", 2, Some(2)),
            ("ab", "", 1, None),
            ("ab", "xy", usize::MAX, Some(2)),
        ] {
            assert_eq!(distance(a, b, limit), mistakes, "{a} {b} {limit}");
        }
    }

    #[test]
    fn the_longest_words_are_compared_and_longer_ones_are_not() {
        let longest = "a".repeat(MAX_WORD_CHARS);
        let other = longest.replacen('a', "b", 1);
        assert_eq!(distance(&longest, &other, 2), Some(1));
        assert_eq!(distance(&longest, &format!("{longest}a"), 2), None);
    }

    fn is_as_strsim_says(a: &str, b: &str, limit: usize) -> Result<(), TestCaseError> {
        let mistakes = strsim::osa_distance(a, b);
        let within = (mistakes <= limit).then_some(mistakes);
        prop_assert_eq!(distance(a, b, limit), within);
        Ok(())
    }

    proptest! {
        #[test]
        fn near_words_are_as_far_as_strsim_says(a in "[abc]{0,12}", b in "[abc]{0,12}", limit in 0_usize..14) {
            is_as_strsim_says(&a, &b, limit)?;
        }

        #[test]
        fn long_words_are_as_far_as_strsim_says(a in "[a-d]{50,64}", b in "[a-d]{50,64}", limit in 0_usize..70) {
            is_as_strsim_says(&a, &b, limit)?;
        }

        #[test]
        fn any_words_are_as_far_as_strsim_says(a in "[aäößé工]{0,10}|\\PC{0,20}", b in "[aäößé工]{0,10}|\\PC{0,20}", limit in 0_usize..22) {
            is_as_strsim_says(&a, &b, limit)?;
        }

        #[test]
        fn distance_is_symmetric(a in "[ab工]{0,9}", b in "[ab工]{0,9}", limit in 0_usize..4) {
            prop_assert_eq!(distance(&a, &b, limit), distance(&b, &a, limit));
        }
    }
}
