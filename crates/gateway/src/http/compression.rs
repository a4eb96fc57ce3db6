//! Answers are packed as their clients take them.

use std::io::{self, Write as _};

use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap};
use actix_web::web::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::negotiation::{self, ranges};

/// Smaller answers are not worth the work: they fit into one packet anyway.
pub(super) const SMALLEST: usize = 1024;
/// Larger answers are packed on a thread of their own, so that a worker goes on with others.
pub(super) const LONG_WORK: usize = 256 * 1024;

const GZIP_LEVEL: u32 = 5;
const BROTLI_QUALITY: u32 = 4;
/// The logarithms of the smallest and the largest window; the packer takes memory for all of it.
const BROTLI_WINDOWS: (u32, u32) = (12, 22);
const BUFFER: usize = 4096;

/// How an answer is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// Packs best.
    Brotli,
    /// Is understood everywhere.
    Gzip,
    /// Not packed.
    Identity,
}

impl Coding {
    /// In the order in which we like them.
    const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Identity];

    /// The coding that the client likes best. Nobody is refused: a client that takes none of ours
    /// gets the answer as it is.
    pub(super) fn accepted(headers: &HeaderMap) -> Self {
        let ranges = ranges(headers, ACCEPT_ENCODING);
        let mut best = (Self::Identity, 0);
        for coding in Self::ALL {
            let quality = coding.quality(&ranges);
            if quality > best.1 {
                best = (coding, quality);
            }
        }
        best.0
    }

    /// The value of `Content-Encoding`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    /// How much a client likes the coding. What it does not name it does not ask for: then an
    /// answer as it is comes after any coding that is named.
    fn quality(self, ranges: &[(&str, u16)]) -> u16 {
        let of = |name: &str| negotiation::quality(ranges, name);
        let alias = || (self == Self::Gzip).then(|| of("x-gzip")).flatten();
        let named = of(self.name()).or_else(alias);
        match (named, self) {
            (Some(quality), _) => quality,
            (None, Self::Identity) => 0,
            (None, _) => of("*").unwrap_or_default(),
        }
    }

    /// The packed bytes.
    pub(super) fn pack(self, bytes: Bytes) -> io::Result<Bytes> {
        match self {
            Self::Identity => Ok(bytes),
            Self::Gzip => {
                let mut packer = GzEncoder::new(Vec::new(), Compression::new(GZIP_LEVEL));
                packer.write_all(&bytes)?;
                packer.finish().map(Bytes::from)
            }
            Self::Brotli => {
                let (smallest, largest) = BROTLI_WINDOWS;
                let window = (usize::BITS - bytes.len().leading_zeros()).clamp(smallest, largest);
                let mut packer =
                    brotli::CompressorWriter::new(Vec::new(), BUFFER, BROTLI_QUALITY, window);
                packer.write_all(&bytes)?;
                Ok(packer.into_inner().into())
            }
        }
    }
}

/// Whether a client takes what is packed by gzip.
pub(super) fn takes_gzip(headers: &HeaderMap) -> bool {
    let ranges = ranges(headers, ACCEPT_ENCODING);
    Coding::Gzip.quality(&ranges) > Coding::Identity.quality(&ranges)
}

/// Packs something of which nobody knows how long it is, a piece at a time.
pub(super) struct GzipStream(GzEncoder<Vec<u8>>);

impl GzipStream {
    pub(super) fn new() -> Self {
        Self(GzEncoder::new(Vec::new(), Compression::new(GZIP_LEVEL)))
    }

    /// Packs a piece; what comes back may stand for an earlier one, and may be nothing yet.
    pub(super) fn pack(&mut self, piece: &[u8]) -> io::Result<Vec<u8>> {
        self.0.write_all(piece)?;
        Ok(std::mem::take(self.0.get_mut()))
    }

    /// What is left.
    pub(super) fn finish(self) -> io::Result<Vec<u8>> {
        self.0.finish()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use actix_web::http::header::HeaderValue;

    use super::*;

    fn accepted(value: &str) -> Coding {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_str(value).unwrap());
        Coding::accepted(&headers)
    }

    #[test]
    fn the_client_decides_and_we_like_brotli() {
        assert_eq!(Coding::accepted(&HeaderMap::new()), Coding::Identity);
        for (value, coding) in [
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("gzip, br;q=0.9", Coding::Gzip),
            ("gzip;q=0.1", Coding::Gzip),
            ("x-gzip", Coding::Gzip),
            ("GZIP", Coding::Gzip),
            ("*", Coding::Brotli),
            ("br;q=0, *", Coding::Gzip),
            ("identity;q=0, *;q=0.1", Coding::Brotli),
            ("identity, gzip;q=0.5", Coding::Identity),
            ("identity;q=0.5, gzip;q=0.5", Coding::Gzip),
        ] {
            assert_eq!(accepted(value), coding, "{value}");
        }
    }

    #[test]
    fn a_client_that_takes_nothing_of_ours_gets_the_answer_as_it_is() {
        for value in ["zstd", "", "br;q=0, gzip;q=0", "*;q=0", "identity;q=0"] {
            assert_eq!(accepted(value), Coding::Identity, "{value}");
        }
    }

    #[test]
    fn what_is_packed_can_be_unpacked() {
        let text = "[\"duties\", \"of\", \"a\", \"role\"], ".repeat(1000);
        let packed = |coding: Coding| coding.pack(Bytes::from(text.clone())).unwrap();
        let mut unpacked = String::new();
        let gzip = packed(Coding::Gzip);
        let mut reader = flate2::read::GzDecoder::new(&*gzip);
        reader.read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        unpacked.clear();
        let br = packed(Coding::Brotli);
        let mut reader = brotli::Decompressor::new(&*br, BUFFER);
        reader.read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        assert!(gzip.len() < 1000 && br.len() < 1000);
        assert_eq!(packed(Coding::Identity), text.as_bytes());
    }
}
