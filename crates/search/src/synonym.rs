//! Words that mean nearly the same in the world of work.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::stem::stem;

/// Groups of folded words, one a line; a word may stand in several groups.
const GROUPS: &str = include_str!("synonyms.txt");

static BY_STEM: LazyLock<HashMap<String, BTreeSet<String>>> = LazyLock::new(|| {
    let mut by_stem: HashMap<String, BTreeSet<String>> = HashMap::new();
    for group in GROUPS.lines().filter(|line| !line.starts_with('#')) {
        let stems: Vec<String> = group.split_whitespace().map(stem).collect();
        for stem in &stems {
            let others = by_stem.entry(stem.clone()).or_default();
            others.extend(stems.iter().filter(|other| *other != stem).cloned());
        }
    }
    by_stem
});

/// The stems of words that may be meant by words with a stem.
pub fn of(stem: &str) -> impl Iterator<Item = &'static str> {
    BY_STEM.get(stem).into_iter().flatten().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::fold;

    #[test]
    fn synonyms_go_both_ways() {
        assert!(of(&stem("physicians")).any(|other| other == stem("doctor")));
        assert!(of(&stem("doctor")).any(|other| other == stem("physician")));
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
