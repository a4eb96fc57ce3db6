//! What different forms of an English word have in common.
//!
//! Stems only tell which words of the vocabulary belong together; they are never indexed
//! themselves, so that texts in other languages lose nothing.

use frostem::{Algorithm, Stemmer};

/// The stem of a folded word.
#[must_use]
pub fn stem(word: &str) -> String {
    Stemmer::new(Algorithm::English).stem(word).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for (one, other) in [
            ("nurses", "nurse"),
            ("plumbing", "plumb"),
            ("pipelines", "pipeline"),
        ] {
            assert_eq!(stem(one), stem(other));
        }
        for word in ["c++", "c#", ".net", "ci/cd", "ingénieur", "техник"] {
            assert!(!stem(word).is_empty());
        }
    }
}
