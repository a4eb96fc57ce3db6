//! Rows, cells and headers.

use super::*;
use crate::table::{Binding, Column, Limits, Mapping};

#[test]
fn tabs_without_quoting_take_quotes_as_they_are() {
    let text = "Code\tText\r\n1\ta \"b\" c\r\n2\t15\" wafer\"\r\n3\t\"open\r\n";
    let reading = read_bytes(text.as_bytes(), Layout::TABS).unwrap();
    assert_eq!(reading.header, ["Code", "Text"]);
    let wanted = [["1", "a \"b\" c"], ["2", "15\" wafer\""], ["3", "\"open"]];
    assert_eq!(reading.rows, wanted);
    assert_eq!(reading.bytes, text.as_bytes());
}

#[test]
fn cells_that_a_spreadsheet_wrapped_are_told_and_read_with_quoting() {
    let text = "Code\tText\n1\t\"say \"\"hi\"\"\"\n2\tplain\n";
    let plain = read_bytes(text.as_bytes(), Layout::TABS).unwrap();
    assert_eq!(plain.rejected, [(2, Code::QuotedCell)]);
    let quoted = read_bytes(text.as_bytes(), Layout::QUOTED_TABS).unwrap();
    assert_eq!(quoted.rows, [["1", "say \"hi\""], ["2", "plain"]]);
    assert_eq!(quoted.bytes, text.as_bytes());
}

#[test]
fn quoted_cells_hold_line_ends_and_commas() {
    let text = "\u{feff}a,b\r\n\"x,\n\"\"y\"\"\r\n\",\"\"\r\n,\"z\"";
    let sample = Sample::of(text.as_bytes());
    let reading = read(&sample.path(), &Options::of(Layout::COMMAS)).unwrap();
    assert_eq!(reading.rows, [["x,\n\"y\"\r\n", ""], ["", "z"]]);
    assert_eq!(reading.bytes, text.as_bytes());
    let mut table = Table::open(&sample.path(), &Options::of(Layout::COMMAS)).unwrap();
    let mut record = Record::default();
    let mut lines = Vec::new();
    while table.read(&mut record).unwrap() == Next::Row {
        lines.push((record.line(), record.line_end()));
    }
    assert_eq!(lines, [(2, Some(LineEnd::CrLf)), (5, None)]);
    assert_eq!(table.format().final_line_end, Some(false));
}

#[test]
fn rows_of_another_length_are_rejected_unless_they_may_be_padded() {
    let text = "a,b,c\n1,2\n1,2,3,4\n\n1,2,3\n";
    let reading = read_bytes(text.as_bytes(), Layout::COMMAS).unwrap();
    let wanted = [(2, Code::ShortRow), (3, Code::LongRow), (4, Code::ShortRow)];
    assert_eq!(reading.rejected, wanted);
    assert_eq!(reading.rows, [["1", "2", "3"]]);

    let sample = Sample::of(text.as_bytes());
    let options = Options {
        pad: 1,
        ..Options::of(Layout::COMMAS)
    };
    let reading = read(&sample.path(), &options).unwrap();
    assert_eq!(reading.rows, [["1", "2", ""], ["1", "2", "3"]]);
    assert_eq!(reading.rejected, wanted[1..]);
}

#[test]
fn what_is_no_text_is_rejected_with_its_line() {
    let reading = read_bytes(b"a\tb\n1\t\xe9\n2\tx\0\n3\tx\ry\n4\tok\n", Layout::TABS).unwrap();
    let wanted = [
        (2, Code::InvalidEncoding),
        (3, Code::InvalidEncoding),
        (4, Code::StrayLineBreak),
    ];
    assert_eq!(reading.rejected, wanted);
    let sample = Sample::of(b"a,b\n\"x\ny\xff\",z\n");
    let mut table = Table::open(&sample.path(), &Options::of(Layout::COMMAS)).unwrap();
    let Next::Rejected(finding) = table.read(&mut Record::default()).unwrap() else {
        panic!("the row is not UTF-8");
    };
    assert_eq!(finding.line, Some(3));
    assert!(finding.message.starts_with("byte 2 of the line is 0xFF"));
}

#[test]
fn quotes_stand_where_the_format_says() {
    let text = "a,b\nx\"y,1\n\"x\"y,2\n\"x\",3\n";
    let reading = read_bytes(text.as_bytes(), Layout::COMMAS).unwrap();
    let wanted = [(2, Code::StrayQuote), (3, Code::StrayQuote)];
    assert_eq!(reading.rejected, wanted);
    let open = read_bytes(b"a,b\n1,2\n\"x,3\n4,5\n", Layout::COMMAS);
    assert_eq!(code_of(open), (Code::Truncated, Some(3)));
}

