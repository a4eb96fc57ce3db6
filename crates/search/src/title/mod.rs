//! Job titles as people write them, and the titles of a catalogue that they mean.
//!
//! [`Title::of`] reads a title: its core words, its seniority and what only decorates it.
//! [`Title::lookup`] says which words to look for in a catalogue, and [`resolve`] ranks the names
//! found there, with reasons and a confidence that adds up to at most one.

mod abbreviation;
mod compare;
mod decoration;
mod form;
mod gender;
mod head;
mod level;
mod occupation;
mod pair;
mod part;
mod place;
mod read;
mod reason;
mod resolve;
mod strip;
mod synonym;
mod typo;

use std::collections::BTreeSet;

use crate::word::Words;

pub use level::{Level, Rank};
pub use reason::Reason;
pub use resolve::{Candidate, MatchKind, Name, NameKind, THRESHOLD, resolve};

/// Longer titles are cut to so many characters.
pub const MAX_TITLE_CHARS: usize = 300;
/// Of longer titles only so many words are compared.
const MAX_WORDS: usize = 16;

/// What a folded word may be short for.
pub fn written_out(word: &str) -> impl Iterator<Item = &'static str> {
    abbreviation::written_out(word)
}

/// A job title that has been read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Title {
    text: String,
    readings: Vec<Reading>,
    meanings: usize,
    levels: Vec<Level>,
    decorations: Vec<String>,
}

/// A core word of a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Core {
    /// The folded word as it is written, or a word of what an abbreviation stands for.
    pub text: String,
    /// The word without number, gender and variants of spelling; equal keys mean the same.
    pub key: String,
    /// The abbreviation that this word is a part of the meaning of.
    pub short: Option<String>,
    role: Role,
}

/// What a word does in its title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// It names the occupation.
    Head,
    /// It says more about the occupation.
    Plain,
    /// It stands at the end where the occupation is expected, and is none.
    Trailing,
    /// It stands in brackets or behind a comma, dash or bar.
    Aside,
}

/// One way to understand a title.
#[derive(Clone, Debug, Default, PartialEq)]
struct Reading {
    words: Vec<Core>,
}

