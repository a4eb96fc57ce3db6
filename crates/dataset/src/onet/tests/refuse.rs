//! What is wrong with rows, and how it is told.

use super::folder::{Folder, lines};
use crate::finding::{Code, Severity};

fn error(file: &str, line: u64, column: &str, code: Code) -> (String, u64, String, Code) {
    (file.to_owned(), line, column.to_owned(), code)
}

#[test]
fn rows_in_another_order_are_still_refused() {
    let folder = Folder::sheets();
    folder.put_rows(
        "Job Zones.tsv",
        "O*NET-SOC Code|Title|Job Zone|Date|Domain Source
        11-0001.01|Fog Weavers|4|08/2023|Analyst
        11-0009.00|Nobody|4|08/2023|Analyst
        11-0001.00|Cloud Herders|5|08/2023|Analyst
        11-0001.00|Cloud Herders|5|08/2023
        11-0001.01|Fog Weavers|9|08/2023|Analyst",
    );
    let wanted = [
        error("Job Zones.tsv", 5, "", Code::ShortRow),
        error("Job Zones.tsv", 6, "Job Zone", Code::OutOfRange),
        error("Job Zones.tsv", 3, "O*NET-SOC Code", Code::UnknownCode),
    ];
    assert_eq!(folder.errors(), wanted);
    let zones = folder.profiles().into_iter();
    let zones: Vec<_> = zones
        .map(|profile| profile.job_zone.map(|zone| zone.zone))
        .collect();
    assert_eq!(zones, [Some(5), Some(4), None]);
}

#[test]
fn keys_stand_there_once() {
    let folder = Folder::sheets();
    for (name, row) in [
        (
            "Alternate Titles",
            "11-0001.00|Cloud Herders|Cloud Driver||10",
        ),
        (
            "Task Statements",
            "11-0001.00|Cloud Herders|8|Another.|Core|1|08/2023|Incumbent",
        ),
        ("Occupation Data", "11-0001.00|Cloud Herders|Again."),
        ("Job Zones", "11-0001.00|Cloud Herders|4|08/2023|Analyst"),
    ] {
        let name = format!("{name}.tsv");
        let text = folder.text_of(&name);
        let mut rows: Vec<&str> = text.lines().collect();
        let row = row.replace('|', "\t");
        rows.insert(2, &row);
        folder.put(&name, &(rows.join("\n") + "\n"));
    }
    let wanted = [
        error(
            "Alternate Titles.tsv",
            3,
            "Alternate Title",
            Code::DuplicateKey,
        ),
        error("Job Zones.tsv", 3, "O*NET-SOC Code", Code::DuplicateKey),
        error(
            "Occupation Data.tsv",
            3,
            "O*NET-SOC Code",
            Code::DuplicateKey,
        ),
        error("Task Statements.tsv", 5, "Task ID", Code::DuplicateKey),
    ];
    let mut errors = folder.errors();
    errors.sort();
    assert_eq!(errors, wanted);
}

/// A table, two of its columns, and what is found when they change places.
const SWAPS: [(&str, &str, &str, Code); 8] = [
    ("Task Statements", "Task ID", "Task", Code::InvalidCode),
    (
        "Task Statements",
        "Task Type",
        "Incumbents Responding",
        Code::InvalidValue,
    ),
    ("Skills", "Data Value", "N", Code::InvalidNumber),
    ("Skills", "Element ID", "Scale ID", Code::InvalidCode),
    (
        "Skills",
        "Lower CI Bound",
        "Upper CI Bound",
        Code::OutOfRange,
    ),
    ("Job Zones", "Job Zone", "Date", Code::InvalidNumber),
    ("Tasks to DWAs", "Task ID", "DWA ID", Code::InvalidCode),
    (
        "Occupation Data",
        "O*NET-SOC Code",
        "Title",
        Code::InvalidCode,
    ),
];

#[test]
fn swapped_columns_are_found() {
    for (name, one, other, code) in SWAPS {
        let folder = Folder::sheets();
        let name = format!("{name}.tsv");
        let text = folder.text_of(&name);
        let (header, rows) = text.split_once('\n').unwrap();
        let names = header.split('\t').map(|name| match name {
            name if name == one => other,
            name if name == other => one,
            name => name,
        });
        let header = names.collect::<Vec<_>>().join("\t");
        folder.put(&name, &format!("{header}\n{rows}"));
        let errors = folder.errors();
        let found = errors.iter().filter(|error| error.0 == name);
        assert!(
            found.clone().any(|error| error.3 == code),
            "{name}: {errors:?}"
        );
    }
}

