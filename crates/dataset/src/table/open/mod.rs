//! The bytes of a file, unpacked: what packs it is told by its first bytes and not by its name.

mod guard;
mod zip;

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

pub(super) use guard::{Meter, TooMuch};

use super::limits::Limits;
use guard::Guarded;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// As it is.
    Plain,
    /// By gzip.
    Gzip,
    /// By Zstandard.
    Zstd,
    /// As the only member of a zip archive.
    Zip,
}

/// A file whose bytes can be read.
pub(super) struct Opened {
    /// The unpacked bytes.
    pub(super) bytes: Box<dyn Read + Send>,
    /// How the file is packed.
    pub(super) packing: Packing,
    /// How many bytes the file has on the disk.
    pub(super) stored_bytes: u64,
    /// Counts the bytes that were read from the disk.
    pub(super) meter: Meter,
}

/// The largest window of Zstandard, as a power of two: what its specification asks a reader to
/// support, 8 MiB.
const ZSTD_WINDOW_LOG: u32 = 23;

/// How many bytes are read from the disk at once.
const CHUNK: usize = 32 * 1024;

/// Opens a file.
pub(super) fn open(path: &Path, limits: &Limits) -> io::Result<Opened> {
    let mut file = File::open(path)?;
    let stored_bytes = file.metadata()?.len();
    let packing = sniff(&mut file)?;
    let meter = Meter::default();
    let (bytes, packed): (Box<dyn Read + Send>, u64) = match packing {
        Packing::Plain => (Box::new(meter.of(file)), stored_bytes),
        Packing::Gzip => (
            Box::new(MultiGzDecoder::new(buffered(meter.of(file)))),
            stored_bytes,
        ),
        Packing::Zstd => {
            let mut decoder = zstd::Decoder::with_buffer(buffered(meter.of(file)))?;
            decoder.window_log_max(ZSTD_WINDOW_LOG)?;
            (Box::new(decoder), stored_bytes)
        }
        Packing::Zip => {
            let member = zip::Member::find(&mut file, stored_bytes)?;
            let packed = member.packed_bytes();
            (member.read(file, &meter)?, packed)
        }
    };
    let bytes: Box<dyn Read + Send> = if packing == Packing::Plain {
        Box::new(Guarded::absolute(bytes, limits))
    } else {
        Box::new(Guarded::packed(bytes, packed, limits))
    };
    Ok(Opened {
        bytes,
        packing,
        stored_bytes,
        meter,
    })
}

fn buffered<R: Read>(inner: R) -> BufReader<R> {
    BufReader::with_capacity(CHUNK, inner)
}

/// Reads how a file is packed and goes back to its start.
fn sniff(file: &mut File) -> io::Result<Packing> {
    let mut first = Cursor::new(Vec::new());
    io::copy(&mut file.take(4), &mut first)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(match first.get_ref().as_slice() {
        [0x1f, 0x8b, ..] => Packing::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd] => Packing::Zstd,
        [b'P', b'K', 3, 4] | [b'P', b'K', 5, 6] => Packing::Zip,
        _ => Packing::Plain,
    })
}