impl Title {
    /// Reads a title.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let end = text.char_indices().nth(MAX_TITLE_CHARS).map(|(at, _)| at);
        let text = end.and_then(|end| text.get(..end)).unwrap_or(text);
        read::title(text, Words::of(text))
    }

    /// The core words in order, in the likeliest of the ways to understand them.
    #[must_use]
    pub fn words(&self) -> &[Core] {
        self.readings.first().map_or(&[], |reading| &reading.words)
    }

    /// The seniority words.
    #[must_use]
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// What was left out, as it is written: brackets, places, working hours, pay, numbers.
    #[must_use]
    pub fn decorations(&self) -> &[String] {
        &self.decorations
    }

    /// For each core word the folded words that a catalogue may hold it under: as written, in
    /// singular and plural, in other spellings and genders, written out or short, and synonyms.
    #[must_use]
    pub fn lookup(&self) -> Vec<Vec<String>> {
        let mut seen = BTreeSet::new();
        let words = self.readings.iter().flat_map(|reading| &reading.words);
        let fresh = words.filter(|word| seen.insert(word.key.clone()));
        fresh.map(|word| self.forms(word)).collect()
    }

    fn forms(&self, word: &Core) -> Vec<String> {
        let mut forms = BTreeSet::from([word.text.clone(), word.key.clone()]);
        forms.extend(word.short.clone());
        forms.insert(form::singular(&word.text));
        forms.extend(form::ways(&word.key));
        forms.insert(form::plural(&word.key));
        forms.extend(synonym::of(&word.key).map(|(key, _)| key.to_owned()));
        forms.extend(form::doers(&word.key));
        forms.extend(self.shorts_with(word));
        forms.into_iter().filter(|form| !form.is_empty()).collect()
    }

    /// The short forms of runs of words that begin with this one.
    fn shorts_with(&self, word: &Core) -> BTreeSet<String> {
        let mut shorts = BTreeSet::new();
        for Reading { words } in &self.readings {
            let from = words.iter().position(|other| other.key == word.key);
            let run = words.get(from.unwrap_or(words.len())..).unwrap_or_default();
            let (mut texts, mut keys) = (String::new(), String::new());
            for Core { text, key, .. } in run {
                texts.push_str(text);
                keys.push_str(key);
                let found = abbreviation::shorts(&texts).into_iter();
                let found = found.chain(abbreviation::shorts(&keys));
                shorts.extend(found.map(str::to_owned));
                texts.push(' ');
                keys.push(' ');
            }
        }
        shorts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        let title = Title::of(text);
        title.words().iter().map(|word| word.key.clone()).collect()
    }

    #[test]
    fn decorations_are_taken_off() {
        for text in [
            "Software Engineer",
            "Senior Software Engineer (m/w/d)",
            "Software Engineer (f/m/x) - Remote",
            "[Remote] Software Engineers | Berlin",
            "Software Engineer II - Boise, ID",
            "Full-time Software Engineer in New York",
            "REQ-12345: Software Engineer $85k - $110k per year",
            "URGENTLY HIRING!!! Software Engineer 🚀 #4821",
            "Engineer, Software @ Initech",
            "Software Engineer/in, Vollzeit",
            "Jr. SWE (all genders, hybrid)",
        ] {
            let mut found = keys(text);
            found.sort_unstable();
            assert_eq!(found, ["engineer", "software"], "{text}");
        }
    }

    #[test]
    fn what_is_taken_off_is_kept_beside() {
        let title = Title::of("Sr. Nurse II (m/w/d) - Remote, Ref. 4711");
        let levels: Vec<Rank> = title.levels().iter().map(|level| level.rank).collect();
        assert_eq!(levels, [Rank::Senior, Rank::Grade(2)]);
        assert_eq!(title.decorations(), ["m/w/d", "Remote", "Ref. 4711"]);
    }

    #[test]
    fn words_of_occupations_stay() {
        for (text, words) in [
            ("Head Cook", vec!["cook"]),
            ("Head of Marketing", vec!["head", "marketing"]),
            ("Sales Associate", vec!["sale", "associate"]),
            ("Director", vec!["director"]),
            ("Intern", vec!["intern"]),
            ("Contract Manager", vec!["contract", "manager"]),
            ("Job Coach", vec!["job", "coach"]),
            ("Waiter/Waitress", vec!["waiter"]),
            ("Salesman/woman", vec!["salesperson"]),
            ("Entwickler*in", vec!["entwickler"]),
            (
                "UI/UX Designer",
                vec!["user", "interface", "user", "experience", "designer"],
            ),
            ("C++ Developer", vec!["c++", "developer"]),
            (
                "Data Scientist Python/R",
                vec!["data", "scientist", "python", "r"],
            ),
            ("911 Operator", vec!["911", "operator"]),
            ("Front End Developer", vec!["frontend", "developer"]),
        ] {
            assert_eq!(keys(text), words, "{text}");
        }
    }

    #[test]
    fn a_lookup_has_the_forms_of_each_word() {
        let lookup = Title::of("Registered Nurses").lookup();
        assert_eq!(lookup.len(), 2);
        assert!(lookup[0].contains(&"rn".to_owned()));
        assert!(lookup[1].contains(&"nurse".to_owned()));
        assert!(lookup[1].contains(&"nurses".to_owned()));
        let lookup = Title::of("Saleswoman").lookup();
        assert!(lookup[0].contains(&"salesman".to_owned()));
        let lookup = Title::of("RN").lookup().concat();
        assert!(lookup.contains(&"rn".to_owned()) && lookup.contains(&"registered".to_owned()));
    }

    #[test]
    fn an_abbreviation_may_leave_several_meanings() {
        assert_eq!(Title::of("PM").readings.len(), 2);
        assert_eq!(
            Title::of("Certified Nursing Assistant (CNA)")
                .readings
                .len(),
            2
        );
        assert_eq!(Title::of("Nurse").readings.len(), 1);
        assert!(Title::of("").readings.is_empty());
    }
}
