//! Tests of the reading of one file.

mod random;
mod real;
mod row;
mod unpack;

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
    let mut raws: Vec<String> = Vec::new();
    let mut record = Record::default();
    loop {
        match table.read(&mut record)? {
            Next::End => break,
            Next::Row => {
                raws.push(record.raw().to_owned());
                let cells: Vec<String> = record.cells().map(str::to_owned).collect();
                if options.pad == 0 {
                    assert_eq!(table.format().cells(record.raw()), cells);
                }
                reading.rows.push(cells);
            }
            Next::Rejected(finding) => {
                reading.rejected.push((finding.line.unwrap(), finding.code));
            }
        }
    }
    assert!(table.format().final_line_end.is_some());
    let raws = raws.iter().map(String::as_str);
    table.format().write(raws, &mut reading.bytes).unwrap();
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
