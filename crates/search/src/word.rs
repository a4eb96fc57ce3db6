//! Texts as words.
//!
//! A *plain* word is a run of letters and digits, folded: lower case, without diacritics and
//! apostrophes. A *name* is written with signs that a plain word leaves out: `C++`, `C#`, `.NET`,
//! `R&D`, `Node.js`, `CI/CD`. A text has its plain words in order, and its names beside them, so
//! that a name is found as it is written and its plain words by themselves. A hyphen joins:
//! `front-end` has the plain words `front` and `end` and the name `frontend`.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut to so many characters.
pub const MAX_WORD_CHARS: usize = 64;
/// Longer chains of words, such as addresses of web pages, are no names.
const MAX_NAME_PARTS: usize = 4;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The folded word; never empty.
    pub text: String,
    /// The bytes of the text that it stands in.
    pub span: Range<usize>,
}

/// The words of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The plain words in order.
    pub plain: Vec<Word>,
    /// The names in order.
    pub names: Vec<Word>,
}

impl Words {
    /// Reads a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let plain = plain_words(text);
        let names = names(text, &plain);
        Self { plain, names }
    }

    /// The words of a search term: a name stands in the place of its plain words.
    #[must_use]
    pub fn as_written(self) -> Vec<Word> {
        let Self { plain, names } = self;
        let inside = |word: &Word| {
            let mut around = names.iter();
            around.any(|name| name.span.start <= word.span.start && word.span.end <= name.span.end)
        };
        let mut written: Vec<Word> = plain.into_iter().filter(|word| !inside(word)).collect();
        written.extend(names);
        written.sort_by_key(|word| word.span.start);
        written
    }
}

/// A text without letter case, diacritics and apostrophes.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        let letters = text.bytes().filter(|byte| *byte != b'\'');
        return letters
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'ħ' => folded.push('h'),
            c if is_apostrophe(c) || is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
    folded
}

/// A folded word in letters, digits and `_` only, for engines that would take other signs for
/// something else; different words have different codes.
#[must_use]
pub fn code(word: &str) -> String {
    let mut code = String::with_capacity(word.len());
    push_code(&mut code, word);
    code
}

/// Adds the [`code`] of a word to a text.
pub fn push_code(text: &mut String, word: &str) {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if word.bytes().all(is_plain) {
        return text.push_str(word);
    }
    for c in word.chars() {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            text.push(c);
        } else {
            text.extend(['_'].into_iter().chain(hexadecimal(c)).chain(['_']));
        }
    }
}

/// The number of a character in hexadecimal digits.
fn hexadecimal(c: char) -> impl Iterator<Item = char> {
    c.escape_unicode().filter(char::is_ascii_hexdigit)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

pub(crate) fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c)))
}

/// Signs that join two words to a name.
fn is_joint(c: char) -> bool {
    matches!(c, '-' | '_' | '.' | '/' | '&' | '+' | '@' | '‑')
}

/// Folds a word and bounds its length; nothing is left of one that has marks only.
///
/// A ligature such as `ﷺ` is several words with blanks between them, which a word has not.
fn folded_word(text: &str) -> Option<String> {
    let folded = fold(text);
    let folded = folded.chars().filter(|c| !c.is_whitespace());
    let folded: String = folded.take(MAX_WORD_CHARS).collect();
    (!folded.is_empty()).then_some(folded)
}

fn plain_words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut start = None;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let inside = is_letter(c)
            || (start.is_some() && is_apostrophe(c) && next.is_some_and(char::is_alphanumeric));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.extend(word(text, from..at));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        words.extend(word(text, from..text.len()));
    }
    words
}

fn word(text: &str, span: Range<usize>) -> Option<Word> {
    let folded = folded_word(text.get(span.clone())?)?;
    Some(Word { text: folded, span })
}

/// The names among plain words: chains of them, and words with signs before or behind.
fn names(text: &str, plain: &[Word]) -> Vec<Word> {
    let mut names = Vec::new();
    let mut rest = plain;
    while let Some((first, mut behind)) = rest.split_first() {
        let mut end = first.span.end;
        let mut parts = 1;
        while let Some((next, others)) = behind.split_first() {
            if !joined(text, end..next.span.start) {
                break;
            }
            (end, behind) = (next.span.end, others);
            parts += 1;
        }
        let span = leading(text, first.span.start)..trailing(text, end);
        if parts <= MAX_NAME_PARTS && (parts > 1 || span != first.span) {
            names.extend(name(text, span));
        }
        rest = behind;
    }
    names
}

