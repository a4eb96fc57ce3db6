//! Locales: the language a document is written in, as a BCP 47 tag.

use std::fmt;

/// A text that is not a language tag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{value}\" is not a BCP 47 language tag such as en, pt-BR or zh-Hant-TW")]
pub struct InvalidLocale {
    /// The text as it was given.
    pub value: String,
}

/// A BCP 47 tag of language, script, region and variants, in its usual letter case.
///
/// Extensions and private use are not accepted: they say how to format, not what is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale(String);

impl Locale {
    /// English, the locale of documents that name none.
    #[must_use]
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// Reads a tag in any letter case.
    pub fn parse(text: &str) -> Result<Self, InvalidLocale> {
        canonical(text).map(Self).ok_or_else(|| InvalidLocale {
            value: text.to_owned(),
        })
    }

    /// The language alone, without script, region and variants.
    #[must_use]
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// The tag as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn canonical(text: &str) -> Option<String> {
    let mut parts = text.split('-').peekable();
    let language = parts.next().filter(|p| alphabetic(p, 2..=3))?;
    let mut tag = language.to_ascii_lowercase();
    if let Some(script) = parts.next_if(|p| alphabetic(p, 4..=4)) {
        let mut chars = script.chars();
        tag.push('-');
        tag.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        tag.extend(chars.map(|c| c.to_ascii_lowercase()));
    }
    if let Some(region) = parts.next_if(|p| alphabetic(p, 2..=2) || digits(p, 3)) {
        tag.push('-');
        tag.push_str(&region.to_ascii_uppercase());
    }
    for variant in parts {
        let long = (5..=8).contains(&variant.len());
        let dated = variant.len() == 4 && variant.starts_with(|c: char| c.is_ascii_digit());
        if !(long || dated) || !variant.chars().all(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        tag.push_str(&variant.to_ascii_lowercase());
    }
    Some(tag)
}

fn alphabetic(part: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphabetic())
}

fn digits(part: &str, length: usize) -> bool {
    part.len() == length && part.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_come_back_in_their_usual_case() {
        for (given, wanted) in [
            ("EN", "en"),
            ("pt-br", "pt-BR"),
            ("ZH-hant-tw", "zh-Hant-TW"),
            ("de-1996", "de-1996"),
        ] {
            assert_eq!(Locale::parse(given).unwrap().as_str(), wanted);
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "e", "english", "en_US", "en-", "en-x-foo", "en-USA"] {
            assert!(Locale::parse(text).is_err(), "{text}");
        }
    }
}
