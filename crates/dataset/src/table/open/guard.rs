//! Readers that count: bytes from the disk, and bytes that a packed file becomes.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::table::limits::Limits;

/// Counts the bytes that come from the disk, for whoever shows how far a reading is.
#[derive(Clone, Debug, Default)]
pub(in crate::table) struct Meter(Arc<AtomicU64>);

impl Meter {
    /// How many bytes have come.
    pub(in crate::table) fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// The same bytes, counted.
    pub(super) fn of<R: Read>(&self, inner: R) -> Metered<R> {
        Metered {
            inner,
            meter: self.clone(),
        }
    }
}

/// A reader whose bytes are counted.
#[derive(Debug)]
pub(super) struct Metered<R> {
    inner: R,
    meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let bytes = u64::try_from(count).unwrap_or(u64::MAX);
        self.meter.0.fetch_add(bytes, Ordering::Relaxed);
        Ok(count)
    }
}

/// Why a file is not unpacked further.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::table) enum TooMuch {
    /// It grows more than compressed text does.
    #[error(
        "the file unpacks to more than {most} bytes: expected at most {ratio} times its stored size; unpack it yourself when it is sound"
    )]
    Expansion {
        /// How many bytes it may become.
        most: u64,
        /// The ratio that gives this number.
        ratio: u64,
    },
    /// It has more bytes than any file may have.
    #[error("the file has more than {most} bytes when unpacked: expected at most so many")]
    Absolute {
        /// How many bytes it may have.
        most: u64,
    },
}

/// A reader that ends with an error when it gives more than it may.
#[derive(Debug)]
pub(super) struct Guarded<R> {
    inner: R,
    given: u64,
    most: u64,
    why: TooMuch,
}

impl<R: Read> Guarded<R> {
    /// Bytes of a file that is not packed.
    pub(super) fn absolute(inner: R, limits: &Limits) -> Self {
        let most = limits.file_bytes;
        Self {
            inner,
            given: 0,
            most,
            why: TooMuch::Absolute { most },
        }
    }

    /// Bytes of a file that has so many bytes while packed.
    pub(super) fn packed(inner: R, stored: u64, limits: &Limits) -> Self {
        let ratio = limits.expansion;
        let most = stored.saturating_mul(ratio).max(limits.expansion_floor);
        if most >= limits.file_bytes {
            return Self::absolute(inner, limits);
        }
        Self {
            inner,
            given: 0,
            most,
            why: TooMuch::Expansion { most, ratio },
        }
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let bytes = u64::try_from(count).unwrap_or(u64::MAX);
        self.given = self.given.saturating_add(bytes);
        if self.given > self.most {
            return Err(io::Error::other(self.why));
        }
        Ok(count)
    }
}
