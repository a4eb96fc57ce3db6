//! Ids of trusted documents: hashes and names, as the tools of clients write them.

use std::fmt;

/// The largest number of characters of the id of a document.
pub const MAX_DOCUMENT_ID_CHARS: usize = 128;

/// What an id that is the SHA-256 of its text begins with.
const SHA256_PREFIX: &str = "sha256:";

/// A text that is not the id of a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{}\" is not the id of a document: expected 1 to {MAX_DOCUMENT_ID_CHARS} visible ASCII \
     characters without quotes and backslashes, and 64 hexadecimal digits after {SHA256_PREFIX}",
    shown(.value)
)]
pub struct InvalidDocumentId {
    /// The text as it was given.
    pub value: String,
}

/// The id of a trusted document: 1 to 128 visible ASCII characters without quotes and backslashes.
///
/// `sha256:` and 64 hexadecimal digits are the hash of the text, in lower case; every other id is
/// kept as it was given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(String);

impl DocumentId {
    /// Reads an id.
    pub fn parse(text: &str) -> Result<Self, InvalidDocumentId> {
        let prefix = text.get(..SHA256_PREFIX.len());
        let promises_hash = prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case(SHA256_PREFIX));
        let digits = text.get(SHA256_PREFIX.len()..).unwrap_or_default();
        if promises_hash && is_hash(digits) {
            Ok(Self(text.to_ascii_lowercase()))
        } else if !promises_hash && is_opaque(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidDocumentId {
                value: text.to_owned(),
            })
        }
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits after `sha256:`; the text of the document has to have this hash.
    #[must_use]
    pub fn promised_sha256(&self) -> Option<&str> {
        self.0.strip_prefix(SHA256_PREFIX)
    }

    /// The 64 hexadecimal digits of an id that is made of them, with or without `sha256:`.
    ///
    /// Without the prefix they may be something else than the hash of the text, and in any case.
    #[must_use]
    pub fn sha256_digits(&self) -> Option<&str> {
        let bare = is_hash(&self.0).then_some(self.0.as_str());
        self.promised_sha256().or(bare)
    }

    /// The other spelling of an id that is a hash: `sha256:` before 64 lower-case digits or not.
    ///
    /// A document whose text has this hash answers to both spellings, whichever of them it was
    /// stored under.
    #[must_use]
    pub fn sha256_twin(&self) -> Option<Self> {
        if let Some(digits) = self.promised_sha256() {
            return Some(Self(digits.to_owned()));
        }
        let upper = self.0.bytes().any(|byte| byte.is_ascii_uppercase());
        (is_hash(&self.0) && !upper).then(|| Self(format!("{SHA256_PREFIX}{}", self.0)))
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_opaque(text: &str) -> bool {
    (1..=MAX_DOCUMENT_ID_CHARS).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'\\'))
}

/// The beginning of a text that may be anything, in one line.
fn shown(value: &str) -> String {
    let mut chars = value.chars();
    let start: String = chars.by_ref().take(MAX_DOCUMENT_ID_CHARS).collect();
    let end = if chars.next().is_some() { "…" } else { "" };
    format!("{}{end}", start.escape_debug())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DIGITS: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    fn id(text: &str) -> DocumentId {
        DocumentId::parse(text).unwrap()
    }

    #[test]
    fn ids_are_kept_as_they_are_given() {
        let longest = "x".repeat(MAX_DOCUMENT_ID_CHARS);
        for text in [
            "RolePage",
            "7.1/role-page",
            &DIGITS.to_uppercase(),
            &longest,
        ] {
            assert_eq!(id(text).as_str(), text);
        }
    }

    #[test]
    fn a_hash_with_its_prefix_is_lower_case() {
        let written = format!("SHA256:{}", DIGITS.to_uppercase());
        assert_eq!(id(&written).as_str(), format!("sha256:{DIGITS}"));
        assert_eq!(id(&written).promised_sha256(), Some(DIGITS));
    }

    #[test]
    fn other_texts_are_refused_and_shown_in_one_line() {
        let too_long = "x".repeat(MAX_DOCUMENT_ID_CHARS + 1);
        for text in [
            "",
            "a b",
            "a\"b",
            "a'b",
            "a\\b",
            "a\n",
            "ä",
            "sha256:",
            "sha256:12",
            &too_long,
        ] {
            let refused = DocumentId::parse(text).unwrap_err().to_string();
            assert_eq!(refused.lines().count(), 1, "{refused}");
            assert!(refused.contains("is not the id of a document"), "{refused}");
        }
    }

    #[test]
    fn a_hash_has_two_spellings() {
        let (bare, prefixed) = (id(DIGITS), id(&format!("sha256:{DIGITS}")));
        assert_eq!(bare.sha256_twin(), Some(prefixed.clone()));
        assert_eq!(prefixed.sha256_twin(), Some(bare.clone()));
        assert_eq!(bare.sha256_digits(), prefixed.sha256_digits());
        assert_eq!(bare.promised_sha256(), None);
        assert_eq!(id("RolePage").sha256_twin(), None);
        assert_eq!(id("RolePage").sha256_digits(), None);
        assert_eq!(id(&DIGITS.to_uppercase()).sha256_twin(), None);
    }

    proptest! {
        #[test]
        fn an_id_reads_back_as_itself(text in "(sha256:)?[!-~]{1,140}|(sha256:)?[0-9A-Fa-f]{64}") {
            if let Ok(id) = DocumentId::parse(&text) {
                prop_assert!(id.as_str().eq_ignore_ascii_case(&text));
                prop_assert_eq!(DocumentId::parse(id.as_str()), Ok(id.clone()));
                if let Some(twin) = id.sha256_twin() {
                    prop_assert_eq!(DocumentId::parse(twin.as_str()), Ok(twin.clone()));
                    prop_assert_eq!(twin.sha256_twin(), Some(id));
                }
            }
        }
    }
}
