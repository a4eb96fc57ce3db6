//! What the vocabulary knows of the words of a query.

use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

use search::query::{Query, Term, Wanted};
use search::stem::stem;
use search::typo;

use super::super::{Reads, Result};
use crate::sql::Sql;

/// Of the words that begin like a prefix so many are ranked by, those that most roles have.
const WORDS_OF_PREFIX: u32 = 100;

/// How many letters longer a form of a word may be.
const ENDING: usize = 3;

/// A word of the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) id: u32,
    pub(super) word: String,
    stem: String,
    /// How many roles have it.
    pub(super) roles: u32,
}

/// For words those that differ from them by a few mistakes, with the number of these.
pub(super) type Typos = HashMap<String, Vec<(Entry, usize)>>;

/// The part of the vocabulary that a query is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    /// How many roles there are.
    pub(super) roles: u32,
    entries: Vec<Entry>,
}

impl Lexicon {
    /// The word itself.
    pub(super) fn word(&self, word: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.word == word)
    }

    /// Other words with the same stem.
    pub(super) fn forms<'l>(&'l self, word: &'l str) -> impl Iterator<Item = &'l Entry> {
        let stem = stem(word);
        let same = move |entry: &&Entry| entry.stem == stem && entry.word != word;
        self.entries.iter().filter(same)
    }

    /// The words with a stem.
    pub(super) fn with_stem<'l>(&'l self, stem: &'l str) -> impl Iterator<Item = &'l Entry> {
        self.entries.iter().filter(move |entry| entry.stem == stem)
    }

    /// Whether no role has the word in any form.
    pub(super) fn lacks(&self, word: &str) -> bool {
        self.word(word).is_none() && self.forms(word).next().is_none()
    }

    /// The words that begin like this.
    pub(super) fn beginning<'l>(&'l self, prefix: &'l str) -> impl Iterator<Item = &'l Entry> {
        let begins = move |entry: &&Entry| entry.word.starts_with(prefix);
        self.entries.iter().filter(begins)
    }

    /// Joins what was looked up later.
    pub(super) fn join(&mut self, other: Self) {
        self.extend(other.entries);
    }

    /// Adds words that are not there yet.
    fn extend(&mut self, entries: impl IntoIterator<Item = Entry>) {
        let mut known: BTreeSet<u32> = self.entries.iter().map(|entry| entry.id).collect();
        let new = entries.into_iter().filter(|entry| known.insert(entry.id));
        self.entries.extend(new);
    }
}

/// What the vocabulary is asked for.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// Words as they are spelt.
    pub(super) words: BTreeSet<String>,
    /// Words with these stems.
    pub(super) stems: BTreeSet<String>,
    /// Words that begin like this.
    pub(super) prefixes: BTreeSet<String>,
}

impl Asked {
    /// The words that a query wants, and other forms of them.
    pub(super) fn of(query: &Query) -> Self {
        let mut asked = Self::default();
        for term in query.wanted() {
            asked.add(term);
        }
        asked
    }

    fn add(&mut self, term: &Term) {
        match &term.wanted {
            Wanted::Word { text, parts } => {
                self.words.insert(text.clone());
                self.words.extend(parts.iter().cloned());
                self.stems.insert(stem(text));
            }
            Wanted::Phrase { words, names } => {
                self.words.extend(words.iter().chain(names).cloned());
            }
            Wanted::Prefix(prefix) => {
                self.prefixes.insert(prefix.clone());
            }
        }
    }
}

impl Reads {
    /// What the vocabulary knows.
    pub(super) async fn look_up(&self, asked: &Asked) -> Result<Lexicon> {
        let answer = self.answer(|sql| write_asked(sql, asked)).await?;
        let mut lexicon = Lexicon::default();
        for entry in entries(&answer.rows) {
            if entry.id == 0 {
                lexicon.roles = entry.roles;
            } else {
                lexicon.extend([entry]);
            }
        }
        Ok(lexicon)
    }

