//! Tests of the reading of one file.

mod random;
mod real;
mod row;
mod unpack;

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Layout, LineEnd, Next, Options, Record, Table};
use crate::finding::{Code, ReadError};

/// A file with some bytes, in a folder that goes with it.
struct Sample {
    folder: tempfile::TempDir,
}

impl Sample {
    fn of(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("Sample.txt"), bytes).unwrap();
        Self { folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("Sample.txt")
    }
}

/// Everything that a reading of a file gave.
#[derive(Debug, Default)]
struct Reading {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    rejected: Vec<(u64, Code)>,
    warnings: Vec<Code>,
    bytes: Vec<u8>,
}

fn read(path: &Path, options: &Options) -> Result<Reading, ReadError> {
    let mut table = Table::open(path, options)?;
    let mut reading = Reading {
        header: table.header().names().to_vec(),
        ..Reading::default()
    };
    if table.format().bom {
        reading.bytes.write_all(b"\xef\xbb\xbf").unwrap();
    }
    reading
        .bytes
        .extend_from_slice(table.format().header.as_bytes());
    let between = table.format().line_end.as_str();
    let mut record = Record::default();
    loop {
        match table.read(&mut record)? {
            Next::End => break,
            Next::Row => {
                reading.bytes.extend_from_slice(between.as_bytes());
                reading.bytes.extend_from_slice(record.raw().as_bytes());
                let cells = record.cells().map(str::to_owned);
                reading.rows.push(cells.collect());
            }
            Next::Rejected(finding) => {
                reading.rejected.push((finding.line.unwrap(), finding.code));
            }
        }
    }
    if table.format().final_line_end.unwrap() {
        reading.bytes.extend_from_slice(between.as_bytes());
    }
    let warnings = table.take_warnings().into_iter();
    reading.warnings = warnings.map(|finding| finding.code).collect();
    Ok(reading)
}

fn read_bytes(bytes: &[u8], layout: Layout) -> Result<Reading, ReadError> {
    read(&Sample::of(bytes).path(), &Options::of(layout))
}

fn code_of(read: Result<Reading, ReadError>) -> (Code, Option<u64>) {
    let finding = read.unwrap_err().finding;
    (finding.code, finding.line)
}
