//! Amounts in a clause: a number, or two ends of a range, with a currency beside it.

use domain::money::{Currency, Money};

use super::number::Number;
use super::period;

/// Currency codes that count in prose.
const CODES: &[&str] = &[
    "USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "INR",
];

/// How many words before an amount `between` may stand, as in `between about $18 and $24`.
const BETWEEN_REACH: usize = 4;

/// One amount or range, and where in the clause it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    /// Where it starts, currency included.
    pub(super) start: usize,
    /// Where it ends, currency included.
    pub(super) end: usize,
    /// The amount, or the lower end of the range.
    pub(super) low: Money,
    /// The upper end of the range.
    pub(super) high: Option<Money>,
    /// Whether a suffix such as K shortens the number.
    pub(super) is_abbreviated: bool,
}

/// Every amount of the clause in order.
pub(super) fn find_all(clause: &str) -> Vec<Amount> {
    let mut found: Vec<Amount> = Vec::new();
    for (start, _) in clause.char_indices() {
        let gap_start = found.last().map_or(0, |last| last.end);
        if start >= gap_start {
            found.extend(amount_at(clause, gap_start, start));
        }
    }
    found
}

/// A number with the currencies before and after it.
#[derive(Clone, Copy)]
struct Quantity {
    number: Number,
    before: Option<Currency>,
    after: Option<Currency>,
    /// Whether the sign before the number is a bare `$`, which a code after it makes precise.
    is_bare_dollar: bool,
    length: usize,
}

impl Quantity {
    fn currency(&self) -> Option<Currency> {
        match (self.before, self.after) {
            (Some(_), Some(code)) if self.is_bare_dollar => Some(code),
            (before, after) => before.or(after),
        }
    }
}

fn amount_at(clause: &str, gap_start: usize, start: usize) -> Option<Amount> {
    let before = clause.get(..start)?;
    if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '$' | '\'')) {
        return None;
    }
    let first = quantity(clause.get(start..)?)?;
    let mut words_before = clause
        .get(gap_start..start)?
        .split(' ')
        .rev()
        .take(BETWEEN_REACH);
    let is_between = words_before.any(|word| word.eq_ignore_ascii_case("between"));
    range(clause, start, first, is_between).or_else(|| {
        Some(Amount {
            start,
            end: start + first.length,
            low: first.number.money(first.currency()?)?,
            high: None,
            is_abbreviated: first.number.multiplier.is_some(),
        })
    })
}

fn range(clause: &str, start: usize, first: Quantity, is_between: bool) -> Option<Amount> {
    let after_first = start + first.length;
    let tail = clause.get(after_first..)?;
    let second_start = after_first + separator(tail, is_between)?;
    let second = quantity(clause.get(second_start..)?)?;
    let end = second_start + second.length;
    if clause
        .get(end..)?
        .starts_with(|c: char| c == '%' || c.is_alphanumeric())
    {
        return None;
    }
    // A number without currency before `$95,000` is a year or a count, not the end of a range.
    let currency = match (first.currency(), second.currency()) {
        (None, _) => second.after.filter(|_| second.before.is_none())?,
        (Some(of_first), Some(of_second)) if of_first != of_second => {
            first.is_bare_dollar.then_some(of_second)?
        }
        (Some(of_first), _) => of_first,
    };
    let shares_suffix = first.number.multiplier.is_none()
        && second.number.multiplier.is_some()
        && first.number.digits_at_most(second.number);
    let low = if shares_suffix {
        first.number.with_multiplier_of(second.number)
    } else {
        first.number
    };
    let (low, high) = (low.money(currency)?, second.number.money(currency)?);
    (low.minor_units <= high.minor_units).then_some(Amount {
        start,
        end,
        low,
        high: Some(high),
        is_abbreviated: first
            .number
            .multiplier
            .or(second.number.multiplier)
            .is_some(),
    })
}

/// The bytes between the ends of a range; a period may stand after the first end.
fn separator(tail: &str, is_between: bool) -> Option<usize> {
    let joint = period::at_start(tail)
        .and_then(|length| tail.get(length..))
        .unwrap_or(tail);
    let words: &[&str] = if is_between {
        &[" and ", " to "]
    } else {
        &[" to "]
    };
    let by_word = words.iter().find_map(|word| joint.strip_prefix(word));
    let rest = by_word.or_else(|| {
        let tight = joint.strip_prefix('—');
        tight.filter(|rest| !rest.starts_with(' ')).or_else(|| {
            let spaced = joint.strip_prefix(' ').unwrap_or(joint);
            let rest = spaced.strip_prefix(['-', '–', '\u{2010}', '\u{2011}', '\u{2212}'])?;
            Some(rest.strip_prefix(' ').unwrap_or(rest))
        })
    })?;
    Some(tail.len() - rest.len())
}

fn quantity(text: &str) -> Option<Quantity> {
    let before = currency_before(text);
    let (sign_length, currency) =
        before.map_or((0, None), |(length, currency)| (length, Some(currency)));
    let number = Number::at_start(text.get(sign_length..)?)?;
    let number_end = sign_length + number.length;
    let after = currency_after(text.get(number_end..)?);
    Some(Quantity {
        number,
        before: currency,
        after: after.map(|(_, currency)| currency),
        is_bare_dollar: text.starts_with('$'),
        length: number_end + after.map_or(0, |(length, _)| length),
    })
}

/// The currency that the text starts with, and its length with one space after it.
fn currency_before(text: &str) -> Option<(usize, Currency)> {
    let letters = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(letters)?;
    let (code, rest) = match (word, rest.chars().next()?) {
        ("", '€') => ("EUR", rest.strip_prefix('€')?),
        ("", '£') => ("GBP", rest.strip_prefix('£')?),
        (word, '$') => (dollars(word)?, rest.strip_prefix('$')?),
        (word, _) => (*CODES.iter().find(|code| **code == word)?, rest),
    };
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    Some((text.len() - rest.len(), Currency::parse(code).ok()?))
}

/// The currency that follows a number, and its length with the space before it.
///
/// What a digit follows belongs to the next number.
fn currency_after(text: &str) -> Option<(usize, Currency)> {
    let rest = text.strip_prefix(' ').unwrap_or(text);
    let signs = [("€", "EUR"), ("£", "GBP"), ("$", "USD")];
    let codes = CODES.iter().map(|code| (*code, *code));
    let (sign, code) = signs
        .into_iter()
        .chain(codes)
        .find(|(sign, _)| rest.starts_with(sign))?;
    let rest = rest.strip_prefix(sign)?;
    let next = rest.trim_start_matches(' ');
    let belongs_to_next = next.starts_with(|c: char| c.is_ascii_digit());
    let is_longer_word = sign.len() == 3 && code == sign && rest.starts_with(char::is_alphanumeric);
    if belongs_to_next || is_longer_word {
        return None;
    }
    Some((text.len() - rest.len(), Currency::parse(code).ok()?))
}

/// Whose dollar it is by the letters before the sign; unknown letters are never guessed.
fn dollars(letters: &str) -> Option<&'static str> {
    match letters {
        "" | "US" | "USD" => Some("USD"),
        "C" | "CA" | "CAD" => Some("CAD"),
        "A" | "AU" | "AUD" => Some("AUD"),
        "NZ" | "NZD" => Some("NZD"),
        _ => None,
    }
}
