//! What else the words of a query may stand for, for when few roles have the words themselves.

use std::collections::BTreeSet;

use ::search::query::{Query, Wanted};
use ::search::stem::stem;
use ::search::{synonym, title};

use super::super::{Reads, Result};
use super::lexicon::{Asked, Lexicon, Typos};

/// The least letters of a word that is part of another one.
const SHORTEST_PART: usize = 3;
/// The least letters of what a longer word may begin with.
const SHORTEST_BEGINNING: usize = 4;

/// What else the words of a query may stand for.
#[derive(Debug, Default)]
pub(super) struct Others {
    /// Words that no role has in any form.
    pub(super) unknown: BTreeSet<String>,
    /// What these may have been meant to be.
    pub(super) typos: Typos,
}

impl Others {
    /// The words that a word is made of, when no role has it: those between the signs of a name, or
    /// two halves; none when it may be mistyped.
    pub(super) fn parts(&self, word: &str, parts: &[String], lexicon: &Lexicon) -> Vec<String> {
        if !self.unknown.contains(word) {
            return Vec::new();
        }
        let mistyped = self.typos.get(word).is_some_and(|typos| !typos.is_empty());
        if !parts.is_empty() || mistyped {
            return parts.to_vec();
        }
        let known =
            halves(word).filter(|(first, second)| !lexicon.lacks(first) && !lexicon.lacks(second));
        // Both halves say something when neither is short.
        let best = known.max_by_key(|(first, second)| first.len().min(second.len()));
        best.map(|(first, second)| vec![first.to_owned(), second.to_owned()])
            .unwrap_or_default()
    }
}

impl Reads {
    /// What else the words of a query may stand for, with what the vocabulary knows of that.
    pub(super) async fn others(
        &self,
        query: &Query,
        lexicon: &Lexicon,
    ) -> Result<(Others, Lexicon)> {
        let words: Vec<&str> = soft_words(query).collect();
        let unknown = words.iter().filter(|word| lexicon.lacks(word));
        let unknown: BTreeSet<String> = unknown.map(|word| (*word).to_owned()).collect();
        let mut asked = Asked::default();
        for word in &words {
            asked
                .stems
                .extend(synonym::of(&stem(word)).map(str::to_owned));
            let long = written_out(word).flatten();
            asked.words.extend(long);
        }
        for word in &unknown {
            let halves = halves(word).flat_map(|(first, second)| [first, second]);
            asked.stems.extend(halves.map(stem));
            if word.chars().count() >= SHORTEST_BEGINNING {
                asked.prefixes.insert(word.clone());
            }
        }
        let mut known = lexicon.clone();
        known.join(self.look_up(&asked).await?);
        let typos = self.misspelt(unknown.iter().map(String::as_str)).await?;
        Ok((Others { unknown, typos }, known))
    }
}

/// The words of a query that others may stand for.
pub(super) fn soft_words(query: &Query) -> impl Iterator<Item = &str> {
    query.wanted().filter_map(|term| match &term.wanted {
        Wanted::Word { text, .. } => Some(text.as_str()),
        Wanted::Phrase { .. } | Wanted::Prefix(_) => None,
    })
}

/// What a word is short for, as words.
pub(super) fn written_out(word: &str) -> impl Iterator<Item = Vec<String>> {
    title::written_out(word).map(|long| long.split(' ').map(str::to_owned).collect())
}

fn halves(word: &str) -> impl Iterator<Item = (&str, &str)> {
    let places = word.char_indices().map(|(at, _)| at);
    let halves = places.filter_map(|at| word.split_at_checked(at));
    halves.filter(|(first, second)| first.len().min(second.len()) >= SHORTEST_PART)
}
