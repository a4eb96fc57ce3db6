//! A title as parts: what stands before and between brackets, commas, bars and spaced dashes.

use std::ops::Range;

use crate::word::{Word, Words};

/// How a part is set off from the ones before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The beginning of the text.
    First,
    /// In brackets.
    Bracket,
    /// Behind a comma, dash, bar, colon or line end.
    Behind,
    /// Behind an at sign.
    At,
}

/// What stands between a word and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Nothing that counts.
    Blank,
    /// A slash.
    Slash,
    /// A sign that adds another gender: a colon, star, low line or bracket inside a word.
    Inside,
    /// A number sign.
    Number,
    /// A sign of a currency.
    Money,
    /// A dot or comma inside a word or number.
    Point,
}

/// A word in a part.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// The folded word.
    pub(super) text: String,
    /// The bytes of the text that it stands in.
    pub(super) span: Range<usize>,
    /// What stands before it.
    pub(super) sign: Sign,
    /// Whether it is written in capitals.
    pub(super) is_capital: bool,
}

/// A part of a title.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// How it is set off.
    pub(super) kind: Kind,
    /// Its words.
    pub(super) tokens: Vec<Token>,
}

impl Part {
    /// The words of the part.
    pub(super) fn texts(&self) -> Vec<&str> {
        self.tokens
            .iter()
            .map(|token| token.text.as_str())
            .collect()
    }
}

/// Splits a text into parts that have words.
pub(super) fn parts(text: &str, words: Words) -> Vec<Part> {
    let mut splitter = Splitter::default();
    let mut end = 0;
    let no_case = !text.chars().any(char::is_uppercase);
    for Word { text: folded, span } in written(words) {
        let gap = text.get(end..span.start).unwrap_or_default();
        let next = text.get(span.clone()).unwrap_or_default();
        let sign = splitter.pass(gap, end > 0, next.starts_with(char::is_alphanumeric));
        let is_capital = no_case || !next.chars().any(char::is_lowercase);
        end = span.end;
        splitter.push(Token {
            text: folded,
            span,
            sign,
            is_capital,
        });
    }
    let mut parts = splitter.parts;
    parts.retain(|part| !part.tokens.is_empty());
    parts
}

/// The plain words, but names such as `C++`, `.NET` and `R&D` as they are written.
fn written(words: Words) -> Vec<Word> {
    let Words { plain, mut names } = words;
    names.retain(|name| is_kept(&name.text));
    Words { plain, names }.as_written()
}

fn is_kept(name: &str) -> bool {
    let short = |part: &str| part.chars().count() <= 2;
    let chain = name.contains(['/', '@', '_', '-']);
    let signed = name.starts_with('.') || name.ends_with(['+', '#']);
    !chain && (signed || (name.contains('&') && name.split('&').all(short)))
}

struct Splitter {
    parts: Vec<Part>,
    current: usize,
    open: Vec<usize>,
}

impl Default for Splitter {
    fn default() -> Self {
        let first = Part {
            kind: Kind::First,
            tokens: Vec::new(),
        };
        Self {
            parts: vec![first],
            current: 0,
            open: Vec::new(),
        }
    }
}

impl Splitter {
    fn push(&mut self, token: Token) {
        if let Some(part) = self.parts.get_mut(self.current) {
            part.tokens.push(token);
        }
    }

    fn begin(&mut self, kind: Kind) {
        let kind = if self.open.is_empty() {
            kind
        } else {
            Kind::Bracket
        };
        self.current = self.parts.len();
        self.parts.push(Part {
            kind,
            tokens: Vec::new(),
        });
    }

    /// Passes what stands between two words, or before the first.
    fn pass(&mut self, gap: &str, is_behind: bool, is_word: bool) -> Sign {
        let mut chars = gap.chars();
        if let (Some(only), None) = (chars.next(), chars.next())
            && let Some(sign) = inside(only)
            && is_behind
            && is_word
        {
            return sign;
        }
        let mut sign = Sign::Blank;
        let mut before = None;
        for (at, c) in gap.char_indices() {
            let blank_behind = gap.get(at + c.len_utf8()..).is_some_and(starts_blank);
            let is_spaced = blank_behind || before.is_none_or(char::is_whitespace) && at > 0;
            match c {
                '(' | '[' | '{' | '【' | '（' => self.bracket(),
                ')' | ']' | '}' | '】' | '）' => self.close(),
                '@' => self.begin(Kind::At),
                '-' | '–' | '—' | '−' if is_spaced => self.begin(Kind::Behind),
                ',' | ';' | '|' | '•' | '·' | '!' | '?' | '\n' | '—' | '→' | '»' => {
                    self.begin(Kind::Behind);
                }
                ':' if blank_behind => self.begin(Kind::Behind),
                '/' => sign = Sign::Slash,
                '#' => sign = Sign::Number,
                '$' | '€' | '£' | '¥' | '₹' => sign = Sign::Money,
                _ => {}
            }
            before = Some(c);
        }
        sign
    }

    fn bracket(&mut self) {
        let back = self.current;
        self.begin(Kind::Bracket);
        self.open.push(back);
        if let Some(part) = self.parts.last_mut() {
            part.kind = Kind::Bracket;
        }
    }

    fn close(&mut self) {
        if let Some(back) = self.open.pop() {
            self.current = back;
        }
    }
}

fn starts_blank(rest: &str) -> bool {
    rest.starts_with(char::is_whitespace)
}

/// What a single sign means that stands between two letters or digits.
fn inside(c: char) -> Option<Sign> {
    match c {
        '/' => Some(Sign::Slash),
        '(' | ':' | '*' | '_' | '·' | '•' => Some(Sign::Inside),
        '.' | ',' => Some(Sign::Point),
        '#' => Some(Sign::Number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Kind, String)> {
        let parts = parts(text, Words::of(text));
        let shown = parts.into_iter();
        shown
            .map(|part| (part.kind, part.texts().join(" ")))
            .collect()
    }

    fn part(kind: Kind, text: &str) -> (Kind, String) {
        (kind, text.to_owned())
    }

    #[test]
    fn parts_are_set_off_by_signs() {
        use Kind::{At, Behind, Bracket, First};
        assert_eq!(
            read("Back-end Engineer (m/w/d) Team - Berlin, DE @ Acme"),
            [
                part(First, "back end engineer team"),
                part(Bracket, "m w d"),
                part(Behind, "berlin"),
                part(Behind, "de"),
                part(At, "acme"),
            ]
        );
        assert_eq!(
            read("FP&A (C++)"),
            [part(First, "fp&a"), part(Bracket, "c++")]
        );
        assert_eq!(read("Engineer- Trading")[1], part(Behind, "trading"));
        assert_eq!(read("(Remote) Nurse")[1], part(Bracket, "remote"));
        assert_eq!(read("Entwickler:in"), [part(First, "entwickler in")]);
        assert_eq!(read(")] Nurse ((("), [part(First, "nurse")]);
    }
}
