//! Cells of O*NET tables as values.

use domain::PartialDate;

use crate::decimal::Decimal;
use crate::finding::Code;
use crate::table::{Fault, Field};

/// A cell read as a value of O*NET.
pub(super) trait Cell<'r>: Sized {
    /// The text as a value of its own.
    fn owned(self) -> Result<String, Fault>;
    /// `Y` or `N`.
    fn flag(self) -> Result<bool, Fault>;
    /// A number with a decimal point.
    fn decimal(self) -> Result<Decimal, Fault>;
    /// A month of the form `MM/YYYY`.
    fn month(self) -> Result<PartialDate, Fault>;
    /// A number that is a name, such as a Task ID.
    fn digits(self) -> Result<String, Fault>;
    /// A place in the content model, such as `2.A.1.a`.
    fn element_id(self) -> Result<String, Fault>;
    /// The name of a scale, such as `IM`.
    fn scale_id(self) -> Result<String, Fault>;
    /// A detailed (`D`) or intermediate (`I`) activity below an element.
    fn activity_id(self, letter: char) -> Result<String, Fault>;
    /// One of a few words.
    fn word<T: Copy>(self, words: &[(&str, T)]) -> Result<T, Fault>;
}

impl<'r> Cell<'r> for Field<'r> {
    fn owned(self) -> Result<String, Fault> {
        self.required().map(str::to_owned)
    }

    fn flag(self) -> Result<bool, Fault> {
        self.word(&[("Y", true), ("N", false)])
    }

    fn decimal(self) -> Result<Decimal, Fault> {
        let text = self.required()?;
        Decimal::parse(text)
            .ok_or_else(|| self.unexpected(Code::InvalidNumber, "a number such as 4.12"))
    }

    fn month(self) -> Result<PartialDate, Fault> {
        let text = self.required()?;
        let read = || {
            let (month, year) = text.split_once('/')?;
            let digits = |text: &str, width| {
                text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit())
            };
            let fits = digits(month, 2) && digits(year, 4);
            let date = PartialDate::month(year.parse().ok()?, month.parse().ok()?);
            date.filter(|_date| fits)
        };
        read().ok_or_else(|| self.unexpected(Code::InvalidDate, "a month such as 08/2023"))
    }

    fn digits(self) -> Result<String, Fault> {
        let text = self.required()?;
        let fits = text.len() <= 18 && text.bytes().all(|byte| byte.is_ascii_digit());
        let text = fits.then(|| text.to_owned());
        text.ok_or_else(|| self.unexpected(Code::InvalidCode, "an identifier of digits"))
    }

    fn element_id(self) -> Result<String, Fault> {
        let text = self.required()?;
        let text = is_element_id(text).then(|| text.to_owned());
        text.ok_or_else(|| self.unexpected(Code::InvalidCode, "an Element ID such as 2.A.1.a"))
    }

    fn scale_id(self) -> Result<String, Fault> {
        let text = self.required()?;
        let fits = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        let text = fits.then(|| text.to_owned());
        text.ok_or_else(|| self.unexpected(Code::InvalidCode, "a Scale ID such as IM"))
    }

    fn activity_id(self, letter: char) -> Result<String, Fault> {
        let text = self.required()?;
        let last = text.rsplit('.').next().unwrap_or_default();
        let fits = is_element_id(text)
            && last.strip_prefix(letter).is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            });
        let text = fits.then(|| text.to_owned());
        let expected = if letter == 'D' {
            "a DWA ID such as 4.A.2.a.4.I09.D03"
        } else {
            "an IWA ID such as 4.A.2.a.4.I09"
        };
        text.ok_or_else(|| self.unexpected(Code::InvalidCode, expected))
    }

    fn word<T: Copy>(self, words: &[(&str, T)]) -> Result<T, Fault> {
        let text = self.required()?;
        let found = words.iter().find(|(word, _value)| *word == text);
        found.map(|(_word, value)| *value).ok_or_else(|| {
            let words: Vec<&str> = words.iter().map(|(word, _value)| *word).collect();
            self.unexpected(Code::InvalidValue, &words.join(" or "))
        })
    }
}

/// Whether a text is a digit followed by parts behind points.
fn is_element_id(text: &str) -> bool {
    let starts = text
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_digit());
    let mut parts = text.split('.');
    let fits = |part: &str| {
        !part.is_empty() && part.len() <= 8 && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    starts && parts.all(fits)
}
