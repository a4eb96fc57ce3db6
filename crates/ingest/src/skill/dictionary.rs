//! The skill dictionary: names, kinds, and how each name is found in a text.

use std::cmp::Reverse;
use std::collections::HashMap;

use aho_corasick::{AhoCorasick, BuildError};
use domain::skill::{SkillKind, SkillTerm};

use super::word;

/// The dictionary that comes with the program.
const EMBEDDED: &str = include_str!("../../../../data/skills.tsv");

/// The first line of a dictionary.
const HEADER: &str = "name\tkind\tmatch\taliases";

/// A dictionary that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InvalidDictionary {
    /// A line is not of the expected form.
    #[error("line {line} of the skill dictionary: {problem}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong and what was expected.
        problem: String,
    },
    /// The names are too many to search for.
    #[error("the names of the skill dictionary cannot be searched for")]
    Search(#[from] BuildError),
}

/// How the letters of a name must stand in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    /// In any letter case.
    Any,
    /// In this letter case.
    Exact,
    /// In this letter case and not as the first word of a sentence, where any word is capital.
    Inner,
}

/// One name or alias to look for.
#[derive(Clone, Debug)]
struct Pattern {
    text: String,
    spelling: Spelling,
    /// The place of its skill in the dictionary.
    term: usize,
}

/// Skills with everything that finds their names in texts.
#[derive(Debug)]
pub struct Dictionary {
    terms: Vec<SkillTerm>,
    patterns: Vec<Pattern>,
    /// Names and aliases in lower case; names of skills win over aliases of others.
    places: HashMap<String, usize>,
    search: AhoCorasick,
}

impl Dictionary {
    /// The dictionary that comes with the program.
    pub fn embedded() -> Result<Self, InvalidDictionary> {
        Self::parse(EMBEDDED)
    }

    /// Reads a table with the columns name, kind, match and aliases, separated by tabs.
    ///
    /// `match` is `any`, `exact` or `inner`; aliases are separated by ` | `, and one that starts
    /// with `=` is found in its letter case only.
    pub fn parse(table: &str) -> Result<Self, InvalidDictionary> {
        let mut terms = Vec::new();
        let mut patterns = Vec::new();
        for (line, row) in (1..).zip(table.lines()) {
            let problem = |problem| InvalidDictionary::Line { line, problem };
            if line == 1 {
                let is_header = row == HEADER;
                is_header
                    .then_some(())
                    .ok_or_else(|| problem(format!("expected \"{HEADER}\"")))?;
            } else {
                let term = read_row(row, terms.len(), &mut patterns).map_err(problem)?;
                terms.push(term);
            }
        }
        let search = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(patterns.iter().map(|pattern| &pattern.text))?;
        Ok(Self {
            places: places(&terms),
            terms,
            patterns,
            search,
        })
    }

    /// The skill with this name or alias, in any letter case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&SkillTerm> {
        self.places
            .get(&name.to_lowercase())
            .and_then(|place| self.terms.get(*place))
    }

    /// The skills that a text names, each once, in order of appearance.
    ///
    /// Where names overlap the leftmost counts, and of those the longest.
    #[must_use]
    pub fn recognise(&self, text: &str) -> Vec<&SkillTerm> {
        let mut found: Vec<(usize, Reverse<usize>, usize)> = self
            .search
            .find_overlapping_iter(text)
            .filter_map(|hit| {
                let pattern = self.patterns.get(hit.pattern().as_usize())?;
                let fits = pattern.fits(text, hit.start(), hit.end());
                fits.then_some((hit.start(), Reverse(hit.end()), pattern.term))
            })
            .collect();
        found.sort_unstable();
        let mut free_from = 0;
        let mut places: Vec<usize> = Vec::new();
        for (start, Reverse(end), place) in found {
            if start >= free_from {
                free_from = end;
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        places
            .into_iter()
            .filter_map(|place| self.terms.get(place))
            .collect()
    }

    /// Every skill, in the order of the dictionary.
    #[must_use]
    pub fn terms(&self) -> &[SkillTerm] {
        &self.terms
    }
}

impl Pattern {
    /// Whether the place in the text, equal but for letter case, is this name as a whole word.
    fn fits(&self, text: &str, start: usize, end: usize) -> bool {
        let is_spelled = self.spelling == Spelling::Any || text.get(start..end) == Some(&self.text);
        is_spelled
            && word::is_whole(text, start, end)
            && !(self.spelling == Spelling::Inner && word::starts_sentence(text, start))
    }
}

fn read_row(row: &str, term: usize, patterns: &mut Vec<Pattern>) -> Result<SkillTerm, String> {
    let cells: Vec<&str> = row.split('\t').collect();
    let &[name, kind, spelling, aliases] = cells.as_slice() else {
        return Err(format!("found {} columns: expected 4", cells.len()));
    };
    if name.is_empty() {
        return Err("the name is blank: expected text".to_owned());
    }
    let kind = SkillKind::parse(kind).map_err(|error| error.to_string())?;
    let spelling = match spelling {
        "any" => Spelling::Any,
        "exact" => Spelling::Exact,
        "inner" => Spelling::Inner,
        other => {
            return Err(format!(
                "unknown match \"{other}\": expected any, exact or inner"
            ));
        }
    };
    patterns.push(Pattern {
        text: name.to_owned(),
        spelling,
        term,
    });
    let mut names = Vec::new();
    for alias in aliases.split(" | ").filter(|alias| !alias.is_empty()) {
        let exact = alias.strip_prefix('=');
        let text = exact.unwrap_or(alias).to_owned();
        let spelling = if exact.is_some() {
            Spelling::Exact
        } else {
            Spelling::Any
        };
        names.push(text.clone());
        patterns.push(Pattern {
            text,
            spelling,
            term,
        });
    }
    Ok(SkillTerm {
        name: name.to_owned(),
        kind,
        aliases: names,
    })
}

fn places(terms: &[SkillTerm]) -> HashMap<String, usize> {
    let names = terms
        .iter()
        .enumerate()
        .map(|(place, term)| (term.name.to_lowercase(), place));
    let mut places: HashMap<String, usize> = names.collect();
    for (place, term) in terms.iter().enumerate() {
        for alias in &term.aliases {
            places.entry(alias.to_lowercase()).or_insert(place);
        }
    }
    places
}
