//! The SHA-256 of the text of a document.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// What an id begins with that promises the hash of its text.
pub(super) const SHA256: &str = "sha256:";

/// The SHA-256 of the text of a document, by which it is kept and called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct DocumentHash([u8; 32]);

impl DocumentHash {
    /// The hash of a text.
    pub(crate) fn of(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 hexadecimal digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != bytes.len() || !rest.is_empty() {
            return None;
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Some(Self(bytes))
    }

    /// The id that promises this hash.
    pub(crate) fn id(&self) -> String {
        format!("{SHA256}{self}")
    }

    /// The first twelve digits, enough to tell documents apart in a log.
    pub(crate) fn short(&self) -> ShortHash {
        let beginning = self.0.first_chunk();
        ShortHash(beginning.copied().unwrap_or_default())
    }
}

/// The beginning of a hash, for logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ShortHash([u8; 6]);

impl fmt::Display for ShortHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Display for DocumentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_as_it_is_written() {
        let hash = DocumentHash::of("{ __typename }");
        let text = hash.to_string();
        assert_eq!(DocumentHash::parse(&text), Some(hash));
        assert_eq!(DocumentHash::parse(&text.to_uppercase()), Some(hash));
        assert_eq!(text.len(), 64);
        let short = hash.short().to_string();
        assert!(text.starts_with(&short) && short.len() == 12);
    }

    #[test]
    fn anything_else_is_no_hash() {
        for odd in [
            "",
            "ab",
            &"g".repeat(64),
            &"a".repeat(63),
            &"a".repeat(65),
            &"ä".repeat(32),
        ] {
            assert_eq!(DocumentHash::parse(odd), None, "{odd}");
        }
    }
}
