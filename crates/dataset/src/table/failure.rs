//! Failures of the disk and of the decompression as findings.

use std::io::{self, ErrorKind};

use super::open::{Packing, TooMuch};
use crate::finding::{Code, Finding, ReadError};

/// Where a file was when it failed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'f> {
    /// The name of the file.
    pub(super) file: &'f str,
    /// The last line that was read whole; 0 when there is none.
    pub(super) line: u64,
    /// How the file is packed, when that is known.
    pub(super) packing: Packing,
}

impl Place<'_> {
    /// What a failure means.
    pub(super) fn failure(self, error: io::Error) -> ReadError {
        let (code, message) = self.reading_of(&error);
        let finding = Finding::error(self.file, code, message);
        let finding = match self.line {
            0 => finding,
            line => finding.on(line),
        };
        ReadError {
            finding: Box::new(finding),
            source: Some(error),
        }
    }

    fn reading_of(self, error: &io::Error) -> (Code, String) {
        let inner = error.get_ref();
        if let Some(too_much) = inner.and_then(|inner| inner.downcast_ref::<TooMuch>()) {
            return (Code::TooLarge, too_much.to_string());
        }
        let read = match self.line {
            0 => "no line".to_owned(),
            1 => "1 line".to_owned(),
            lines => format!("{lines} lines"),
        };
        if error.kind() == ErrorKind::UnexpectedEof {
            let message = format!(
                "the file ends before its contents do, {read} could be read: expected a whole \
                 file; fetch it again"
            );
            return (Code::Truncated, message);
        }
        if error.raw_os_error().is_none() && self.packing == Packing::Zip {
            return (Code::Corrupt, format!("{error}; {read} could be read"));
        }
        if self.packing == Packing::Zstd && error.to_string().contains("too much memory") {
            // The text is all that the library gives to tell this failure by.
            let message = "unpacking the file takes a window of more than 8 MiB: expected less; \
                           pack it without `--long` and `--ultra`";
            return (Code::TooLarge, message.to_owned());
        }
        if error.raw_os_error().is_none() && self.packing != Packing::Plain {
            let message = format!(
                "the file cannot be unpacked further, {read} could be read ({error}); fetch it \
                 again"
            );
            return (Code::Corrupt, message);
        }
        (
            Code::Unreadable,
            format!("the file cannot be read: {error}"),
        )
    }
}
