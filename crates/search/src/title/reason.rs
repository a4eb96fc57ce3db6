//! Why a name is a candidate, in words.

use std::fmt;

use super::compare::{Fit, Grade};
use super::pair::How;
use super::{Core, Title, form};

/// A reason for a candidate or for a doubt about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The title and the name are equal apart from letter case and signs.
    SameText,
    /// They have the same words.
    SameWords,
    /// The words stand in another order.
    WordOrder,
    /// A word differs in number only.
    Plural {
        /// The word of the title.
        from: String,
        /// The word of the name.
        to: String,
    },
    /// A word differs in the gender it names only.
    Gender {
        /// The word of the title.
        from: String,
        /// The word of the name.
        to: String,
    },
    /// A word is spelled in another way.
    Spelling {
        /// The word of the title.
        from: String,
        /// The word of the name.
        to: String,
    },
    /// A short form was written out.
    Expanded {
        /// The short form.
        from: String,
        /// What it stands for.
        to: String,
    },
    /// Two words have one root.
    Root {
        /// The word of the title.
        from: String,
        /// The word of the name.
        to: String,
    },
    /// Two words mean much the same.
    Synonym {
        /// The word of the title.
        from: String,
        /// The word of the name.
        to: String,
    },
    /// A word looks like a slip.
    Typo {
        /// The word of the title.
        from: String,
        /// The word of the name.
        to: String,
    },
    /// The name lacks a word of the title.
    WordMissing(String),
    /// The name has a word that the title lacks.
    WordExtra(String),
    /// The title and the name say the same seniority.
    SenioritySame(String),
    /// The title says a seniority that the name does not.
    SeniorityIgnored(String),
    /// The name says a seniority that the title does not.
    SeniorityExtra(String),
    /// Something beside the title was left out.
    DecorationIgnored(String),
    /// So many roles have this very name.
    SharedBy(usize),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SameText => f.write_str("The title is written like the name."),
            Self::SameWords => f.write_str("The title has the words of the name."),
            Self::WordOrder => f.write_str("The words stand in another order."),
            Self::Plural { from, to } => write!(f, "“{from}” and “{to}” differ in number only."),
            Self::Gender { from, to } => {
                write!(f, "“{from}” and “{to}” name the same work for any gender.")
            }
            Self::Spelling { from, to } => write!(f, "“{from}” is another spelling of “{to}”."),
            Self::Expanded { from, to } => write!(f, "“{from}” is short for “{to}”."),
            Self::Root { from, to } => write!(f, "“{from}” and “{to}” have the same root."),
            Self::Synonym { from, to } => write!(f, "“{from}” means much the same as “{to}”."),
            Self::Typo { from, to } => write!(f, "“{from}” was read as “{to}”."),
            Self::WordMissing(word) => write!(f, "The name lacks “{word}”."),
            Self::WordExtra(word) => write!(f, "The name has “{word}” besides."),
            Self::SenioritySame(word) => write!(f, "Both say the seniority “{word}”."),
            Self::SeniorityIgnored(word) => write!(f, "The seniority “{word}” was left out."),
            Self::SeniorityExtra(word) => write!(f, "The name has the seniority “{word}” besides."),
            Self::DecorationIgnored(text) => write!(f, "“{text}” was left out."),
            Self::SharedBy(roles) => write!(f, "This name is shared by {roles} roles."),
        }
    }
}

/// The reasons why a name fits a title.
pub(super) fn reasons(title: &Title, name: &Title, fit: &Fit) -> Vec<Reason> {
    if fit.grade == Grade::Text {
        return vec![Reason::SameText];
    }
    let mut reasons = words(title, name, fit);
    reasons.extend(levels(title, name));
    let decorations = title.decorations.iter().cloned();
    reasons.extend(decorations.map(Reason::DecorationIgnored));
    reasons
}

fn words(title: &Title, name: &Title, fit: &Fit) -> Vec<Reason> {
    let core = |title: &'_ Title, reading: usize, at: usize| -> Option<Core> {
        title.readings.get(reading)?.words.get(at).cloned()
    };
    let mut reasons = Vec::new();
    if fit.grade == Grade::Words {
        reasons.push(Reason::SameWords);
    }
    if !fit.pairs.is_sorted_by_key(|pair| pair.held) {
        reasons.push(Reason::WordOrder);
    }
    reasons.extend(expanded(title, name, fit));
    for pair in &fit.pairs {
        let from = core(title, fit.reading, pair.wanted);
        let to = core(name, fit.of_name, pair.held);
        reasons.extend(from.zip(to).and_then(|(from, to)| word(from, to, pair.how)));
    }
    let missing = fit
        .missing
        .iter()
        .filter_map(|at| core(title, fit.reading, *at));
    reasons.extend(missing.map(|core| Reason::WordMissing(core.text)));
    let extra = fit
        .extra
        .iter()
        .filter_map(|at| core(name, fit.of_name, *at));
    reasons.extend(extra.map(|core| Reason::WordExtra(core.text)));
    reasons
}

/// The short forms of one side that the other writes out.
fn expanded(title: &Title, name: &Title, fit: &Fit) -> Vec<Reason> {
    let words = title
        .readings
        .get(fit.reading)
        .map(|reading| reading.words.as_slice());
    let names = name
        .readings
        .get(fit.of_name)
        .map(|reading| reading.words.as_slice());
    let (words, names) = (words.unwrap_or_default(), names.unwrap_or_default());
    let mut reasons = Vec::new();
    for (side, other) in [(words, names), (names, words)] {
        for run in side.chunk_by(|a, b| a.short == b.short) {
            let Some(short) = run.first().and_then(|core| core.short.clone()) else {
                continue;
            };
            let both = other.iter().any(|core| core.short.as_ref() == Some(&short));
            let phrase: Vec<&str> = run.iter().map(|core| core.text.as_str()).collect();
            if !both {
                reasons.push(Reason::Expanded {
                    from: short,
                    to: phrase.join(" "),
                });
            }
        }
    }
    reasons
}

fn word(from: Core, to: Core, how: How) -> Option<Reason> {
    let same_number = form::singular(&from.text) == form::singular(&to.text);
    let (from_key, to_key) = (from.key, to.key);
    let (from, to) = (from.text, to.text);
    match how {
        How::Same if from == to => None,
        How::Same if same_number => Some(Reason::Plural { from, to }),
        How::Same if form::is_gendered(&from_key) || form::is_gendered(&to_key) => {
            Some(Reason::Gender { from, to })
        }
        How::Same => Some(Reason::Spelling { from, to }),
        How::Root => Some(Reason::Root { from, to }),
        How::Synonym => Some(Reason::Synonym { from, to }),
        How::Typo => Some(Reason::Typo { from, to }),
    }
}

fn levels(title: &Title, name: &Title) -> Vec<Reason> {
    let has = |title: &Title, rank| title.levels.iter().any(|level| level.rank == rank);
    let mut reasons = Vec::new();
    for level in &title.levels {
        let text = level.text.clone();
        reasons.push(if has(name, level.rank) {
            Reason::SenioritySame(text)
        } else {
            Reason::SeniorityIgnored(text)
        });
    }
    let extra = name.levels.iter().filter(|level| !has(title, level.rank));
    reasons.extend(extra.map(|level| Reason::SeniorityExtra(level.text.clone())));
    reasons
}
