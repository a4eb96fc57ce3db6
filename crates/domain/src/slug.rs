//! Slugs: the readable names of roles, categories and skills in addresses.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The largest number of characters of a slug.
pub const MAX_SLUG_CHARS: usize = 96;

/// A text that is not a slug.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{value}\" is not a slug: expected lower-case letters and digits joined by single hyphens, \
     1 to {MAX_SLUG_CHARS} characters"
)]
pub struct InvalidSlug {
    /// The text as it was given.
    pub value: String,
}

/// Lower-case letters and digits in words joined by single hyphens, 1 to 96 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// Reads a slug as it is written.
    pub fn parse(text: &str) -> Result<Self, InvalidSlug> {
        let well_formed = (1..=MAX_SLUG_CHARS).contains(&text.chars().count())
            && text
                .split('-')
                .all(|word| !word.is_empty() && word.chars().all(is_slug_char));
        if well_formed {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidSlug {
                value: text.to_owned(),
            })
        }
    }

    /// Makes the slug of a title; fails when the title has no letter and no digit.
    pub fn from_title(title: &str) -> Result<Self, InvalidSlug> {
        let mut slug = String::new();
        let mut chars = 0;
        for word in spelled_out(title).split(|c: char| !is_slug_char(c)) {
            if word.is_empty() {
                continue;
            }
            let separator = usize::from(chars > 0);
            let room = MAX_SLUG_CHARS.saturating_sub(chars + separator);
            if room == 0 {
                break;
            }
            if separator == 1 {
                slug.push('-');
            }
            slug.extend(word.chars().take(room));
            chars += separator + word.chars().count().min(room);
        }
        Self::parse(&slug).map_err(|_empty| InvalidSlug {
            value: title.to_owned(),
        })
    }

    /// The slug that is tried when `attempt - 1` others are taken: `name`, `name-2`, `name-3` …
    #[must_use]
    pub fn numbered(&self, attempt: u32) -> Self {
        if attempt <= 1 {
            return self.clone();
        }
        let suffix = format!("-{attempt}");
        let room = MAX_SLUG_CHARS - suffix.len();
        let stem: String = self.0.chars().take(room).collect();
        Self(format!("{}{suffix}", stem.trim_end_matches('-')))
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_slug_char(c: char) -> bool {
    c.is_alphanumeric() && !c.is_uppercase()
}

/// Lower case, without marks, with the symbols that carry meaning written as words.
fn spelled_out(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for c in title.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '&' => out.push_str("and"),
            '+' => out.push_str("plus"),
            '#' => out.push_str("sharp"),
            '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' => {}
            'ß' | 'ẞ' => out.push_str("ss"),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'æ' | 'Æ' => out.push_str("ae"),
            other => out.extend(other.to_lowercase().filter(|c| !is_combining_mark(*c))),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slug(title: &str) -> String {
        Slug::from_title(title).unwrap().to_string()
    }

    #[test]
    fn symbols_become_words_and_marks_vanish() {
        assert_eq!(slug("C++ & C# Developer"), "cplusplus-and-csharp-developer");
        assert_eq!(
            slug("Développeur·euse à l'Élysée"),
            "developpeur-euse-a-lelysee"
        );
        assert_eq!(slug("Straßenbauer Łódź Ærø"), "strassenbauer-lodz-aero");
        assert_eq!(slug("  Sr. Engineer (R&D)  "), "sr-engineer-randd");
    }

    #[test]
    fn a_title_without_letters_has_no_slug() {
        assert!(Slug::from_title("— … !").is_err());
    }

    #[test]
    fn numbers_keep_the_slug_within_its_length() {
        let long = Slug::parse(&"a".repeat(MAX_SLUG_CHARS)).unwrap();
        assert_eq!(long.numbered(12).as_str().chars().count(), MAX_SLUG_CHARS);
        assert!(long.numbered(12).as_str().ends_with("a-12"));
    }

    proptest! {
        #[test]
        fn every_slug_made_from_a_title_is_a_slug(title in ".{0,200}") {
            if let Ok(slug) = Slug::from_title(&title) {
                prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug.clone()));
                prop_assert_eq!(Slug::from_title(slug.as_str()), Ok(slug));
            }
        }

        #[test]
        fn numbered_slugs_are_slugs(title in "[a-z]{1,20}( [a-z]{1,40}){0,6}", n in 1u32..5000) {
            let slug = Slug::from_title(&title).unwrap().numbered(n);
            prop_assert!(Slug::parse(slug.as_str()).is_ok());
        }
    }
}
