//! Measured numbers: exact to four decimal places, never floating point.

use std::fmt;

/// Ten thousandths of one.
const SCALE: i64 = 10_000;
/// Decimal places that are kept.
const PLACES: usize = 4;
/// Digits before the point; more is no measurement.
const DIGITS: usize = 9;

/// A text that is not a number with at most four decimal places.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{value}\" is not a number such as 4.12, with at most nine digits and four decimal places"
)]
pub struct InvalidDecimal {
    /// The text as it was given.
    pub value: String,
}

/// A number with up to four decimal places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i64);

impl Decimal {
    /// The number of this many ten thousandths.
    #[must_use]
    pub const fn from_ten_thousandths(ten_thousandths: i64) -> Self {
        Self(ten_thousandths)
    }

    /// How many ten thousandths the number is.
    #[must_use]
    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// Reads a number such as `4`, `4.12` or `-0.5`.
    pub fn parse(text: &str) -> Result<Self, InvalidDecimal> {
        let number = Self::read(text);
        number.ok_or_else(|| InvalidDecimal {
            value: text.to_owned(),
        })
    }

    fn read(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_number = |part: &str, most: usize| {
            (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !is_number(whole, DIGITS) || !is_number(fraction, PLACES) {
            return None;
        }
        let fraction: i64 = format!("{fraction:0<PLACES$}").parse().ok()?;
        let number = whole.parse::<i64>().ok()? * SCALE + fraction;
        Some(Self(if negative { -number } else { number }))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = SCALE.unsigned_abs();
        let (whole, fraction) = (self.0.unsigned_abs() / scale, self.0.unsigned_abs() % scale);
        let sign = if self.0 < 0 { "-" } else { "" };
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let fraction = format!("{fraction:0>PLACES$}");
        write!(f, "{sign}{whole}.{}", fraction.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_plain_numbers_are_read() {
        let of = |text: &str| Decimal::parse(text).map(Decimal::ten_thousandths).ok();
        assert_eq!(of("4.12"), Some(41_200));
        assert_eq!(of("95"), Some(950_000));
        assert_eq!(of("-0.5"), Some(-5_000));
        for text in [
            "", ".", "1.", ".5", "1e3", "+1", "1,5", "1.23456", "n/a", "--1", "NaN",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(of("9999999999"), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(number in -9_999_999_999_999_i64..9_999_999_999_999) {
            let number = Decimal::from_ten_thousandths(number);
            prop_assert_eq!(Decimal::parse(&number.to_string()), Ok(number));
        }
    }
}
