//! A role as the index sees it: pieces of text, the words of each, and what these weigh.

use std::collections::{BTreeMap, HashMap};

use crate::word::Words;

/// A group of texts that a search can be limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The title and other names of the role.
    Title,
    /// The skills.
    Skill,
    /// The categories and those above.
    Category,
    /// Everything else.
    Text,
}

impl Column {
    /// All columns in the order of the index.
    pub const ALL: [Self; 4] = [Self::Title, Self::Skill, Self::Category, Self::Text];
}

/// What of a role a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The title.
    Title,
    /// Another name.
    AlternateTitle,
    /// A skill that the work cannot be done without.
    EssentialSkill,
    /// Another skill.
    Skill,
    /// Another spelling of a skill.
    SkillAlias,
    /// The name of a category of the role, or of one above.
    Category,
    /// The summary.
    Summary,
    /// A fact of the role at a glance.
    Fact,
    /// A duty.
    Duty,
    /// A qualification.
    Qualification,
    /// A question that people ask.
    Question,
    /// The answer to one.
    Answer,
    /// The prose of a section.
    Section,
}

impl Part {
    /// Where the index has it.
    #[must_use]
    pub fn column(self) -> Column {
        match self {
            Self::Title | Self::AlternateTitle => Column::Title,
            Self::EssentialSkill | Self::Skill | Self::SkillAlias => Column::Skill,
            Self::Category => Column::Category,
            _ => Column::Text,
        }
    }

    /// What one occurrence of a word counts.
    fn weight(self) -> f32 {
        match self {
            Self::Title => 12.0,
            Self::AlternateTitle => 8.0,
            Self::EssentialSkill => 7.0,
            Self::Skill => 4.0,
            Self::SkillAlias => 2.0,
            Self::Category | Self::Summary => 3.0,
            Self::Duty | Self::Question => 1.5,
            Self::Qualification => 1.2,
            Self::Fact | Self::Section | Self::Answer => 0.8,
        }
    }
}

/// A text of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What of the role it is.
    pub part: Part,
    /// The text.
    pub text: &'a str,
}

/// A run of words that phrases are found in; none reaches from one run into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Where the index has it.
    pub column: Column,
    /// The words in order.
    pub words: Vec<String>,
}

/// A role taken apart into words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The words in their order.
    pub runs: Vec<Run>,
    /// Every word and how much the role is about it, from 1 to 255.
    pub words: BTreeMap<String, u8>,
    /// The plain words of the title and of every other name, the title first.
    pub titles: Vec<Vec<String>>,
}

/// A word that occurs so often, by weight, is worth half of what any word can be worth.
const HALF: f32 = 4.0;
/// The number of words of a text of average length.
const USUAL_LENGTH: f32 = 1_200.0;

impl Document {
    /// Takes the texts of a role apart.
    #[must_use]
    pub fn of<'a>(pieces: impl IntoIterator<Item = Piece<'a>>) -> Self {
        let mut document = Self::default();
        let mut weights = Weights::default();
        let mut length = 0.0_f32;
        for Piece { part, text } in pieces {
            let Words { plain, names } = Words::of(text);
            let in_text = part.column() == Column::Text;
            for word in plain.iter().chain(&names) {
                weights.add(&word.text, part.weight(), in_text);
                length += if in_text { 1.0 } else { 0.0 };
            }
            let plain: Vec<String> = plain.into_iter().map(|word| word.text).collect();
            if part.column() == Column::Title {
                document.titles.push(plain.clone());
            }
            document.add(part.column(), plain);
            for name in names {
                document.add(part.column(), vec![name.text]);
            }
        }
        // Long texts say everything more often.
        let dilution = (0.4 + 0.6 * length / USUAL_LENGTH).max(0.7);
        let words = weights.0.into_iter();
        document.words = words
            .map(|(word, (short, long))| (word, worth(short + long / dilution)))
            .collect();
        document
    }

    fn add(&mut self, column: Column, words: Vec<String>) {
        if !words.is_empty() {
            self.runs.push(Run { column, words });
        }
    }
}

/// What every word weighs in short texts, and in long ones.
#[derive(Debug, Default)]
struct Weights(HashMap<String, (f32, f32)>);

impl Weights {
    fn add(&mut self, word: &str, weight: f32, in_text: bool) {
        let weight = if in_text {
            (0.0, weight)
        } else {
            (weight, 0.0)
        };
        match self.0.get_mut(word) {
            Some((short, long)) => {
                *short += weight.0;
                *long += weight.1;
            }
            None => {
                self.0.insert(word.to_owned(), weight);
            }
        }
    }
}

/// What a word is worth that occurs so often by weight: more and more slowly growing.
fn worth(weight: f32) -> u8 {
    let worth = 255.0 * weight / (weight + HALF);
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the value lies between 1 and 255"
    )]
    let worth = worth.round().clamp(1.0, 255.0) as u8;
    worth
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(part: Part, text: &str) -> Piece<'_> {
        Piece { part, text }
    }

    #[test]
    fn a_word_is_worth_more_where_it_says_more() {
        let document = Document::of([
            piece(Part::Title, "Plumber"),
            piece(Part::EssentialSkill, "Soldering"),
            piece(Part::Duty, "Solder copper, solder tin"),
            piece(Part::Section, "Copper is a metal."),
        ]);
        let worth = |word: &str| document.words.get(word).copied().unwrap();
        assert!(worth("plumber") > worth("soldering"));
        assert!(worth("soldering") > worth("solder"));
        assert!(worth("solder") > worth("tin"));
        assert!(worth("copper") > worth("metal"));
    }

    #[test]
    fn phrases_do_not_reach_from_one_text_into_the_next() {
        let document = Document::of([
            piece(Part::Duty, "Fix pipes"),
            piece(Part::Duty, "Node.js services"),
        ]);
        let runs: Vec<String> = document
            .runs
            .iter()
            .map(|run| run.words.join(" "))
            .collect();
        assert_eq!(runs, ["fix pipes", "node js services", "node.js"]);
    }
}
