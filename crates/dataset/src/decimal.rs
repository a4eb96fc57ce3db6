//! Numbers with a decimal point, exactly as they are written.

use std::cmp::Ordering;
use std::fmt;

/// A decimal number without rounding: units of a power of ten.
///
/// Zeros behind the last digit do not count: `95.0` is `95`. Ratings have up to four decimals, so
/// hundredths would not hold them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    units: i64,
    decimals: u8,
}

impl Decimal {
    /// Reads digits with an optional sign and an optional point; `None` for anything else and for
    /// more than eighteen digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let is_number = !whole.is_empty() && !fraction.is_empty();
        if !is_number || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        if whole.len() + fraction.len() > 18 {
            return None;
        }
        let mut units: i64 = 0;
        for byte in whole.bytes().chain(fraction.bytes()) {
            units = units * 10 + i64::from(byte - b'0');
        }
        Some(Self {
            units: if text.starts_with('-') { -units } else { units },
            decimals: u8::try_from(fraction.len()).ok()?,
        })
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: u32) -> Self {
        Self {
            units: i64::from(number),
            decimals: 0,
        }
    }

    /// The number in units of a power of ten, such as hundredths for two decimals; `None` when it
    /// has more decimals or too many digits.
    #[must_use]
    pub fn in_units(self, decimals: u8) -> Option<i64> {
        let more = u32::from(decimals.checked_sub(self.decimals)?);
        self.units.checked_mul(10_i64.checked_pow(more)?)
    }

    /// How many digits stand behind the point.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        self.decimals
    }

    /// The number in units of the smallest power of ten that there is.
    fn finest(self) -> i128 {
        let more = u32::from(18_u8.saturating_sub(self.decimals));
        i128::from(self.units).saturating_mul(10_i128.saturating_pow(more))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.finest().cmp(&other.finest())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.units < 0 {
            f.write_str("-")?;
        }
        let scale = 10_u64.saturating_pow(u32::from(self.decimals));
        let units = self.units.unsigned_abs();
        write!(f, "{}", units / scale)?;
        if self.decimals > 0 {
            let width = usize::from(self.decimals);
            write!(f, ".{:0width$}", units % scale)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn numbers_are_kept_without_rounding() {
        for (text, shown) in [
            ("4.12", "4.12"),
            ("95.0", "95"),
            ("0.0630", "0.063"),
            ("-0.5", "-0.5"),
            ("0", "0"),
            ("007", "7"),
        ] {
            assert_eq!(read(text).to_string(), shown);
        }
        assert_eq!(read("4.1"), read("4.10"));
        assert_eq!(read("4.12").in_units(2), Some(412));
        assert_eq!(read("4.1228").in_units(2), None);
        assert!(read("4.12") < read("4.2") && read("-3") < read("0.1"));
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in [
            "",
            "-",
            ".",
            "1.",
            ".5",
            "1,5",
            "1e3",
            "+1",
            "n/a",
            "1.2.3",
            "٣",
            "1234567890123456789",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }
}
