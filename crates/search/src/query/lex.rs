//! The text of a query as a sequence of terms.

use std::ops::Range;

use super::{Field, Term, Wanted};
use crate::word::{Word, Words};

/// A piece of a query.
pub(super) enum Item {
    /// `OR`.
    Or,
    /// A term that a role must have.
    Wanted(Term),
    /// A term that a role must not have.
    Excluded(Term),
}

/// Reads a text to its end.
pub(super) fn items(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(start) = next_chunk(text, at) {
        let spaced = start == 0 || start > at;
        at = read_chunk(text, start, spaced, &mut items);
    }
    items
}

fn behind(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

fn next_chunk(text: &str, at: usize) -> Option<usize> {
    let blank = |c: char| !c.is_whitespace();
    behind(text, at).find(blank).map(|blanks| at + blanks)
}

/// Straight quotes, and those that phones put in their place.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟')
}

/// Reads what stands from `start` to the next blank or quote, or to the closing quote, and says
/// where it ends.
fn read_chunk(text: &str, start: usize, spaced: bool, items: &mut Vec<Item>) -> usize {
    let excluded = spaced && is_exclusion(behind(text, start));
    let start = start + usize::from(excluded);
    let (terms, end) = fielded(text, start).unwrap_or_else(|| terms(text, start, None));
    if text.get(start..end) == Some("OR") && !excluded {
        items.push(Item::Or);
    } else {
        let item = if excluded {
            Item::Excluded
        } else {
            Item::Wanted
        };
        items.extend(terms.into_iter().map(item));
    }
    end
}

/// A minus counts right before a term, and in `--` or by itself it is a dash.
fn is_exclusion(chunk: &str) -> bool {
    let term = chunk.strip_prefix('-').and_then(|rest| rest.chars().next());
    term.is_some_and(|c| !c.is_whitespace() && c != '-')
}

/// Terms behind a field; without any, the field is a word itself.
fn fielded(text: &str, start: usize) -> Option<(Vec<Term>, usize)> {
    let (name, _) = behind(text, start).split_once(':')?;
    let field = Field::named(name)?;
    let (terms, end) = terms(text, start + name.len() + 1, Some(field));
    (!terms.is_empty()).then_some((terms, end))
}

impl Field {
    fn named(name: &str) -> Option<Self> {
        let fields = [
            ("title", Self::Title),
            ("skill", Self::Skill),
            ("category", Self::Category),
        ];
        let mut named = fields.into_iter();
        named
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, field)| field)
    }
}

fn terms(text: &str, start: usize, field: Option<Field>) -> (Vec<Term>, usize) {
    let rest = behind(text, start);
    let term = |(wanted, span)| Term {
        field,
        wanted,
        span,
    };
    if let Some(quote) = rest.chars().next().filter(|c| is_quote(*c)) {
        let inside = start + quote.len_utf8();
        let closing = behind(text, inside)
            .char_indices()
            .find(|(_, c)| is_quote(*c));
        let (length, quote) = closing.map_or_else(
            || (text.len() - inside, 0),
            |(length, quote)| (length, quote.len_utf8()),
        );
        let span = inside..inside + length;
        let end = span.end + quote;
        let phrase = phrase(text, span);
        return (phrase.into_iter().map(term).collect(), end);
    }
    let length = rest.find(|c: char| c.is_whitespace() || is_quote(c));
    let end = length.map_or(text.len(), |length| start + length);
    let wanted = words_and_prefixes(text, start..end);
    (wanted.into_iter().map(term).collect(), end)
}

type Found = (Wanted, Range<usize>);

fn texts(words: Vec<Word>) -> Vec<String> {
    words.into_iter().map(|word| word.text).collect()
}

fn phrase(text: &str, span: Range<usize>) -> Option<Found> {
    let Words { plain, names } = Words::of(text.get(span.clone())?);
    let (words, names) = (texts(plain), texts(names));
    (!words.is_empty()).then_some((Wanted::Phrase { words, names }, span))
}

/// Shorter beginnings are words: too many words begin with one letter.
const MIN_PREFIX_CHARS: usize = 2;

/// The words of a chunk, of which those right before a star are prefixes.
fn words_and_prefixes(text: &str, span: Range<usize>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut start = span.start;
    for piece in text.get(span).unwrap_or_default().split_inclusive('*') {
        found.extend(words_and_prefix(piece, start));
        start += piece.len();
    }
    found
}

fn words_and_prefix(piece: &str, start: usize) -> Vec<Found> {
    let before_star = piece.strip_suffix('*');
    let prefix = before_star.and_then(|before| {
        let last = Words::of(before).plain.pop()?;
        let is_long = last.text.chars().count() >= MIN_PREFIX_CHARS;
        (is_long && last.span.end == before.len()).then_some(last)
    });
    let words = prefix.as_ref().map_or(piece, |prefix| {
        piece.get(..prefix.span.start).unwrap_or_default()
    });
    let mut found = as_written(words);
    found.extend(prefix.map(|Word { text, span }| (Wanted::Prefix(text), span)));
    for (_, span) in &mut found {
        *span = start + span.start..start + span.end;
    }
    found
}

fn as_written(text: &str) -> Vec<Found> {
    let words = Words::of(text);
    let plain = words.plain.clone();
    let written = words.as_written().into_iter();
    written
        .map(|Word { text, span }| {
            let parts = parts(&text, &span, &plain);
            (Wanted::Word { text, parts }, span)
        })
        .collect()
}

/// The plain words of a name, if they say the same as the name.
fn parts(name: &str, span: &Range<usize>, plain: &[Word]) -> Vec<String> {
    let signed = !name.starts_with(char::is_alphanumeric) || !name.ends_with(char::is_alphanumeric);
    let inside = plain
        .iter()
        .filter(|word| span.start <= word.span.start && word.span.end <= span.end);
    let parts: Vec<String> = inside.map(|word| word.text.clone()).collect();
    if signed || parts.len() < 2 {
        return Vec::new();
    }
    parts
}
