//! Moments and days: UTC instants to the microsecond, and dates that know their precision.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Datelike, NaiveDate, SubsecRound, TimeDelta, Utc};

use crate::text_enum::text_enum;

/// Where the present moment comes from; a parameter, so that tests are deterministic.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// A text that is not a moment or a day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{value}\" is not a {expected}")]
pub struct InvalidTime {
    /// The text as it was given.
    pub value: String,
    /// What was expected, with an example.
    pub expected: &'static str,
}

/// A moment in UTC, to the microsecond.
///
/// Its text has a fixed width (`2026-03-14T09:26:53.589793Z`), so that the order of the bytes is
/// the order of time in every database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// Wraps a moment; digits beyond the microsecond are cut off.
    #[must_use]
    pub fn new(moment: DateTime<Utc>) -> Self {
        Self(moment.trunc_subsecs(6))
    }

    /// Reads an RFC 3339 text with any offset.
    pub fn parse(text: &str) -> Result<Self, InvalidTime> {
        let expected = "moment of the form 2026-03-14T09:26:53Z";
        DateTime::parse_from_rfc3339(text)
            .map(|moment| Self::new(moment.with_timezone(&Utc)))
            .map_err(|_error| InvalidTime {
                value: text.to_owned(),
                expected,
            })
    }

    /// The moment that lies so much earlier; the first one that there is when it would lie before.
    #[must_use]
    pub fn earlier_by(self, time: Duration) -> Self {
        let time = TimeDelta::from_std(time).unwrap_or(TimeDelta::MAX);
        let earlier = self.0.checked_sub_signed(time);
        Self::new(earlier.unwrap_or(DateTime::<Utc>::MIN_UTC))
    }

    /// The moment for calculations and formatting.
    #[must_use]
    pub const fn moment(self) -> DateTime<Utc> {
        self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%dT%H:%M:%S%.6fZ"))
    }
}

text_enum! {
    /// How precisely a day is known.
    pub enum DatePrecision {
        /// Only the year is known.
        Year = "YEAR",
        /// Year and month are known.
        Month = "MONTH",
        /// The day is known.
        Day = "DAY",
    }
}

/// A day, month or year, as precise as its source gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    first_day: NaiveDate,
    precision: DatePrecision,
}

impl PartialDate {
    /// A whole year; `None` when the number is not a year of four digits.
    #[must_use]
    pub fn year(year: i32) -> Option<Self> {
        Self::build(year, 1, 1, DatePrecision::Year)
    }

    /// A month; `None` when there is no such month.
    #[must_use]
    pub fn month(year: i32, month: u32) -> Option<Self> {
        Self::build(year, month, 1, DatePrecision::Month)
    }

    /// A day; `None` when the calendar has no such day.
    #[must_use]
    pub fn day(year: i32, month: u32, day: u32) -> Option<Self> {
        Self::build(year, month, day, DatePrecision::Day)
    }

    fn build(year: i32, month: u32, day: u32, precision: DatePrecision) -> Option<Self> {
        let first_day = NaiveDate::from_ymd_opt(year, month, day)?;
        (1000..=9999).contains(&year).then_some(Self {
            first_day,
            precision,
        })
    }

    /// Reads `2026`, `2026-03` or `2026-03-14`.
    pub fn parse(text: &str) -> Result<Self, InvalidTime> {
        let fields: Vec<&str> = text.split('-').collect();
        let number = |field: &str, width: usize| {
            let digits = field.len() == width && field.chars().all(|c| c.is_ascii_digit());
            digits.then(|| field.parse::<u32>().ok()).flatten()
        };
        let year = |field: &str| number(field, 4).and_then(|year| i32::try_from(year).ok());
        let date = match fields.as_slice() {
            [y] => year(y).and_then(Self::year),
            [y, m] => year(y)
                .zip(number(m, 2))
                .and_then(|(y, m)| Self::month(y, m)),
            [y, m, d] => match (year(y), number(m, 2), number(d, 2)) {
                (Some(y), Some(m), Some(d)) => Self::day(y, m, d),
                _ => None,
            },
            _ => None,
        };
        let expected = "date of the form 2026-03-14, 2026-03 or 2026";
        date.ok_or_else(|| InvalidTime {
            value: text.to_owned(),
            expected,
        })
    }

    /// The first day of the period.
    #[must_use]
    pub const fn first_day(self) -> NaiveDate {
        self.first_day
    }

    /// How precisely the day is known.
    #[must_use]
    pub const fn precision(self) -> DatePrecision {
        self.precision
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (
            self.first_day.year(),
            self.first_day.month(),
            self.first_day.day(),
        );
        match self.precision {
            DatePrecision::Year => write!(f, "{year:04}"),
            DatePrecision::Month => write!(f, "{year:04}-{month:02}"),
            DatePrecision::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_the_precision_they_were_given_with() {
        for text in ["2026", "2026-03", "2026-03-14"] {
            assert_eq!(PartialDate::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "",
            "26",
            "2026-3",
            "2026-13",
            "2026-02-30",
            "2026-03-14T00:00:00Z",
        ] {
            assert!(PartialDate::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn timestamps_have_one_width_and_sort_as_text() {
        let early = Timestamp::parse("2026-03-14T10:00:00+02:00").unwrap();
        let late = Timestamp::parse("2026-03-14T08:00:00.000001Z").unwrap();
        assert_eq!(early.to_string(), "2026-03-14T08:00:00.000000Z");
        assert!(early < late && early.to_string() < late.to_string());
    }
}
