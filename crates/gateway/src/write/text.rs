//! Texts as JSON strings.

use std::fmt;

/// How many bytes are looked at together: a size for which compilers find vector instructions.
const CHUNK: usize = 32;

/// Writes a text with its quotes, as `serde_json` writes it.
pub(super) fn quoted(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    escaped(text, out);
    out.push(b'"');
}

/// Writes whatever can be displayed with its quotes.
pub(super) fn displayed(value: &impl fmt::Display, out: &mut Vec<u8>) {
    use fmt::Write as _;
    out.push(b'"');
    // Displaying fails only where writing does, and a vector takes everything.
    let _displayed = write!(Escaping(out), "{value}");
    out.push(b'"');
}

struct Escaping<'o>(&'o mut Vec<u8>);

impl fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        escaped(text, self.0);
        Ok(())
    }
}

/// Writes a text without quotes; whole runs at once where nothing has to be escaped.
fn escaped(text: &str, out: &mut Vec<u8>) {
    let mut rest = text.as_bytes();
    while let Some((clean, odd, tail)) = next_odd(rest) {
        out.extend_from_slice(clean);
        escape(odd, out);
        rest = tail;
    }
    out.extend_from_slice(rest);
}

/// The first byte that has to be escaped, with what stands before and behind it.
fn next_odd(bytes: &[u8]) -> Option<(&[u8], u8, &[u8])> {
    let chunks = bytes.chunks(CHUNK);
    let clean = chunks.take_while(|chunk| !has_odd(chunk)).map(<[u8]>::len);
    let clean: usize = clean.sum();
    let dirty = bytes.get(clean..)?;
    let place = clean + dirty.iter().position(|byte| oddity(*byte) != 0)?;
    let (before, behind) = bytes.split_at_checked(place)?;
    let (odd, tail) = behind.split_first()?;
    Some((before, *odd, tail))
}

/// Looks at every byte of a chunk, which is faster than to stop at the first one.
fn has_odd(chunk: &[u8]) -> bool {
    chunk.iter().fold(0, |odd, byte| odd | oddity(*byte)) != 0
}

/// 1 for a byte that has to be escaped and 0 for any other, so that no step depends on another.
fn oddity(byte: u8) -> u8 {
    u8::from(byte < b' ') | u8::from(byte == b'"') | u8::from(byte == b'\\')
}

fn escape(byte: u8, out: &mut Vec<u8>) {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let short = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        b'\t' => b't',
        b'\n' => b'n',
        0x0c => b'f',
        b'\r' => b'r',
        _ => {
            let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or(b'0');
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&[digit(byte >> 4), digit(byte & 0xf)]);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        quoted(text, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_control_character_is_escaped() {
        let all: String = (0..=0x7f_u8).map(char::from).collect();
        assert_eq!(written(&all), serde_json::to_string(&all).unwrap());
    }

    proptest! {
        #[test]
        fn texts_are_written_as_by_serde(text in r#"([a-zäß€ ]{0,50}|["\\\n\t\x00-\x1f])*"#) {
            prop_assert_eq!(written(&text), serde_json::to_string(&text).unwrap());
            let mut out = Vec::new();
            displayed(&text, &mut out);
            prop_assert_eq!(out, serde_json::to_vec(&text).unwrap());
        }
    }
}
