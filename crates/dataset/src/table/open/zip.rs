//! Zip archives with one member, read as a stream behind their directory.
//!
//! A crate for whole archives brings encryption, dates and a dozen methods of packing; one member
//! that is stored or deflated needs the directory and two headers.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::buffered;
use super::guard::Meter;

const END: &[u8] = b"PK\x05\x06";
const END64: &[u8] = b"PK\x06\x06";
const END64_LOCATOR: &[u8] = b"PK\x06\x07";
const ENTRY: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";
/// How many bytes before its end an archive may begin to end: a record and the longest comment.
const END_ROOM: u64 = 22 + 0xffff;
/// The largest directory; that of one member has a few hundred bytes.
const DIRECTORY_BYTES: u64 = 1024 * 1024;

/// Where the only member of an archive is, and how it is packed.
#[derive(Debug)]
pub(super) struct Member {
    header_at: u64,
    deflated: bool,
    packed: u64,
    unpacked: u64,
    crc: u32,
}

impl Member {
    /// Finds the member in an archive of so many bytes.
    pub(super) fn find(file: &mut File, length: u64) -> io::Result<Self> {
        let directory = directory(file, length)?;
        let mut rest = directory.as_slice();
        let mut members = Vec::new();
        while rest.starts_with(ENTRY) {
            let (entry, behind) = Entry::cut(rest).ok_or_else(broken)?;
            members.extend(entry.is_file().then_some(entry));
            rest = behind;
        }
        match members.as_slice() {
            [entry] => entry.member(),
            several => Err(invalid(format!(
                "the archive has {} files: expected one; unpack it yourself",
                several.len()
            ))),
        }
    }

    /// How many bytes the member has in the archive.
    pub(super) const fn packed_bytes(&self) -> u64 {
        self.packed
    }

    /// The bytes of the member.
    pub(super) fn read(self, mut file: File, meter: &Meter) -> io::Result<Box<dyn Read + Send>> {
        let header = bytes_at(&mut file, self.header_at, 30)?;
        if !header.starts_with(LOCAL) {
            return Err(broken());
        }
        let name = u64::from(short(&header, 26).ok_or_else(broken)?);
        let extra = u64::from(short(&header, 28).ok_or_else(broken)?);
        let start = self.header_at.saturating_add(30 + name + extra);
        file.seek(SeekFrom::Start(start))?;
        let packed = buffered(meter.of(file.take(self.packed)));
        Ok(if self.deflated {
            Box::new(Checked::new(DeflateDecoder::new(packed), &self))
        } else {
            Box::new(Checked::new(packed, &self))
        })
    }
}

/// One entry of the directory.
struct Entry<'d> {
    fixed: &'d [u8],
    name: &'d [u8],
    extra: &'d [u8],
}

impl<'d> Entry<'d> {
    /// Cuts the entry off with which the bytes begin.
    fn cut(bytes: &'d [u8]) -> Option<(Self, &'d [u8])> {
        let (fixed, rest) = bytes.split_at_checked(46)?;
        let (name, rest) = rest.split_at_checked(usize::from(short(fixed, 28)?))?;
        let (extra, rest) = rest.split_at_checked(usize::from(short(fixed, 30)?))?;
        let (_comment, rest) = rest.split_at_checked(usize::from(short(fixed, 32)?))?;
        Some((Self { fixed, name, extra }, rest))
    }

    /// Whether it is neither a folder nor what an Apple computer adds.
    fn is_file(&self) -> bool {
        !self.name.ends_with(b"/") && !self.name.starts_with(b"__MACOSX/")
    }

    fn member(&self) -> io::Result<Member> {
        let flags = short(self.fixed, 8).ok_or_else(broken)?;
        let method = short(self.fixed, 10).ok_or_else(broken)?;
        if flags & 1 != 0 {
            return Err(invalid("the archive is encrypted: expected a plain one"));
        }
        if method != 0 && method != 8 {
            return Err(invalid(format!(
                "the archive is packed by method {method}: expected 0 (stored) or 8 (deflated)"
            )));
        }
        self.sizes(method == 8).ok_or_else(broken)
    }

