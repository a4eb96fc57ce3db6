//! Random cells, bytes and damages.

use proptest::collection::vec;
use proptest::prelude::*;

use super::unpack::{gzip, text, zip, zstd};
use super::*;

const LAYOUTS: [Layout; 3] = [Layout::TABS, Layout::QUOTED_TABS, Layout::COMMAS];

/// A cell as a layout writes it.
fn written(cell: &str, layout: Layout, always: bool) -> String {
    let delimiter = char::from(layout.delimiter.byte());
    let special = |c: char| c == delimiter || matches!(c, '"' | '\r' | '\n');
    if layout.quoting == super::super::Quoting::Csv && (always || cell.contains(special)) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell.to_owned()
}

fn rows() -> impl Strategy<Value = Vec<Vec<(String, bool)>>> {
    let cell = ("[a-z\"\r\n\t,é😀 ]{0,8}", any::<bool>());
    vec(vec(cell, 3), 0..20)
}

/// What a layout without quoting cannot hold is left out.
fn fitting(cell: &str, layout: Layout) -> String {
    if layout.quoting == super::super::Quoting::Csv {
        return cell.to_owned();
    }
    let inner = cell.replace(['\r', '\n', '\t'], "");
    inner.strip_prefix('"').map(str::to_owned).unwrap_or(inner)
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        rows in rows(),
        layout in prop::sample::select(&LAYOUTS[..]),
        crlf in any::<bool>(),
        bom in any::<bool>(),
        ended in any::<bool>(),
    ) {
        let between = if crlf { "\r\n" } else { "\n" };
        let delimiter = char::from(layout.delimiter.byte()).to_string();
        let mut lines = vec![["One", "Two", "Three"].join(&delimiter)];
        let mut wanted = Vec::new();
        for row in &rows {
            let cells: Vec<String> = row.iter().map(|(cell, _)| fitting(cell, layout)).collect();
            let line = cells.iter().zip(row);
            let line = line.map(|(cell, (_, always))| written(cell, layout, *always));
            lines.push(line.collect::<Vec<_>>().join(&delimiter));
            wanted.push(cells);
        }
        let mut text = lines.join(between);
        if bom {
            text.insert(0, '\u{feff}');
        }
        if ended {
            text.push_str(between);
        }
        let wrapped = |cell: &String| cell.len() > 1 && cell.starts_with('"');
        prop_assume!(layout != Layout::TABS || !wanted.iter().flatten().any(wrapped));
        let reading = read_bytes(text.as_bytes(), layout).unwrap();
        prop_assert_eq!(&reading.rejected, &[]);
        prop_assert_eq!(reading.rows, wanted);
        prop_assert_eq!(reading.bytes, text.into_bytes());
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in vec(any::<u8>(), 0..300),
        layout in prop::sample::select(&LAYOUTS[..]),
    ) {
        let _ = read_bytes(&bytes, layout);
        let text: Vec<u8> = bytes.iter().map(|byte| b"ab\t,\"\r\n"[usize::from(byte % 7)]).collect();
        let _ = read_bytes(&text, layout);
    }

    #[test]
    fn damaged_files_give_all_rows_or_an_error(
        at in any::<prop::sample::Index>(),
        flip in 1_u8..,
        cut in any::<bool>(),
        packing in 0_usize..3,
    ) {
        let text = text(300);
        let mut bytes = match packing {
            0 => gzip(text.as_bytes()),
            1 => zstd(text.as_bytes()),
            _ => zip(&[("Sample.txt", text.as_bytes())]),
        };
        let at = at.index(bytes.len());
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] ^= flip;
        }
        if let Ok(reading) = read_bytes(&bytes, Layout::TABS) {
            let is_whole = reading.bytes == text.as_bytes();
            let is_told = !reading.rejected.is_empty() || reading.header != ["Code", "Text"];
            prop_assert!(is_whole || is_told);
        }
    }
}
