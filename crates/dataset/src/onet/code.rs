//! Codes of occupations.

use std::fmt;

use crate::finding::Code;
use crate::table::{Fault, Field};

/// A code of O*NET-SOC, such as `15-1252.00`.
///
/// It is kept as its ten bytes: a release names its thousand codes four hundred thousand times.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OnetCode([u8; 10]);

impl OnetCode {
    /// Reads a code; `None` when the text has another form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 10] = text.as_bytes().try_into().ok()?;
        let pattern = b"00-0000.00";
        let fits = bytes
            .iter()
            .zip(pattern)
            .all(|(byte, wanted)| match wanted {
                b'0' => byte.is_ascii_digit(),
                mark => byte == mark,
            });
        fits.then_some(Self(bytes))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Reads the code of a cell.
    pub(super) fn of(field: Field<'_>) -> Result<Self, Fault> {
        let text = field.required()?;
        Self::parse(text).ok_or_else(|| {
            field.unexpected(Code::InvalidCode, "an O*NET-SOC code such as 15-1252.00")
        })
    }
}

impl fmt::Display for OnetCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for OnetCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
