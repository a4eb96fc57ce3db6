//! The stored form of a text that lists are ordered by and searched in.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without marks, so that byte order is a usable order on both engines.
#[must_use]
pub fn sort_key(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase);
    lower.filter(|c| !is_combining_mark(*c)).collect()
}
