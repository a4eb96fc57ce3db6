//! Fragments of a text with what was found in it.
//!
//! A fragment is one line that may be put into HTML and into Markdown as it is. What was found
//! stands between `<mark>` and `</mark>`. Other signs that have a meaning in one of the two, where
//! they have it, are numeric character references, which both read as the signs themselves.

mod cut;
mod escape;
mod line;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::word::{Word, Words};

/// What is looked for, folded as [`Words`] are; what is empty is not looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// Plain words.
    pub words: BTreeSet<String>,
    /// Names.
    pub names: BTreeSet<String>,
    /// Beginnings of plain words.
    pub prefixes: BTreeSet<String>,
    /// Plain words that follow each other.
    pub phrases: BTreeSet<Vec<String>>,
}

/// Finds and marks what is looked for.
#[derive(Clone, Debug)]
pub struct Marker {
    words: BTreeMap<String, Key>,
    names: BTreeMap<String, Key>,
    prefixes: Vec<(String, Key)>,
    phrases: Vec<(Vec<String>, Key)>,
}

/// Which of the things that are looked for.
type Key = usize;

/// A place where something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    /// The bytes of the text.
    span: Range<usize>,
    /// All that was found there.
    keys: Vec<Key>,
}

impl Marker {
    /// A marker of everything that is looked for.
    #[must_use]
    pub fn new(sought: Sought) -> Self {
        let Sought {
            words,
            names,
            mut prefixes,
            mut phrases,
        } = sought;
        prefixes.remove("");
        phrases.remove(&Vec::new());
        let mut keys = 0..Key::MAX;
        Self {
            words: words.into_iter().zip(keys.by_ref()).collect(),
            names: names.into_iter().zip(keys.by_ref()).collect(),
            prefixes: prefixes.into_iter().zip(keys.by_ref()).collect(),
            phrases: phrases.into_iter().zip(keys).collect(),
        }
    }

    /// Whether a text has anything that is looked for.
    #[must_use]
    pub fn finds(&self, text: &str) -> bool {
        !self.found(&line::of(text)).is_empty()
    }

    /// At most so many fragments of at most so many characters of a text, in its order.
    ///
    /// They show as many different things that are looked for as they can, and none when nothing is
    /// found. They begin and end at the borders of words, with `…` where something is left out,
    /// which does not count. Signs for other directions of writing are left out, too.
    #[must_use]
    pub fn fragments(&self, text: &str, most: usize, chars: usize) -> Vec<String> {
        let line = line::of(text);
        let found = self.found(&line);
        let pieces = cut::pieces(&line, &found, most, chars).into_iter();
        pieces
            .map(|piece| escape::marked(&line, piece, &found))
            .collect()
    }

    fn found(&self, line: &str) -> Vec<Found> {
        let Words { plain, names } = Words::of(line);
        let mut found: Vec<Found> = plain.iter().filter_map(|word| self.word(word)).collect();
        found.extend(names.iter().filter_map(|name| self.name(name)));
        for (phrase, key) in &self.phrases {
            let places = plain.windows(phrase.len());
            let places = places.filter(|words| words.iter().map(|word| &word.text).eq(phrase));
            found.extend(places.filter_map(|words| {
                let (first, last) = (words.first()?, words.last()?);
                let span = first.span.start..last.span.end;
                let keys = vec![*key];
                Some(Found { span, keys })
            }));
        }
        for Found { span, .. } in &mut found {
            span.start = line::without_marks_before(line, span);
        }
        joined(found)
    }

    fn word(&self, word: &Word) -> Option<Found> {
        let begun = self.prefixes.iter();
        let begun = begun.filter(|(prefix, _)| word.text.starts_with(prefix.as_str()));
        let prefixes = begun.map(|(_, key)| *key);
        let keys: Vec<Key> = self
            .words
            .get(&word.text)
            .copied()
            .into_iter()
            .chain(prefixes)
            .collect();
        let span = word.span.clone();
        (!keys.is_empty()).then_some(Found { span, keys })
    }

    fn name(&self, name: &Word) -> Option<Found> {
        let keys = vec![*self.names.get(&name.text)?];
        let span = name.span.clone();
        Some(Found { span, keys })
    }
}

/// Places in order, with those that overlap as one.
fn joined(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|place| (place.span.start, place.span.end));
    let mut joined: Vec<Found> = Vec::with_capacity(found.len());
    for place in found {
        match joined.last_mut() {
            Some(last) if place.span.start < last.span.end => {
                last.span.end = last.span.end.max(place.span.end);
                last.keys.extend(place.keys);
            }
            _ => joined.push(place),
        }
    }
    joined
}

#[cfg(test)]
mod tests;
