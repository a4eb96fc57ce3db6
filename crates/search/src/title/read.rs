//! Reads a title: parts, decorations, seniority, then the ways to understand the words left.

use std::ops::Range;

use super::level::{self, Level, Rank};
use super::part::{self, Kind, Part, Sign, Token};
use super::{Core, MAX_WORDS, Reading, Role, Title};
use super::{abbreviation, form, gender, head, occupation, strip};
use crate::word::Words;

/// A title is understood in at most so many ways.
const MAX_READINGS: usize = 6;

/// A word that may have come from an abbreviation.
#[derive(Clone, Debug)]
struct Meant {
    text: String,
    short: Option<String>,
}

/// Reads a title that has these words.
pub(super) fn title(text: &str, words: Words) -> Title {
    let whole: Vec<&str> = words.plain.iter().map(|word| word.text.as_str()).collect();
    let whole = whole.join(" ");
    let mut parts = part::parts(text, words);
    parts.iter_mut().for_each(join);
    let mut decorations = strip::decorations(text, &mut parts);
    let levels = levels(text, &mut parts);
    let (main, asides) = main(text, parts, &mut decorations);
    let (readings, meanings) = readings(&main, asides);
    Title {
        text: whole,
        readings,
        meanings,
        levels,
        decorations,
    }
}

/// Joins what is written as one word as well, and drops the endings of other genders.
fn join(part: &mut Part) {
    let mut joined: Vec<Token> = Vec::with_capacity(part.tokens.len());
    for token in part.tokens.drain(..).take(MAX_WORDS) {
        match joined.last_mut() {
            Some(last) if adds_gender(last, &token) => {}
            Some(last) => match form::compound(&last.text, &token.text) {
                Some(one) => {
                    last.text = one.to_owned();
                    last.span.end = token.span.end;
                }
                None => joined.push(token),
            },
            None => joined.push(token),
        }
    }
    part.tokens = joined;
}

/// Whether a word only makes the one before name another gender.
fn adds_gender(before: &Token, token: &Token) -> bool {
    let long = before.text.len() > 2;
    let fits = token.text.len() > 1 || before.text.ends_with('e');
    let signed = matches!(token.sign, Sign::Slash | Sign::Inside);
    signed && long && fits && gender::ADDED.contains(&token.text.as_str())
}

/// Takes the seniority words off, unless nothing else would be left.
fn levels(text: &str, parts: &mut Vec<Part>) -> Vec<Level> {
    let mut levels = Vec::new();
    let mut left = parts.clone();
    for part in &mut left {
        let found = ranked(part);
        let mut marked = vec![false; part.tokens.len()];
        for (at, rank) in &found {
            let words = part.tokens.get(at.clone()).unwrap_or_default();
            marked
                .iter_mut()
                .skip(at.start)
                .take(at.len())
                .for_each(|mark| *mark = true);
            let span = words.first().zip(words.last());
            let span = span.map(|(first, last)| first.span.start..last.span.end);
            let text = span
                .and_then(|span| text.get(span))
                .unwrap_or_default()
                .to_owned();
            levels.push(Level { text, rank: *rank });
        }
        strip::take(text, part, &marked);
    }
    left.retain(|part| !part.tokens.is_empty());
    if left.is_empty() {
        levels.clear();
    } else {
        *parts = left;
    }
    levels
}

/// Where the seniority words of a part stand.
fn ranked(part: &Part) -> Vec<(Range<usize>, Rank)> {
    let words = part.texts();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(ahead) = words.get(at..).filter(|ahead| !ahead.is_empty()) {
        let is_last = ahead.len() == 1;
        let numeral = is_last && (at > found.len() || part.kind != Kind::First);
        let always = level::always(ahead);
        let before = ahead.split_first().and_then(|(word, rest)| {
            let rank = level::before(word)?;
            names_occupation(word, rest).then_some((1, rank))
        });
        let grade = words
            .get(at)
            .filter(|_| numeral)
            .and_then(|word| level::grade(word));
        let length = match always.or(before).or(grade.map(|rank| (1, rank))) {
            Some((length, rank)) => {
                found.push((at..at + length, rank));
                length
            }
            None => 1,
        };
        at += length;
    }
    found
}

/// Whether words behind one that may be about seniority name an occupation.
fn names_occupation(word: &str, behind: &[&str]) -> bool {
    let mut ahead = behind.iter().take_while(|word| !head::is_preposition(word));
    let officer = word == "chief" && behind.iter().any(|word| word.starts_with("officer"));
    !officer
        && ahead.any(|word| {
            let meant = abbreviation::meanings(word, true, false).first();
            let last = meant.and_then(|phrase| phrase.rsplit(' ').next());
            level::before(word).is_none()
                && occupation::is_occupation(&form::key(last.unwrap_or(word)))
        })
}