/// Whether exactly one joint stands between two words.
fn joined(text: &str, between: Range<usize>) -> bool {
    let mut signs = text.get(between).unwrap_or_default().chars();
    signs.next().is_some_and(is_joint) && signs.next().is_none()
}

/// Where a name begins: one dot before, as in `.NET`, belongs to it when nothing else does.
fn leading(text: &str, start: usize) -> usize {
    let mut before = text.get(..start).unwrap_or_default().chars().rev();
    match (before.next(), before.next()) {
        (Some('.'), Some(c)) if !c.is_whitespace() && !matches!(c, '(' | '"' | ',' | '/') => start,
        (Some('.'), _) => start - 1,
        _ => start,
    }
}

/// Where a name ends: plus and number signs behind, as in `C++` and `C#`, belong to it.
fn trailing(text: &str, end: usize) -> usize {
    let behind = text.get(end..).unwrap_or_default();
    let signs = behind.chars().take_while(|c| matches!(c, '+' | '#'));
    end + signs.take(2).count()
}

/// A name keeps its signs, apart from hyphens.
fn name(text: &str, span: Range<usize>) -> Option<Word> {
    let written = text.get(span.clone())?;
    let kept: String = written
        .chars()
        .filter(|c| !matches!(c, '-' | '_' | '‑'))
        .collect();
    let text = folded_word(&kept)?;
    Some(Word { text, span })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(words: &[Word]) -> Vec<&str> {
        words.iter().map(|word| word.text.as_str()).collect()
    }

    fn plain(text: &str) -> Vec<String> {
        let words = Words::of(text).plain;
        words.into_iter().map(|word| word.text).collect()
    }

    fn named(text: &str) -> Vec<String> {
        let words = Words::of(text).names;
        words.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn plain_words_are_folded() {
        assert_eq!(
            plain("Résumé of a Bachelor’s"),
            ["resume", "of", "a", "bachelors"]
        );
        assert_eq!(plain("Straße, Łódź — 21st"), ["strasse", "lodz", "21st"]);
        assert_eq!(plain("ﬁne Ångström"), ["fine", "angstrom"]);
        assert_eq!(plain("'quoted' rock'n'roll"), ["quoted", "rocknroll"]);
        assert!(plain(" …!? ").is_empty());
    }

    #[test]
    fn names_are_found_as_written() {
        for (text, name) in [
            ("C++", "c++"),
            ("C++17", "c++"),
            ("(C#)", "c#"),
            (".NET", ".net"),
            ("uses .NET, too", ".net"),
            ("R&D", "r&d"),
            ("Node.js.", "node.js"),
            ("CI/CD", "ci/cd"),
            ("front-end", "frontend"),
            ("ASP.NET", "asp.net"),
        ] {
            assert_eq!(named(text), [name], "{text}");
        }
        for text in [
            "The end. Next",
            "a - b",
            "etc...",
            "what?",
            "and, or",
            "1,000",
        ] {
            assert_eq!(named(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(
            plain("Node.js and CI/CD"),
            ["node", "js", "and", "ci", "cd"]
        );
    }

    #[test]
    fn a_term_is_what_somebody_wrote() {
        let written = Words::of("senior C++ and front-end work").as_written();
        assert_eq!(
            texts(&written),
            ["senior", "c++", "and", "frontend", "work"]
        );
    }

    proptest! {
        #[test]
        fn words_lie_in_their_text(text in ".{0,200}") {
            let Words { plain, names } = Words::of(&text);
            for word in plain.iter().chain(&names) {
                prop_assert!(text.get(word.span.clone()).is_some());
                prop_assert!(!word.text.is_empty());
                prop_assert!(word.text.chars().count() <= MAX_WORD_CHARS);
            }
            prop_assert!(plain.is_sorted_by(|a, b| a.span.end <= b.span.start));
        }

        #[test]
        fn codes_are_plain_and_unique(one in ".{0,8}", other in ".{0,8}") {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            prop_assert!(code(&one).chars().all(plain));
            prop_assert_eq!(code(&one) == code(&other), one == other);
        }

        #[test]
        fn folding_twice_changes_nothing(text in ".{0,80}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