    /// Sizes that do not fit stand in an extra field, in this order.
    fn sizes(&self, deflated: bool) -> Option<Member> {
        let mut wide = self.wide();
        let mut size = |at| {
            let narrow = word(self.fixed, at)?;
            if narrow != u32::MAX {
                return Some(u64::from(narrow));
            }
            let (value, rest) = wide.split_at_checked(8)?;
            wide = rest;
            long(value, 0)
        };
        let (unpacked, packed, header_at) = (size(24)?, size(20)?, size(42)?);
        Some(Member {
            header_at,
            deflated,
            packed,
            unpacked,
            crc: word(self.fixed, 16)?,
        })
    }

    /// The extra field with the sizes of large files.
    fn wide(&self) -> &'d [u8] {
        let mut rest = self.extra;
        while let (Some(id), Some(length)) = (short(rest, 0), short(rest, 2)) {
            let field = rest.get(4..).unwrap_or_default();
            let (body, behind) = field
                .split_at_checked(usize::from(length))
                .unwrap_or((field, &[]));
            if id == 1 {
                return body;
            }
            rest = behind;
        }
        &[]
    }
}

/// The directory of an archive, which stands at its end.
fn directory(file: &mut File, length: u64) -> io::Result<Vec<u8>> {
    let tail_at = length.saturating_sub(END_ROOM);
    let tail = bytes_at(file, tail_at, length - tail_at)?;
    let place = memchr::memmem::rfind(&tail, END).ok_or_else(cut_off)?;
    let end = tail.get(place..).unwrap_or_default();
    let mut size = u64::from(word(end, 12).ok_or_else(cut_off)?);
    let mut at = u64::from(word(end, 16).ok_or_else(cut_off)?);
    let locator = place
        .checked_sub(20)
        .and_then(|start| tail.get(start..place));
    let locator = locator.filter(|bytes| bytes.starts_with(END64_LOCATOR));
    if let Some(end64_at) = locator.and_then(|bytes| long(bytes, 8)) {
        let end64 = bytes_at(file, end64_at, 56)?;
        if !end64.starts_with(END64) {
            return Err(broken());
        }
        size = long(&end64, 40).ok_or_else(broken)?;
        at = long(&end64, 48).ok_or_else(broken)?;
    }
    if size > DIRECTORY_BYTES {
        return Err(invalid("the archive has many files: expected one"));
    }
    bytes_at(file, at, size)
}

fn bytes_at(file: &mut File, at: u64, count: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(count).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) < count {
        return Err(cut_off());
    }
    Ok(bytes)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*bytes))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u64::from_le_bytes(*bytes))
}

fn invalid(message: impl Into<String>) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, message.into())
}

fn broken() -> io::Error {
    invalid("the directory of the archive is damaged")
}

fn cut_off() -> io::Error {
    io::Error::new(ErrorKind::UnexpectedEof, "the archive has no end")
}

/// A reader that compares size and checksum when it comes to the end.
struct Checked<R> {
    inner: R,
    crc: Crc,
    given: u64,
    unpacked: u64,
    wanted: u32,
}

impl<R: Read> Checked<R> {
    fn new(inner: R, member: &Member) -> Self {
        Self {
            inner,
            crc: Crc::new(),
            given: 0,
            unpacked: member.unpacked,
            wanted: member.crc,
        }
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let read = buffer.get(..count).unwrap_or_default();
        self.crc.update(read);
        self.given += u64::try_from(count).unwrap_or(u64::MAX);
        if count == 0 && !buffer.is_empty() {
            if self.given < self.unpacked {
                return Err(cut_off());
            }
            if self.given > self.unpacked || self.crc.sum() != self.wanted {
                return Err(invalid("the checksum of the archive does not fit"));
            }
        }
        Ok(count)
    }
}