#[test]
fn files_without_a_usable_header_are_refused() {
    let code = |bytes: &[u8]| code_of(read_bytes(bytes, Layout::TABS));
    assert_eq!(code(b""), (Code::EmptyFile, None));
    assert_eq!(code(b"\xef\xbb\xbf"), (Code::EmptyFile, None));
    assert_eq!(code(b"\xff\xfea\0"), (Code::InvalidEncoding, Some(1)));
    assert_eq!(code(b"a\tA \n"), (Code::DuplicateColumn, Some(1)));
    assert_eq!(code(b"a\rb\rc"), (Code::StrayLineBreak, Some(1)));
    let wide: Vec<String> = (0..300).map(|place| place.to_string()).collect();
    assert_eq!(code(wide.join("\t").as_bytes()), (Code::TooLarge, Some(1)));
    let missing = Table::open(Path::new("/nowhere"), &Options::of(Layout::TABS));
    assert_eq!(missing.err().unwrap().finding.code, Code::Unreadable);
}

#[test]
fn rows_with_very_many_cells_are_not_cut() {
    let many = "1,".repeat(100_000);
    for layout in [Layout::TABS, Layout::COMMAS] {
        let delimiter = char::from(layout.delimiter.byte()).to_string();
        let text = ["a,b\n", &many, "\n1,2\n"]
            .concat()
            .replace(',', &delimiter);
        let reading = read_bytes(text.as_bytes(), layout).unwrap();
        assert_eq!(reading.rejected, [(2, Code::LongRow)]);
        assert_eq!(reading.rows, [["1", "2"]]);
    }
}

#[test]
fn line_ends_of_both_kinds_are_told_once() {
    let reading = read_bytes(b"a\tb\n1\t2\r\n3\t4\r\n5\t6\n", Layout::TABS).unwrap();
    assert_eq!(reading.rows, [["1", "2"], ["3", "4"], ["5", "6"]]);
    assert_eq!(reading.warnings, [Code::MixedLineEnds]);
}

#[test]
fn cells_and_rows_have_a_largest_size() {
    let limits = Limits {
        cell_bytes: 4,
        record_bytes: 20,
        ..Limits::default()
    };
    let options = Options {
        limits,
        ..Options::of(Layout::TABS)
    };
    let sample = Sample::of(b"a\tb\n1\t12345\n2\tok\n");
    let reading = read(&sample.path(), &options).unwrap();
    assert_eq!(reading.rejected, [(2, Code::TooLarge)]);
    let sample = Sample::of(b"a\tb\n1\t2\n123456789012345678901234567890\n");
    let finding = code_of(read(&sample.path(), &options));
    assert_eq!(finding, (Code::TooLarge, Some(3)));
}

const COLUMNS: &[Column] = &[
    Column::required("Code"),
    Column::required("Alternate Title"),
    Column::optional("Short Title"),
];

#[test]
fn columns_are_found_by_their_names() {
    let sample = Sample::of(b" Job Title \tcode\tExtra\nBaker\t7\tx\n");
    let mut table = Table::open(&sample.path(), &Options::of(Layout::TABS)).unwrap();
    let none = Binding::find(table.header(), COLUMNS, |_name| None, "n/a");
    let codes = |binding: &Binding| {
        let findings = binding.findings("Sample.txt").into_iter();
        findings
            .map(|finding| (finding.code, finding.column.unwrap()))
            .collect::<Vec<_>>()
    };
    let wanted = [
        (Code::MissingColumn, "Alternate Title"),
        (Code::UnknownColumn, "Job Title"),
        (Code::UnknownColumn, "Extra"),
    ];
    assert_eq!(
        codes(&none),
        wanted.map(|(code, name)| (code, name.to_owned()))
    );

    let mapping = "[\"Alternate Titles\"]\n\"job title\" = \"Alternate Title\"\n[files]\n\"Job Titles\" = \"Alternate Titles\"\n";
    let mapping = Mapping::parse("map.toml", mapping).unwrap();
    assert_eq!(mapping.table("job titles"), Some("Alternate Titles"));
    let renamed = |name: &str| mapping.column("Alternate Titles", "Job Titles", name);
    let binding = Binding::find(table.header(), COLUMNS, renamed, "n/a");
    assert!(binding.is_complete());
    let mut record = Record::default();
    assert_eq!(table.read(&mut record).unwrap(), Next::Row);
    let [code, title, short] = binding.fields(&record);
    assert_eq!(
        (code.text, title.text, short.optional()),
        ("7", "Baker", None)
    );
}

#[test]
fn mappings_are_toml_or_json() {
    let json = Mapping::parse("map.json", "{\"Skills\": {\"Value\": \"Data Value\"}}").unwrap();
    let toml = Mapping::parse("map.toml", "[Skills]\nValue = \"Data Value\"").unwrap();
    assert_eq!(json, toml);
    let broken = Mapping::parse("map.toml", "[Skills]\nValue = 5\n").unwrap_err();
    assert_eq!((broken.code, broken.line), (Code::InvalidMapping, Some(2)));
}
