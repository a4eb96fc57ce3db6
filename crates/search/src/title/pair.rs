//! Which words of a title fit which words of a name.

use frostem::Stemmer;

use super::{Core, Reading, Title, synonym, typo};

/// Two words with one root, such as `engineer` and `engineering`.
const SAME_ROOT: f64 = 0.8;
/// Stems are compared when so many first letters are equal.
const ROOT_LETTERS: usize = 3;
/// Roots that words for very different things share.
const NO_ROOTS: &[&str] = &["engine", "general", "organ", "universal"];

/// A word that is looked for.
pub(super) struct Wanted<'a> {
    pub(super) core: &'a Core,
    /// Whether any name has this very word.
    pub(super) is_known: bool,
    stem: String,
    near: Vec<(&'static str, f64)>,
}

/// A word of the title and the word of the name that it fits, by place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) wanted: usize,
    pub(super) held: usize,
    pub(super) how: How,
    pub(super) likeness: f64,
}

/// Why two words fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Same,
    Root,
    Synonym,
    Typo,
}

impl<'a> Wanted<'a> {
    /// Prepares a word for looking for it in these names.
    pub(super) fn new(core: &'a Core, names: &[Title], stemmer: Stemmer) -> Self {
        let stem = stemmer.stem(&core.key).into_owned();
        let near = synonym::of(&core.key).collect();
        let is_known = names.iter().any(|name| has(name, &core.key));
        Self {
            core,
            is_known,
            stem,
            near,
        }
    }

    /// How alike this word and one with another key are.
    fn likeness(&self, held: &Core, stemmer: Stemmer) -> Option<(How, f64)> {
        let near = self.near.iter().find(|(key, _)| *key == held.key);
        if let Some((_, likeness)) = near {
            return Some((How::Synonym, *likeness));
        }
        if self.has_root(&held.key, stemmer) {
            return Some((How::Root, SAME_ROOT));
        }
        let slip = (!self.is_known).then(|| typo::likeness(&self.core.key, &held.key));
        slip.flatten().map(|likeness| (How::Typo, likeness))
    }

    fn has_root(&self, held: &str, stemmer: Stemmer) -> bool {
        let wanted = self.core.key.as_str();
        let begin = wanted.bytes().zip(held.bytes()).take_while(|(a, b)| a == b);
        begin.take(ROOT_LETTERS).count() == ROOT_LETTERS
            && !NO_ROOTS.contains(&held)
            && !NO_ROOTS.contains(&wanted)
            && stemmer.stem(held) == self.stem
    }
}

/// Fits words to words, equal ones first; no word fits twice.
pub(super) fn pairs(wanted: &[Wanted<'_>], held: &Reading, stemmer: Stemmer) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (at, word) in wanted.iter().enumerate() {
        let same = free(held, &pairs).find(|(_, core)| core.key == word.core.key);
        let (how, likeness) = (How::Same, 1.0);
        pairs.extend(same.map(|(held, _)| Pair {
            wanted: at,
            held,
            how,
            likeness,
        }));
    }
    for (at, word) in wanted.iter().enumerate() {
        if pairs.iter().any(|pair| pair.wanted == at) {
            continue;
        }
        let like = free(held, &pairs).filter_map(|(held, core)| {
            let (how, likeness) = word.likeness(core, stemmer)?;
            Some(Pair {
                wanted: at,
                held,
                how,
                likeness,
            })
        });
        let best = like.max_by(|a, b| a.likeness.total_cmp(&b.likeness));
        pairs.extend(best);
    }
    pairs.sort_by_key(|pair| pair.wanted);
    pairs
}

/// The words of a name that fit no word yet, with their places.
fn free<'a>(held: &'a Reading, pairs: &'a [Pair]) -> impl Iterator<Item = (usize, &'a Core)> {
    let words = held.words.iter().enumerate();
    words.filter(|(place, _)| pairs.iter().all(|pair| pair.held != *place))
}

fn has(name: &Title, key: &str) -> bool {
    let mut words = name.readings.iter().flat_map(|reading| &reading.words);
    words.any(|word| word.key == key)
}
