//! Numbers as people write amounts: `95,000`, `1.200,50`, `95'000`, `1.5M`.

use domain::money::{Currency, Money};

/// The largest number of digits that is read as an amount.
const MAX_DIGITS: usize = 15;

/// A number with its multiplier, and how many bytes of text it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    mantissa: i128,
    decimals: u32,
    /// What a suffix such as K multiplies the number with; `None` without suffix.
    pub(super) multiplier: Option<i128>,
    /// The number of bytes, suffix included.
    pub(super) length: usize,
}

impl Number {
    /// Reads the number that the text starts with.
    pub(super) fn at_start(text: &str) -> Option<Self> {
        let (digits, decimals, length) = scan_digits(text)?;
        let rest = text.get(length..).unwrap_or_default();
        let suffix = suffix(rest)?;
        Some(Self {
            mantissa: digits.parse().ok()?,
            decimals,
            multiplier: suffix.map(|(multiplier, _)| multiplier),
            length: length + suffix.map_or(0, |(_, length)| length),
        })
    }

    /// The same number with the suffix of the other end of a range.
    pub(super) const fn with_multiplier_of(self, other: Self) -> Self {
        Self {
            multiplier: other.multiplier,
            ..self
        }
    }

    /// Whether the digits alone, without suffixes, are at most those of `other`.
    pub(super) fn digits_at_most(self, other: Self) -> bool {
        let digits = |number: Self| Self {
            multiplier: None,
            ..number
        };
        digits(self).scaled(6) <= digits(other).scaled(6)
    }

    /// The number as money, rounded to the minor unit.
    pub(super) fn money(self, currency: Currency) -> Option<Money> {
        let minor_units = i64::try_from(self.scaled(currency.exponent())?).ok()?;
        Some(Money {
            minor_units,
            currency,
        })
    }

    /// The number in units of ten to the minus `exponent`, rounded half up.
    fn scaled(self, exponent: u32) -> Option<i128> {
        let units = self.mantissa.checked_mul(self.multiplier.unwrap_or(1))?;
        let units = units.checked_mul(10_i128.checked_pow(exponent)?)?;
        let divisor = 10_i128.checked_pow(self.decimals)?;
        Some((units + divisor / 2) / divisor)
    }
}

/// The digits without separators, how many of them are decimals, and the bytes they take.
fn scan_digits(text: &str) -> Option<(String, u32, usize)> {
    let whole = leading_digits(text);
    if whole.is_empty() {
        return None;
    }
    let mut digits = whole.to_owned();
    let mut rest = text.get(whole.len()..)?;
    let mut separator = None;
    while let Some((mark, group, after)) =
        thousands(rest, separator).filter(|_| whole.len() <= 3 && digits.len() <= MAX_DIGITS)
    {
        separator = Some(mark);
        digits.push_str(group);
        rest = after;
    }
    let mut decimals = 0;
    if let Some(fraction) = rest.strip_prefix(['.', ',']).map(leading_digits)
        && !fraction.is_empty()
    {
        digits.push_str(fraction);
        decimals = u32::try_from(fraction.len()).ok()?;
        rest = rest.get(fraction.len() + 1..)?;
    }
    (digits.len() <= MAX_DIGITS).then(|| (digits, decimals, text.len() - rest.len()))
}

/// A group of exactly three digits after a thousands separator; all separators are the same.
fn thousands(text: &str, separator: Option<char>) -> Option<(char, &str, &str)> {
    let mark = text
        .chars()
        .next()
        .filter(|c| matches!(c, ',' | '.' | ' ' | '\'' | '’'))?;
    if separator.is_some_and(|first| first != mark) {
        return None;
    }
    let rest = text.get(mark.len_utf8()..)?;
    let group = leading_digits(rest);
    let after = rest.get(group.len()..)?;
    // `$18 100% remote` and `$90 401(k)` are two numbers.
    let is_new_number = mark == ' ' && after.starts_with(['%', '(', '-', '–', '+']);
    (group.len() == 3 && !is_new_number).then_some((mark, group, after))
}

/// The multiplier of a suffix and its length; `None` when the number is too large for pay.
#[expect(
    clippy::option_option,
    reason = "no suffix and a suffix that rules pay out differ"
)]
fn suffix(text: &str) -> Option<Option<(i128, usize)>> {
    let words = text.strip_prefix(' ').unwrap_or(text);
    let space = text.len() - words.len();
    let letters = words
        .chars()
        .take_while(|c| c.is_alphabetic())
        .map(char::len_utf8)
        .sum();
    match words.get(..letters)?.to_lowercase().as_str() {
        "k" if space == 0 => Some(Some((1_000, 1))),
        "m" if space == 0 => Some(Some((1_000_000, 1))),
        "thousand" => Some(Some((1_000, space + letters))),
        "million" => Some(Some((1_000_000, space + letters))),
        "b" | "bn" | "t" | "tn" if space == 0 => None,
        "bn" | "billion" | "trillion" => None,
        _ => Some(None),
    }
}

fn leading_digits(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minor(text: &str) -> Option<i64> {
        let dollars = Currency::parse("USD").unwrap();
        Number::at_start(text)?
            .money(dollars)
            .map(|money| money.minor_units)
    }

    #[test]
    fn separators_and_suffixes_are_understood() {
        for (text, wanted) in [
            ("95,000 a year", 9_500_000),
            ("95.000", 9_500_000),
            ("95 000 €", 9_500_000),
            ("95'000", 9_500_000),
            ("95’000", 9_500_000),
            ("1.200,50", 120_050),
            ("1,200.50", 120_050),
            ("1.2345K", 123_450),
            ("118.5k", 11_850_000),
            ("1.5M", 150_000_000),
            ("1.2 million", 120_000_000),
            ("18,5", 1_850),
            ("18.", 1_800),
            ("95,000 401(k)", 9_500_000),
            ("18 100% remote", 1_800),
            ("1200.500", 120_050),
        ] {
            assert_eq!(minor(text), Some(wanted), "{text}");
        }
        for text in ["", "x", "4 billion", "4bn", "1234567890123456"] {
            assert_eq!(minor(text), None, "{text}");
        }
    }
}
