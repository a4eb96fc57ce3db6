//! Files of data sets as they were imported, byte for byte.

use std::io::{self, Write};

use dataset::table::{Delimiter, Format, Layout, LineEnd, Packing, Quoting};
use domain::import::{SourceFile, SourceRows};
use persistence::{Database, PersistenceError};
use serde::{Deserialize, Serialize};

/// Why a file cannot be written again.
#[derive(Debug, thiserror::Error)]
pub enum RawError {
    /// The database failed.
    #[error("the rows cannot be read")]
    Read(#[from] PersistenceError),
    /// It is not known how the file began.
    #[error("the beginning of {file} is not known: import the data set again")]
    Head {
        /// The name of the file.
        file: String,
    },
    /// Rows of the file were imported without the others.
    #[error(
        "{file} has {found} of {wanted} rows: the import of the data set was broken off or \
             left out rows; import it again"
    )]
    Incomplete {
        /// The name of the file.
        file: String,
        /// How many rows there are.
        found: u64,
        /// How many there were.
        wanted: u64,
    },
    /// The file cannot be written.
    #[error("the file cannot be written")]
    Write(#[from] io::Error),
}

/// How a file begins and how its lines end.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    header: String,
    bom: bool,
    /// What stands between two rows.
    line_end: String,
    final_line_end: Option<bool>,
    /// What stands between two cells.
    delimiter: char,
    quoted: bool,
}

/// What has to be known to write a file again, as text.
pub(crate) fn head(format: &Format) -> String {
    let Format {
        packing: _,
        layout,
        bom,
        header,
        line_end,
        final_line_end,
    } = format;
    let head = Head {
        header: header.clone(),
        bom: *bom,
        line_end: line_end.as_str().to_owned(),
        final_line_end: *final_line_end,
        delimiter: layout.delimiter.byte().into(),
        quoted: layout.quoting == Quoting::Csv,
    };
    // Texts and flags can always be written.
    serde_json::to_string(&head).unwrap_or_default()
}

fn format(head: &str) -> Option<Format> {
    let Head {
        header,
        bom,
        line_end,
        final_line_end,
        delimiter,
        quoted,
    } = serde_json::from_str(head).ok()?;
    let mut line_ends = [LineEnd::Lf, LineEnd::CrLf].into_iter();
    let mut delimiters = [Delimiter::Tab, Delimiter::Comma].into_iter();
    Some(Format {
        packing: Packing::Plain,
        layout: Layout {
            delimiter: delimiters.find(|known| char::from(known.byte()) == delimiter)?,
            quoting: if quoted { Quoting::Csv } else { Quoting::None },
        },
        bom,
        header,
        line_end: line_ends.find(|known| known.as_str() == line_end)?,
        final_line_end,
    })
}

/// The tables of a data set that were imported last.
pub async fn files(database: &Database, data_set: &str) -> Result<Vec<SourceFile>, RawError> {
    Ok(database.source_files(data_set).await?)
}

/// Writes the file of a table again, unpacked.
pub async fn write(
    database: &Database,
    data_set: &str,
    file: &SourceFile,
    output: &mut impl Write,
) -> Result<(), RawError> {
    let format = format(&file.head).ok_or_else(|| RawError::Head {
        file: file.file.clone(),
    })?;
    let records = database.source_rows(data_set, &file.name).await?;
    let mut rows: Vec<(u64, &str)> = Vec::new();
    for SourceRows { lines, texts, .. } in &records {
        rows.extend(lines.iter().copied().zip(texts.iter().map(String::as_str)));
    }
    rows.sort_by_key(|(line, _)| *line);
    let found = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    if found != file.rows {
        return Err(RawError::Incomplete {
            file: file.file.clone(),
            found,
            wanted: file.rows,
        });
    }
    format.write(rows.into_iter().map(|(_, text)| text), output)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_begins_as_it_was_read() {
        for (bom, line_end, final_line_end) in [
            (true, LineEnd::CrLf, Some(true)),
            (false, LineEnd::Lf, Some(false)),
            (false, LineEnd::Lf, None),
        ] {
            for layout in [Layout::TABS, Layout::QUOTED_TABS, Layout::COMMAS] {
                let before = Format {
                    packing: Packing::Plain,
                    layout,
                    bom,
                    header: "Code\tTitle \"quoted\"".to_owned(),
                    line_end,
                    final_line_end,
                };
                assert_eq!(format(&head(&before)), Some(before));
            }
        }
        assert!(format("").is_none());
    }
}
