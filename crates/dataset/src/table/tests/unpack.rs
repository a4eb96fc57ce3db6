//! Packed files.

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

use super::*;
use crate::table::{Limits, Packing};

/// Rows that differ, so that they do not pack well.
pub(super) fn text(rows: u32) -> String {
    let rows = (0..rows).map(|row| {
        let noise = row.wrapping_mul(2_654_435_761);
        format!("{row}\t{noise:x}{:x}\n", noise.wrapping_mul(40_503))
    });
    std::iter::once("Code\tText\n".to_owned())
        .chain(rows)
        .collect()
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(super) fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// An archive of files, each with its name.
pub(super) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, bytes) in files {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        let packed = encoder.finish().unwrap();
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let at = u32::try_from(archive.len()).unwrap();
        let mut fields = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
        fields.extend_from_slice(&crc.sum().to_le_bytes());
        fields.extend_from_slice(&u32::try_from(packed.len()).unwrap().to_le_bytes());
        fields.extend_from_slice(&u32::try_from(bytes.len()).unwrap().to_le_bytes());
        fields.extend_from_slice(&u16::try_from(name.len()).unwrap().to_le_bytes());
        fields.extend_from_slice(&[0, 0]);
        archive.extend_from_slice(b"PK\x03\x04");
        archive.extend_from_slice(&fields);
        archive.extend_from_slice(name.as_bytes());
        archive.extend_from_slice(&packed);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&fields);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&at.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let at = u32::try_from(archive.len()).unwrap();
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    archive.extend_from_slice(&directory);
    archive.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    archive.extend_from_slice(&[count, count].concat());
    archive.extend_from_slice(&u32::try_from(directory.len()).unwrap().to_le_bytes());
    archive.extend_from_slice(&at.to_le_bytes());
    archive.extend_from_slice(&[0, 0]);
    archive
}

#[test]
fn packed_files_are_known_by_their_first_bytes() {
    let text = text(500);
    let packed = [
        (text.as_bytes().to_vec(), Packing::Plain),
        (gzip(text.as_bytes()), Packing::Gzip),
        (
            [gzip(&text.as_bytes()[..70]), gzip(&text.as_bytes()[70..])].concat(),
            Packing::Gzip,
        ),
        (zstd(text.as_bytes()), Packing::Zstd),
        (zip(&[("Sample.txt", text.as_bytes())]), Packing::Zip),
        (
            zip(&[("folder/", b""), ("folder/Sample.txt", text.as_bytes())]),
            Packing::Zip,
        ),
    ];
    for (bytes, packing) in packed {
        let sample = Sample::of(&bytes);
        let options = Options::of(Layout::TABS);
        let table = Table::open(&sample.path(), &options).unwrap();
        assert_eq!(table.format().packing, packing);
        let reading = read(&sample.path(), &options).unwrap();
        assert_eq!(reading.bytes, text.as_bytes());
        assert_eq!(reading.rows.len(), 500);
    }
}

#[test]
fn files_that_are_cut_off_name_the_last_line_that_was_read() {
    let text = text(20_000);
    for packed in [gzip(text.as_bytes()), zstd(text.as_bytes())] {
        let half = &packed[..packed.len() / 2];
        let (code, line) = code_of(read_bytes(half, Layout::TABS));
        assert_eq!(code, Code::Truncated);
        assert!(line.unwrap() > 1_000, "{line:?}");
    }
    let archive = zip(&[("Sample.txt", text.as_bytes())]);
    let half = &archive[..archive.len() / 2];
    assert_eq!(
        code_of(read_bytes(half, Layout::TABS)),
        (Code::Truncated, None)
    );
    assert_eq!(
        code_of(read_bytes(b"\x1f\x8b\x08", Layout::TABS)),
        (Code::Truncated, None)
    );
}

#[test]
fn archives_of_several_files_are_refused() {
    let archive = zip(&[("a.txt", b"a\n"), ("b.txt", b"b\n")]);
    let error = read_bytes(&archive, Layout::TABS).unwrap_err();
    assert_eq!(error.finding.code, Code::Corrupt);
    assert!(
        error.finding.message.contains("2 files"),
        "{}",
        error.finding
    );
}

#[test]
fn files_that_grow_too_much_are_refused() {
    let bomb = format!(
        "Code\tText\n{}",
        "1\taaaaaaaaaaaaaaaaaaaaaaaaaa\n".repeat(100_000)
    );
    for packed in [
        gzip(bomb.as_bytes()),
        zstd(bomb.as_bytes()),
        zip(&[("Sample.txt", bomb.as_bytes())]),
    ] {
        let (code, line) = code_of(read_bytes(&packed, Layout::TABS));
        assert_eq!(code, Code::TooLarge);
        assert!(line.unwrap() > 30_000, "a megabyte is allowed: {line:?}");
    }
    let limits = Limits {
        file_bytes: 1_000,
        ..Limits::default()
    };
    let options = Options {
        limits,
        ..Options::of(Layout::TABS)
    };
    for bytes in [bomb.as_bytes().to_vec(), gzip(bomb.as_bytes())] {
        let sample = Sample::of(&bytes);
        assert_eq!(code_of(read(&sample.path(), &options)).0, Code::TooLarge);
    }
}

#[test]
fn windows_have_a_largest_size() {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.window_log(24).unwrap();
    encoder.write_all(text(10).as_bytes()).unwrap();
    let bytes = encoder.finish().unwrap();
    assert_eq!(
        code_of(read_bytes(&bytes, Layout::TABS)),
        (Code::TooLarge, None)
    );
}

#[test]
fn every_failure_keeps_its_cause() {
    use std::error::Error;
    let text = text(2_000);
    let packed = gzip(text.as_bytes());
    let error = read_bytes(&packed[..packed.len() - 20], Layout::TABS).unwrap_err();
    assert!(error.source().is_some());
    assert!(error.to_string().starts_with("Sample.txt:"), "{error}");
}
