//! What somebody looks for.
//!
//! A query is words, all of which a role must have. `"in quotes"` they follow each other, `data*`
//! is the beginning of a word, `-sales` must not occur, `nurse OR midwife` is one or the other,
//! and `title:`, `skill:` and `category:` look only there. Any text is a query: what means nothing
//! in its place is read as words.

mod lex;
mod parse;
mod stop;

use std::ops::Range;

use thiserror::Error;

/// A query has at most so many characters.
pub const MAX_QUERY_CHARS: usize = 500;
/// A query has at most so many terms.
pub const MAX_TERMS: usize = 32;

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// What a role must have, in the order of the text.
    pub all: Vec<Clause>,
    /// What a role must not have, in the order of the text.
    pub none: Vec<Term>,
    /// Whether something is written, but nothing to look for: such a query finds no role, whereas
    /// a blank one finds every role.
    pub wordless: bool,
}

/// Terms of which a role must have one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Clause {
    /// The terms with `OR` between them; at least one.
    pub any: Vec<Term>,
}

/// Something that is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// The only place to look in; everywhere if there is none.
    pub field: Option<Field>,
    /// What is looked for.
    pub wanted: Wanted,
    /// The bytes of the text that it stands in, without sign, field, quotes and star.
    pub span: Range<usize>,
}

/// A part of a role that a term may be limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// What a role is called, also by other names.
    Title,
    /// What its holder is able to do.
    Skill,
    /// Where it belongs.
    Category,
}

/// What a term looks for, folded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Wanted {
    /// A plain word or a name.
    Word {
        /// The word or name.
        text: String,
        /// The plain words of a name such as `node.js`, which may also be written apart; none for
        /// plain words, and none for names that a sign begins or ends, such as `c++`.
        parts: Vec<String>,
    },
    /// Words that follow each other, exactly as they are.
    Phrase {
        /// The plain words in order; at least one.
        words: Vec<String>,
        /// The names among them in order.
        names: Vec<String>,
    },
    /// The beginning of a plain word, at least two characters.
    Prefix(String),
}

/// Why a text is not taken as a query.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InvalidQuery {
    /// There is too much text.
    #[error("the query has {chars} characters, and {max} are allowed")]
    TooLong {
        /// How many characters there are.
        chars: usize,
        /// How many are allowed.
        max: usize,
    },
    /// There is too much to look for.
    #[error("the query has {terms} terms, and {max} are allowed")]
    TooManyTerms {
        /// How many terms there are, without the words that mean nothing.
        terms: usize,
        /// How many are allowed.
        max: usize,
    },
}

impl Query {
    /// Tells queries apart that look for something else, whatever their spelling.
    #[must_use]
    pub fn description(&self) -> String {
        let described = |terms: &[Term]| {
            let terms = terms
                .iter()
                .map(|term| format!("{:?}{:?}", term.field, term.wanted));
            terms.collect::<Vec<_>>().join("|")
        };
        let all = self.all.iter().map(|clause| described(&clause.any));
        let all = all.collect::<Vec<_>>().join("&");
        format!("{all} - {} {}", described(&self.none), self.wordless)
    }

    /// Reads a text.
    pub fn parse(text: &str) -> Result<Self, InvalidQuery> {
        let chars = text.chars().count();
        if chars > MAX_QUERY_CHARS {
            let max = MAX_QUERY_CHARS;
            return Err(InvalidQuery::TooLong { chars, max });
        }
        let query = parse::query(text);
        let terms = query.terms().count();
        if terms > MAX_TERMS {
            let max = MAX_TERMS;
            return Err(InvalidQuery::TooManyTerms { terms, max });
        }
        Ok(query)
    }

    /// The terms that a role must have, in the order of the text.
    pub fn wanted(&self) -> impl Iterator<Item = &Term> {
        self.all.iter().flat_map(|clause| &clause.any)
    }

    fn terms(&self) -> impl Iterator<Item = &Term> {
        self.wanted().chain(&self.none)
    }
}

/// The text of a query with other words in some places, and everything else as it is written.
///
/// A place that lies outside of the text, or overlaps with one before, stays as it is.
#[must_use]
pub fn with_words_replaced(text: &str, replacements: &[(Range<usize>, String)]) -> String {
    let mut ordered: Vec<_> = replacements.iter().collect();
    ordered.sort_by_key(|(place, _)| (place.start, place.end));
    let mut replaced = String::with_capacity(text.len());
    let mut end = 0;
    for (place, word) in ordered {
        let before = text.get(end..place.start);
        if let (Some(before), Some(_)) = (before, text.get(place.clone())) {
            replaced.push_str(before);
            replaced.push_str(word);
            end = place.end;
        }
    }
    replaced.push_str(text.get(end..).unwrap_or_default());
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn too_long_a_text_says_how_long() {
        let text = "ä".repeat(MAX_QUERY_CHARS);
        assert!(Query::parse(&text).is_ok());
        let error = Query::parse(&format!("{text} ")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the query has 501 characters, and 500 are allowed"
        );
    }

    #[test]
    fn too_many_terms_say_how_many() {
        let text = "nurse -sales ".repeat(MAX_TERMS / 2) + "who is the";
        assert!(Query::parse(&text).is_ok());
        let error = Query::parse(&(text + " pilot")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the query has 33 terms, and 32 are allowed"
        );
    }

    #[test]
    fn words_are_replaced_where_they_stand() {
        let text = "Title:enginer  \"dta science\" -slaes";
        let replacements = [
            (16..19, "data".to_owned()),
            (6..13, "engineer".to_owned()),
            (30..35, "sales".to_owned()),
        ];
        assert_eq!(
            with_words_replaced(text, &replacements),
            "Title:engineer  \"data science\" -sales"
        );
        assert_eq!(with_words_replaced(text, &[]), text);
    }

    #[test]
    fn places_that_are_none_stay_as_they_are() {
        let word = || "x".to_owned();
        let replacements = [
            (0..2, word()),
            (1..3, word()),
            (4..5, word()),
            (6..90, word()),
        ];
        assert_eq!(with_words_replaced("abcä de", &replacements), "xcä de");
    }

    proptest! {
        #[test]
        fn replacing_terms_by_themselves_changes_nothing(text in "[a-z\"*: ü-]{0,40}") {
            let query = Query::parse(&text)?;
            let themselves: Vec<_> = query
                .terms()
                .filter_map(|term| Some((term.span.clone(), text.get(term.span.clone())?.to_owned())))
                .collect();
            prop_assert_eq!(with_words_replaced(&text, &themselves), text);
        }

        #[test]
        fn any_places_may_be_named(text in "\\PC{0,9}", places in prop::collection::vec((0_usize..12, 0_usize..12), 0..4)) {
            let replacements: Vec<_> = places.into_iter().map(|(a, b)| (a..b, String::new())).collect();
            prop_assert!(with_words_replaced(&text, &replacements).len() <= text.len());
        }
    }
}
