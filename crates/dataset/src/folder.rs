//! Folders of data sets: their files, and what their names say.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::finding::{Code, Finding, ReadError};
use crate::table::file_name;

/// Endings of names that say how a file is written or packed.
const ENDINGS: [&str; 6] = [".gz", ".zst", ".zip", ".txt", ".tsv", ".csv"];

/// The files of a folder by their names.
pub(crate) fn entries(path: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let list = || -> io::Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for entry in fs::read_dir(path)? {
            let path = entry?.path();
            if path.is_file() && !file_name(&path).starts_with('.') {
                paths.push(path);
            }
        }
        paths.sort();
        Ok(paths)
    };
    list().map_err(|error| {
        let message = format!(
            "the folder cannot be read: {error}; expected a folder with the files of a release, so \
             unpack an archive of them first"
        );
        ReadError {
            finding: Box::new(Finding::error(&file_name(path), Code::Unreadable, message)),
            source: Some(error),
        }
    })
}

/// That a file is none of those that are read.
pub(crate) fn unknown(file: &str) -> Finding {
    let name = file.to_lowercase();
    let is_sheet = [".xlsx", ".xls", ".ods"]
        .iter()
        .any(|end| name.ends_with(end));
    let message = if is_sheet {
        "spreadsheets are not read; save the table as text with tabs"
    } else {
        "the file is none of the tables that are read; it is left alone"
    };
    Finding::warning(file, Code::UnknownTable, message)
}

/// A name without its endings.
pub(crate) fn stem(name: &str) -> &str {
    let shorter = ENDINGS.iter().find_map(|ending| {
        let at = name.len().checked_sub(ending.len())?;
        let (before, last) = name.split_at_checked(at)?;
        last.eq_ignore_ascii_case(ending).then_some(before)
    });
    match shorter {
        Some(shorter) if !shorter.is_empty() => stem(shorter),
        _ => name,
    }
}

/// The first number with a point (or `_`, as in names of folders) in a text.
pub(crate) fn number_in(text: &str) -> Option<String> {
    let is_part = |c: char| !(c.is_ascii_digit() || c == '.' || c == '_');
    let numbers = text
        .split(is_part)
        .map(|part| part.trim_matches(['.', '_']));
    let mut numbers = numbers.map(|part| part.replace('_', "."));
    numbers.find(|number| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        number.contains('.') && number.split('.').all(digits)
    })
}