/// Chooses the part that names the occupation; what stands behind an at sign is no part of it.
fn main(text: &str, mut parts: Vec<Part>, decorations: &mut Vec<String>) -> (Part, Vec<Part>) {
    let named = parts.iter().position(|part| {
        let names = |token: &Token| names_occupation("", &[&token.text]);
        part.kind != Kind::At && part.tokens.iter().any(names)
    });
    let other = || parts.iter().position(|part| part.kind != Kind::At);
    let at = named.or_else(other).unwrap_or_default();
    if parts.is_empty() {
        let kind = Kind::First;
        return (
            Part {
                kind,
                tokens: Vec::new(),
            },
            parts,
        );
    }
    let main = parts.remove(at);
    for part in parts.iter_mut().filter(|part| part.kind == Kind::At) {
        let all = vec![true; part.tokens.len()];
        decorations.extend(strip::take(text, part, &all));
    }
    parts.retain(|part| part.kind != Kind::At);
    (main, parts)
}

/// The ways to understand a title, and how many meanings its abbreviations leave open.
fn readings(main: &Part, asides: Vec<Part>) -> (Vec<Reading>, usize) {
    let mut told = Vec::new();
    let mut added = Vec::new();
    for aside in asides {
        if aside.kind == Kind::Bracket && tells_again(main, &aside) {
            told.push(aside);
        } else {
            added.push(aside);
        }
    }
    let mut readings = Vec::new();
    for words in meant(main) {
        let mut asides = added
            .iter()
            .filter_map(|aside| meant(aside).into_iter().next());
        let asides: Vec<Meant> = asides.by_ref().flatten().collect();
        readings.push(reading(words, asides));
    }
    let meanings = readings.len();
    for aside in told {
        readings.extend(
            meant(&aside)
                .into_iter()
                .map(|words| reading(words, Vec::new())),
        );
    }
    readings.retain(|reading| !reading.words.is_empty());
    (readings, meanings)
}

/// Whether a bracket says the title once more: with the same last word, or as initials.
fn tells_again(main: &Part, aside: &Part) -> bool {
    let initials: String = main
        .tokens
        .iter()
        .filter_map(|token| token.text.chars().next())
        .collect();
    if let [token] = aside.tokens.as_slice()
        && (initials == token.text)
    {
        return true;
    }
    let last = |part: &Part| {
        let words = meant(part).into_iter().next()?;
        Some(form::key(&words.last()?.text))
    };
    aside.tokens.len() > 1 && last(main) == last(aside)
}

/// What the words of a part may mean, likeliest first.
fn meant(part: &Part) -> Vec<Vec<Meant>> {
    let mut ways = vec![Vec::new()];
    for (at, token) in part.tokens.iter().enumerate() {
        let next = part.tokens.get(at + 1);
        let is_last = next.is_none_or(|next| head::is_preposition(&next.text));
        let meanings = abbreviation::meanings(&token.text, is_last, token.is_capital);
        let mut longer = Vec::with_capacity(ways.len());
        for way in &ways {
            for words in phrases(token, meanings) {
                let mut way: Vec<Meant> = way.clone();
                way.extend(words);
                longer.push(way);
            }
        }
        longer.truncate(MAX_READINGS);
        ways = longer;
    }
    ways
}

fn phrases(token: &Token, meanings: &[&str]) -> Vec<Vec<Meant>> {
    let meant = |text: &str, short| Meant {
        text: text.to_owned(),
        short,
    };
    if meanings.is_empty() {
        return vec![vec![meant(&token.text, None)]];
    }
    let words = |phrase: &&str| {
        let words = phrase.split(' ');
        words
            .map(|word| meant(word, Some(token.text.clone())))
            .collect()
    };
    meanings.iter().map(words).collect()
}

/// Gives each word its key and its role.
fn reading(main: Vec<Meant>, asides: Vec<Meant>) -> Reading {
    let keys: Vec<String> = main.iter().map(|word| form::key(&word.text)).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let head = head::position(&keys);
    let mut behind = false;
    let mut words: Vec<Core> = Vec::with_capacity(main.len() + asides.len());
    for (at, word) in main.into_iter().enumerate() {
        behind |= at > 0 && head::is_preposition(&word.text);
        let role = match head {
            Some(head) if head == at => Role::Head,
            Some(head) if head < at && !behind => Role::Trailing,
            _ => Role::Plain,
        };
        push(&mut words, word, role);
    }
    for word in asides {
        push(&mut words, word, Role::Aside);
    }
    Reading { words }
}

/// Adds a word, unless it says nothing or the same as the one before.
fn push(words: &mut Vec<Core>, word: Meant, role: Role) {
    let Meant { text, short } = word;
    let empty = head::is_empty(&text) && short.is_none();
    let key = form::key(&text);
    let repeated = words.last().is_some_and(|last| last.key == key);
    if words.len() < MAX_WORDS && !empty && !repeated {
        words.push(Core {
            text,
            key,
            short,
            role,
        });
    } else if repeated
        && role == Role::Head
        && let Some(last) = words.last_mut()
    {
        last.role = role;
    }
}
