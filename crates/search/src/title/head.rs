//! The head of a title: the word that names the occupation.

use super::occupation::is_occupation;

/// Words before which the head of a title stands.
const PREPOSITIONS: &[&str] = &[
    "at", "de", "des", "du", "for", "from", "fur", "im", "in", "of", "on", "to", "with",
];

/// Words that are not compared.
const EMPTY: &[&str] = &[
    "a", "all", "an", "and", "as", "at", "by", "de", "der", "des", "die", "du", "el", "et", "etc",
    "for", "from", "fur", "i", "im", "in", "la", "le", "my", "of", "on", "or", "our", "s", "the",
    "to", "und", "we", "with", "y", "you", "your",
];

/// Whether the head of a title stands before this word.
pub(super) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

/// Whether a word is not compared.
pub(super) fn is_empty(word: &str) -> bool {
    EMPTY.binary_search(&word).is_ok()
}

/// The place of the head among keys: the last occupation before a preposition, else the last word
/// there.
pub(super) fn position(keys: &[&str]) -> Option<usize> {
    let split = keys.iter().skip(1).position(|key| is_preposition(key));
    let before = keys.get(..split.map_or(keys.len(), |at| at + 1))?;
    let occupation = before.iter().rposition(|key| is_occupation(key));
    occupation.or_else(|| before.len().checked_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(EMPTY.is_sorted());
    }

    #[test]
    fn the_head_names_the_occupation() {
        for (title, head) in [
            ("software engineer", 1),
            ("pharmacist in charge", 0),
            ("director of nursing", 0),
            ("chef de cuisine", 0),
            ("engineer software", 0),
            ("product", 0),
        ] {
            let words: Vec<&str> = title.split(' ').collect();
            assert_eq!(position(&words), Some(head), "{title}");
        }
        assert_eq!(position(&[]), None);
    }
}
