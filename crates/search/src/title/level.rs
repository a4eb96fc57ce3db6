//! Words that say how far somebody has come and not what they do.

/// How far somebody has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// Somebody who tries the work out, mostly as a student.
    Intern,
    /// Somebody who learns the work, with or without a contract of apprenticeship.
    Trainee,
    /// Somebody at the beginning, also called entry level or graduate.
    Junior,
    /// Somebody below full membership.
    Associate,
    /// Somebody between junior and senior.
    Mid,
    /// Somebody with experience.
    Senior,
    /// A full member of the staff; in technology a rank above senior.
    Staff,
    /// Somebody who leads the work of others.
    Lead,
    /// The highest rank of those who lead nobody.
    Principal,
    /// The head of a department.
    Head,
    /// Somebody at the top of an organisation.
    Chief,
    /// A number, as in `Engineer II` or `Level 3`.
    Grade(u8),
}

/// A seniority word of a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// The words as they stand in the title.
    pub text: String,
    /// What they mean.
    pub rank: Rank,
}

/// Phrases that are always about seniority; sorted.
const ALWAYS: &[(&[&str], Rank)] = &[
    (&["apprentice"], Rank::Trainee),
    (&["apprenticeship"], Rank::Trainee),
    (&["early", "career"], Rank::Junior),
    (&["entry", "level"], Rank::Junior),
    (&["experienced"], Rank::Senior),
    (&["graduate"], Rank::Junior),
    (&["intermediate"], Rank::Mid),
    (&["intern"], Rank::Intern),
    (&["interns"], Rank::Intern),
    (&["internship"], Rank::Intern),
    (&["internships"], Rank::Intern),
    (&["jnr"], Rank::Junior),
    (&["jr"], Rank::Junior),
    (&["junior"], Rank::Junior),
    (&["juniors"], Rank::Junior),
    (&["mid"], Rank::Mid),
    (&["mid", "career"], Rank::Mid),
    (&["mid", "level"], Rank::Mid),
    (&["mid", "senior"], Rank::Senior),
    (&["midlevel"], Rank::Mid),
    (&["new", "grad"], Rank::Junior),
    (&["new", "graduate"], Rank::Junior),
    (&["newly", "qualified"], Rank::Junior),
    (&["senior"], Rank::Senior),
    (&["senior", "level"], Rank::Senior),
    (&["seniors"], Rank::Senior),
    (&["snr"], Rank::Senior),
    (&["sr"], Rank::Senior),
    (&["trainee"], Rank::Trainee),
    (&["trainees"], Rank::Trainee),
    (&["working", "student"], Rank::Intern),
];

/// Words that are about seniority before the name of an occupation.
const BEFORE: &[(&str, Rank)] = &[
    ("assoc", Rank::Associate),
    ("associate", Rank::Associate),
    ("chief", Rank::Chief),
    ("head", Rank::Head),
    ("lead", Rank::Lead),
    ("leading", Rank::Lead),
    ("principal", Rank::Principal),
    ("staff", Rank::Staff),
];

const NUMERALS: &[(&str, u8)] = &[
    ("1", 1),
    ("2", 2),
    ("3", 3),
    ("4", 4),
    ("5", 5),
    ("i", 1),
    ("ii", 2),
    ("iii", 3),
    ("iv", 4),
    ("v", 5),
];

const COUNTED: &[&str] = &["band", "grade", "level", "lvl", "tier"];

/// How many of the first words are about seniority in any place, and what they mean.
pub(super) fn always(words: &[&str]) -> Option<(usize, Rank)> {
    if let [counted, numeral, ..] = words
        && COUNTED.contains(counted)
        && let Some(rank) = grade(numeral)
    {
        return Some((2, rank));
    }
    let first = words.first()?;
    let from = ALWAYS.partition_point(|(phrase, _)| phrase.first() < Some(first));
    let same_start = ALWAYS.iter().skip(from);
    let same_start = same_start.take_while(|(phrase, _)| phrase.first() == Some(first));
    let fitting = same_start.filter(|(phrase, _)| words.starts_with(phrase));
    let (phrase, rank) = fitting.max_by_key(|(phrase, _)| phrase.len())?;
    Some((phrase.len(), *rank))
}

/// What a word means before the name of an occupation.
pub(super) fn before(word: &str) -> Option<Rank> {
    let found = BEFORE.iter().find(|(before, _)| *before == word);
    found.map(|(_, rank)| *rank)
}

/// What a number at the end of a title means.
pub(super) fn grade(word: &str) -> Option<Rank> {
    let found = NUMERALS.iter().find(|(numeral, _)| *numeral == word);
    found.map(|(_, number)| Rank::Grade(*number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(ALWAYS.is_sorted_by_key(|(phrase, _)| phrase));
    }

    #[test]
    fn the_longest_phrase_counts() {
        assert_eq!(always(&["mid", "level", "nurse"]), Some((2, Rank::Mid)));
        assert_eq!(always(&["tier", "2", "support"]), Some((2, Rank::Grade(2))));
        assert_eq!(always(&["nurse"]), None);
        assert_eq!(before("staff"), Some(Rank::Staff));
        assert_eq!(grade("iii"), Some(Rank::Grade(3)));
    }
}
