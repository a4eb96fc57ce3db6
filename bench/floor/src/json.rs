//! JSON, written piece by piece into one buffer.

use std::io::Write as _;

/// A text of JSON in the making.
#[derive(Debug, Default)]
pub(crate) struct Json {
    bytes: Vec<u8>,
}

impl Json {
    /// What has been written so far.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Starts again, in the same memory.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
    }

    /// Writes punctuation and names as they are.
    pub(crate) fn raw(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Writes a whole number.
    pub(crate) fn number(&mut self, number: i64) {
        let written = write!(self.bytes, "{number}");
        debug_assert!(written.is_ok(), "memory takes every write");
    }

    /// Writes a string of UTF-8.
    pub(crate) fn text(&mut self, text: &[u8]) {
        self.bytes.push(b'"');
        let mut rest = text;
        while let Some(plain) = rest.iter().position(|byte| is_special(*byte)) {
            let (before, special) = rest.split_at(plain);
            self.bytes.extend_from_slice(before);
            if let Some((byte, after)) = special.split_first() {
                self.escape(*byte);
                rest = after;
            }
        }
        self.bytes.extend_from_slice(rest);
        self.bytes.push(b'"');
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'"' => self.raw("\\\""),
            b'\\' => self.raw("\\\\"),
            b'\n' => self.raw("\\n"),
            b'\r' => self.raw("\\r"),
            b'\t' => self.raw("\\t"),
            0x08 => self.raw("\\b"),
            0x0c => self.raw("\\f"),
            control => {
                let written = write!(self.bytes, "\\u{control:04x}");
                debug_assert!(written.is_ok(), "memory takes every write");
            }
        }
    }
}

fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_serde_writes_them() {
        let all: String = ('\0'..='\u{ff}').collect();
        for text in ["", "plain", "\"", "a\\b\"c\n", "café — 50 °C", &all] {
            let mut json = Json::default();
            json.text(text.as_bytes());
            assert_eq!(json.bytes(), serde_json::to_vec(text).unwrap());
        }
    }

    #[test]
    fn numbers_have_their_sign() {
        let mut json = Json::default();
        json.number(i64::MIN);
        assert_eq!(json.bytes(), b"-9223372036854775808");
    }
}
