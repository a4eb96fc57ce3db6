//! What different forms of an English word have in common.
//!
//! Stems only tell which words of the vocabulary belong together; they are never indexed
//! themselves, so that texts in other languages lose nothing.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};

/// The stem of a folded word.
#[must_use]
pub fn stem(word: &str) -> String {
    let american = american(word);
    Stemmer::new(Algorithm::English)
        .stem(&american)
        .into_owned()
}

/// British endings and the American ones.
const ENDINGS: &[(&str, &str)] = &[
    ("isation", "ization"),
    ("isations", "izations"),
    ("ise", "ize"),
    ("ises", "izes"),
    ("ised", "ized"),
    ("ising", "izing"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("ysing", "yzing"),
    ("our", "or"),
    ("ours", "ors"),
    ("oured", "ored"),
    ("ouring", "oring"),
    ("oural", "oral"),
    ("tre", "ter"),
    ("tres", "ters"),
    ("ogue", "og"),
    ("ogues", "ogs"),
    ("ence", "ense"),
    ("ences", "enses"),
    ("gramme", "gram"),
    ("grammes", "grams"),
    ("lling", "ling"),
    ("lled", "led"),
    ("ller", "ler"),
    ("llor", "lor"),
];

/// The word as an American writes it, near enough for a stem: that of a word which is written in
/// one way only may change as well, as long as its forms change alike.
fn american(word: &str) -> Cow<'_, str> {
    let ending = ENDINGS.iter().find_map(|(british, american)| {
        let start = word.strip_suffix(british)?;
        (start.len() > 2).then(|| format!("{start}{american}"))
    });
    ending.map_or(Cow::Borrowed(word), Cow::Owned)
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
        for (british, american) in [
            ("visualisation", "visualization"),
            ("organise", "organizing"),
            ("labour", "labor"),
            ("centre", "centers"),
            ("licence", "license"),
            ("programme", "programs"),
            ("counsellor", "counselor"),
        ] {
            assert_eq!(stem(british), stem(american));
        }
        for word in ["c++", "c#", ".net", "ci/cd", "ingénieur", "техник"] {
            assert!(!stem(word).is_empty());
        }
    }
}