/// A table, what is changed in it and into what, and what is told of it.
const CELLS: [(&str, &str, &str, &str, Code); 9] = [
    (
        "Task Statements",
        "08/2023",
        "2023-08",
        "Date",
        Code::InvalidDate,
    ),
    (
        "Task Statements",
        "\t95\t",
        "\t9.5\t",
        "Incumbents Responding",
        Code::InvalidNumber,
    ),
    (
        "Task Statements",
        "Core",
        "core?",
        "Task Type",
        Code::InvalidValue,
    ),
    (
        "Task Statements",
        "Call \"home\" a cloud.",
        "",
        "Task",
        Code::MissingValue,
    ),
    (
        "Skills",
        "\t4.12\t",
        "\t4,12\t",
        "Data Value",
        Code::InvalidNumber,
    ),
    (
        "Alternate Titles",
        "04,06",
        "04;06",
        "Source(s)",
        Code::InvalidCode,
    ),
    (
        "Related Occupations",
        "Primary-Short",
        "Near",
        "Relatedness Tier",
        Code::InvalidValue,
    ),
    (
        "Technology Skills",
        "\tY\t",
        "\tyes\t",
        "Hot Technology",
        Code::InvalidValue,
    ),
    (
        "Emerging Tasks",
        "New",
        "Newish",
        "Category",
        Code::InvalidValue,
    ),
];

#[test]
fn cells_are_what_their_columns_say() {
    for (name, from, to, column, code) in CELLS {
        let folder = Folder::sheets();
        let name = format!("{name}.tsv");
        folder.change(&name, from, to);
        let errors = folder.errors();
        let (file, _line, found, kind) = &errors[0];
        assert_eq!((file, found.as_str(), *kind), (&name, column, code));
    }
    let folder = Folder::sheets();
    folder.change("Task Statements.tsv", "\t95\t", "\t95.0\t");
    assert_eq!(folder.profiles()[0].tasks[0].responding, Some(95));
}

#[test]
fn descriptions_are_no_titles() {
    let folder = Folder::sheets();
    folder.change(
        "Occupation Data.tsv",
        "Fog Weavers",
        &"Weave fog. ".repeat(30),
    );
    let error = error("Occupation Data.tsv", 3, "Title", Code::InvalidValue);
    assert_eq!(folder.errors()[0], error);
}

#[test]
fn numbers_stay_on_their_scales() {
    let folder = Folder::sheets();
    folder.put_rows(
        "Scales Reference.tsv",
        "Scale ID|Scale Name|Minimum|Maximum
        IM|Importance|1|4
        RL|Schooling|0|100",
    );
    let (_report, findings) = folder.check();
    let told: Vec<_> = findings
        .iter()
        .filter(|found| found.file == "Skills.tsv")
        .map(|found| (found.line, found.code, found.severity))
        .collect();
    let wanted = [
        (Some(2), Code::OutOfRange, Severity::Error),
        (Some(3), Code::UnknownCode, Severity::Warning),
    ];
    assert_eq!(told, wanted);
}

#[test]
fn rows_of_a_refused_occupation_are_refused() {
    let folder = Folder::sheets();
    folder.change("Occupation Data.tsv", "Weave fog for stages.", "");
    let errors = folder.errors();
    assert_eq!(
        errors[0],
        error("Occupation Data.tsv", 3, "Description", Code::MissingValue)
    );
    let rest: Vec<_> = errors[1..].iter().map(|(file, ..)| file.as_str()).collect();
    assert_eq!(errors.len(), 5, "{errors:?}");
    assert!(rest.contains(&"Task Statements.tsv") && rest.contains(&"Skills.tsv"));
    assert_eq!(folder.profiles().len(), 2);
}

#[test]
fn a_table_that_is_cut_off_ends_the_reading() {
    let folder = Folder::sheets();
    let rows = (0..5000).map(|n| {
        format!(
            "11-0001.00|Cloud Herders|{}|Do it {n}.|Core|1|08/2023|Incumbent\n",
            100 + n
        )
    });
    let header =
        "O*NET-SOC Code|Title|Task ID|Task|Task Type|Incumbents Responding|Date|Domain Source\n";
    let text = header.to_owned() + &rows.collect::<String>();
    let bytes = folder.put_packed("Task Statements.tsv.gz", &lines(&text, "\n"));
    folder.remove("Task Statements.tsv");
    let path = folder.path().join("Task Statements.tsv.gz");
    std::fs::write(path, &bytes[..bytes.len() * 2 / 3]).unwrap();
    let finding = folder.open().unwrap_err().finding;
    assert_eq!(
        (finding.code, finding.file.as_str()),
        (Code::Truncated, "Task Statements.tsv.gz")
    );
    assert!(finding.line.unwrap() > 1000);
}

#[test]
fn a_file_that_changes_is_told() {
    let folder = Folder::sheets();
    let release = folder.open().unwrap();
    folder.change(
        "Job Zones.tsv",
        "08/2023\tAnalyst\n",
        "08/2023\tAnalyst\n11-0001.01\tFog\t2\t08/2023\tAnalyst\n",
    );
    let error = release.check(Vec::new()).unwrap_err();
    assert_eq!(error.finding.code, Code::Changed);
}