    /// For each word those of the vocabulary that differ from it by as many mistakes as are
    /// allowed, with their number; one statement for all of them.
    pub(super) async fn misspelt<'w>(&self, words: impl Iterator<Item = &'w str>) -> Result<Typos> {
        let words: Vec<Written<'_>> = words.filter_map(Written::of).collect();
        let Some(lengths) = lengths(&words) else {
            return Ok(Typos::default());
        };
        let answer = self.answer(|sql| write_alike(sql, &lengths)).await?;
        let mut found = Typos::default();
        for entry in entries(&answer.rows) {
            for written in &words {
                if let Some(mistakes) = written.mistakes(&entry) {
                    let near = found.entry(written.word.to_owned()).or_default();
                    near.push((entry.clone(), mistakes));
                }
            }
        }
        Ok(found)
    }
}

/// A word in which mistakes are forgiven.
struct Written<'w> {
    word: &'w str,
    stem: String,
    allowed: usize,
}

impl<'w> Written<'w> {
    fn of(word: &'w str) -> Option<Self> {
        let allowed = typo::allowed(word);
        (allowed > 0).then(|| Self {
            word,
            stem: stem(word),
            allowed,
        })
    }

    /// How many mistakes make the word another one, or a form of it.
    fn mistakes(&self, entry: &Entry) -> Option<usize> {
        let mistakes = typo::distance(self.word, &entry.word, self.allowed)
            .or_else(|| typo::distance(&self.stem, &entry.stem, self.allowed))?;
        (mistakes > 0).then_some(mistakes)
    }

    /// The lengths that such words have.
    fn lengths(&self) -> RangeInclusive<usize> {
        let length = self.word.chars().count();
        length.saturating_sub(self.allowed)..=length + self.allowed + ENDING
    }
}

/// The lengths that words near some of these have; nothing without any.
fn lengths(words: &[Written<'_>]) -> Option<RangeInclusive<usize>> {
    let lengths = words.iter().map(Written::lengths);
    lengths.reduce(|all, one| *all.start().min(one.start())..=*all.end().max(one.end()))
}

/// Writes the statement for the number of roles, and for words.
pub(super) fn write_asked(sql: &mut Sql, asked: &Asked) {
    sql.push("SELECT CAST(0 AS BIGINT), '', '', roles FROM search_state");
    if !asked.words.is_empty() {
        select_words(sql, "word", &asked.words);
    }
    if !asked.stems.is_empty() {
        select_words(sql, "stem", &asked.stems);
    }
    for prefix in &asked.prefixes {
        select_beginning(sql, prefix);
    }
}

/// Writes the statement for words of some lengths.
pub(super) fn write_alike(sql: &mut Sql, lengths: &RangeInclusive<usize>) {
    let bound = |length: &usize| i64::try_from(*length).unwrap_or(i64::MAX);
    sql.push("SELECT id, word, stem, roles FROM search_word WHERE LENGTH(word) BETWEEN ");
    sql.bind(bound(lengths.start()));
    sql.push(" AND ");
    sql.bind(bound(lengths.end()));
    sql.push(" AND roles > 0");
}

fn select_words(sql: &mut Sql, column: &str, texts: &BTreeSet<String>) {
    sql.push(&format!(
        " UNION ALL SELECT id, word, stem, roles FROM search_word WHERE {column} IN ("
    ));
    sql.bind_all(texts.iter().map(String::as_str));
    sql.push(") AND roles > 0");
}

fn select_beginning(sql: &mut Sql, prefix: &str) {
    sql.push(
        " UNION ALL SELECT id, word, stem, roles FROM (SELECT id, word, stem, roles \
         FROM search_word WHERE word >= ",
    );
    sql.bind(prefix);
    sql.push(" AND word < ");
    sql.bind(format!("{prefix}{}", char::MAX));
    sql.push(&format!(
        " AND roles > 0 ORDER BY roles DESC, word LIMIT {WORDS_OF_PREFIX}) AS beginning"
    ));
}

fn entries(rows: &crate::engine::Rows) -> impl Iterator<Item = Entry> {
    rows.iter().filter_map(|row| {
        Some(Entry {
            id: row.integer(0)?.try_into().ok()?,
            word: row.text(1)?.to_owned(),
            stem: row.text(2)?.to_owned(),
            roles: row.integer(3)?.try_into().ok()?,
        })
    })
}
