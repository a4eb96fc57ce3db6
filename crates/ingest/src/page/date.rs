//! The dates that a `Last updated` line may hold.

use domain::PartialDate;

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words beside months and numbers that only dates are made of.
const DATE_WORDS: &[&str] = &["spring", "summer", "autumn", "fall", "winter", "of", "the"];

/// Reads `2026-03-14`, `14 March 2026`, `March 14, 2026`, `March 2026`, `2026-03`, `03/2026` or
/// `2026`.
pub(crate) fn parse(text: &str) -> Option<PartialDate> {
    PartialDate::parse(text)
        .ok()
        .or_else(|| numbered_month(text))
        .or_else(|| named_month(text))
}

/// Whether the line is meant as a date, known form or not.
pub(crate) fn looks_like_date(text: &str) -> bool {
    let is_date_word = |word: &str| {
        let word = word.trim_end_matches([',', '.']).to_lowercase();
        word.starts_with(|c: char| c.is_ascii_digit())
            || month(&word).is_some()
            || DATE_WORDS.contains(&word.as_str())
    };
    text.contains(|c: char| c.is_ascii_digit()) && text.split(' ').all(is_date_word)
}

fn numbered_month(text: &str) -> Option<PartialDate> {
    let (month, year) = text.split_once('/')?;
    if month.len() != 2 {
        return None;
    }
    PartialDate::month(year_of(year)?, number(month)?)
}

fn named_month(text: &str) -> Option<PartialDate> {
    let words: Vec<&str> = text.split(' ').collect();
    match *words.as_slice() {
        [name, year] => PartialDate::month(year_of(year)?, month(name)?),
        [first, second, year] => {
            let year = year_of(year)?;
            if let Some(month) = month(second) {
                PartialDate::day(year, month, number(first)?)
            } else {
                PartialDate::day(year, month(first)?, number(second.strip_suffix(',')?)?)
            }
        }
        _ => None,
    }
}

fn month(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    (1..)
        .zip(MONTHS)
        .find(|(_, month)| **month == name)
        .map(|(number, _)| number)
}

fn year_of(text: &str) -> Option<i32> {
    let year = (text.len() == 4).then(|| number(text)).flatten()?;
    i32::try_from(year).ok()
}

fn number(text: &str) -> Option<u32> {
    let is_number = (1..=4).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_form_keeps_its_precision() {
        for (text, wanted) in [
            ("2026-03-14", "2026-03-14"),
            ("14 March 2026", "2026-03-14"),
            ("march 4, 2026", "2026-03-04"),
            ("MARCH 2026", "2026-03"),
            ("2026-03", "2026-03"),
            ("03/2026", "2026-03"),
            ("2026", "2026"),
        ] {
            assert_eq!(parse(text).unwrap().to_string(), wanted, "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in [
            "",
            "soon",
            "Spring 2026",
            "32 March 2026",
            "13/2026",
            "14.03.2026",
            "26",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        for (text, wanted) in [
            ("Spring 2026", true),
            ("32 March 2026", true),
            ("March 14th, 2026", true),
            ("Runs services 24/7", false),
            ("March", false),
        ] {
            assert_eq!(looks_like_date(text), wanted, "{text}");
        }
    }
}
