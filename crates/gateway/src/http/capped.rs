//! JSON up to a number of bytes.

use std::io::{self, Write};

use serde::Serialize;

/// The value as JSON; `None` when it has more than `limit` bytes or cannot be written.
pub(super) fn to_vec(value: &impl Serialize, limit: usize) -> Option<Vec<u8>> {
    let mut capped = Capped {
        bytes: Vec::with_capacity(1024),
        limit,
    };
    serde_json::to_writer(&mut capped, value).ok()?;
    Some(capped.bytes)
}

/// Takes bytes up to a limit.
struct Capped {
    bytes: Vec<u8>,
    limit: usize,
}

impl Write for Capped {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if self.bytes.len().saturating_add(more.len()) > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_itself_is_allowed_and_one_byte_less_is_not() {
        assert_eq!(to_vec(&["abc"], 7).unwrap(), b"[\"abc\"]");
        assert_eq!(to_vec(&["abc"], 6), None);
    }
}
