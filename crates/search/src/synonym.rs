//! Words that mean nearly the same in the world of work.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Groups of folded words, one a line; a word may stand in several groups.
const GROUPS: &str = include_str!("synonyms.txt");

static BY_WORD: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut by_word: HashMap<&str, Vec<&str>> = HashMap::new();
    for group in GROUPS.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = group.split_whitespace().collect();
        for word in &words {
            let others = by_word.entry(word).or_default();
            others.extend(words.iter().filter(|other| *other != word));
        }
    }
    by_word
});

/// Words that may be meant by a folded word, without the word itself.
pub fn of(word: &str) -> impl Iterator<Item = &'static str> {
    BY_WORD.get(word).into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::fold;

    #[test]
    fn synonyms_go_both_ways() {
        assert!(of("physician").any(|other| other == "doctor"));
        assert!(of("doctor").any(|other| other == "physician"));
        assert_eq!(of("no such word").count(), 0);
    }

    #[test]
    fn groups_are_folded_and_have_something_to_say() {
        for group in GROUPS.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(group, fold(group), "{group}");
            assert!(group.split(' ').count() > 1, "{group}");
        }
    }
}
