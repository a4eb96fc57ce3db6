//! Occupations and their names.

use super::cell::Cell;
use crate::finding::Code;
use crate::onet::code::OnetCode;
use crate::table::{Fault, Field};

/// How many characters a name may have; the longest one of release 29.3 has 128.
const TITLE_CHARS: usize = 200;

/// An occupation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occupation {
    /// Its code.
    pub code: OnetCode,
    /// Its name, in the plural.
    pub title: String,
    /// What people in it do, in a few sentences.
    pub description: String,
}

impl Occupation {
    pub(super) fn read([code, title, description]: [Field<'_>; 3]) -> Result<Self, Fault> {
        Ok(Self {
            code: OnetCode::of(code)?,
            title: line(title)?,
            description: description.owned()?,
        })
    }
}

/// Another name of an occupation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlternateTitle {
    /// The name.
    pub text: String,
    /// A short form of it.
    pub short: Option<String>,
    /// The numbers of the sources that have it.
    pub sources: Vec<String>,
    /// Whether people gave this name when they were asked.
    pub reported: bool,
    /// Whether My Next Move shows it as such a name.
    pub shown_in_my_next_move: bool,
}

impl AlternateTitle {
    pub(super) fn read(
        [_code, _title, text, short, sources]: [Field<'_>; 5],
    ) -> Result<Self, Fault> {
        Ok(Self {
            text: line(text)?,
            short: short.maybe(line)?,
            sources: sources.maybe(list)?.unwrap_or_default(),
            reported: false,
            shown_in_my_next_move: false,
        })
    }
}

/// A name. A description in its place, after columns changed theirs, is longer than any name.
fn line(field: Field<'_>) -> Result<String, Fault> {
    let text = field.owned()?;
    if text.chars().count() > TITLE_CHARS {
        let expected = format!("a name of at most {TITLE_CHARS} characters");
        return Err(field.unexpected(Code::InvalidValue, &expected));
    }
    Ok(text)
}

/// Numbers between commas.
fn list(field: Field<'_>) -> Result<Vec<String>, Fault> {
    let numbers = field.text.split(',').map(str::trim);
    let numbers: Vec<String> = numbers.map(str::to_owned).collect();
    let fits = |number: &String| {
        (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    if numbers.iter().all(fits) {
        return Ok(numbers);
    }
    Err(field.unexpected(Code::InvalidCode, "numbers of sources such as 04,06"))
}

/// A name that people gave when they were asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedTitle {
    /// The name.
    pub text: String,
    /// Whether My Next Move shows it.
    pub shown_in_my_next_move: bool,
}

impl ReportedTitle {
    pub(super) fn read([_code, _title, text, shown]: [Field<'_>; 4]) -> Result<Self, Fault> {
        Ok(Self {
            text: line(text)?,
            shown_in_my_next_move: shown.flag()?,
        })
    }
}
