//! The shape of reports.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use domain::limits::ContentLimits;
use serde_json::{Value, json};

use super::{Action, Detail, Entry, ImportReport, write_text};
use crate::{Format, read_document, write_page};

/// The report of a run that stores one document.
fn report(file: &str, bytes: &[u8]) -> ImportReport {
    let document = read_document(file, bytes, Format::Auto, &ContentLimits::default());
    let role = document.draft.as_ref().map(|draft| (draft, &draft.slug));
    let action = role.map_or(Action::Rejected, |_| Action::Created);
    let mut report = ImportReport::default();
    let entry = Entry::new(file, action, role, &document.findings);
    report.add(entry, false, Detail::Whole);
    report
}

/// The value with runs of white space in its texts collapsed.
fn collapsed(value: &Value) -> Value {
    match value {
        Value::String(text) => json!(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Value::Array(items) => items.iter().map(collapsed).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), collapsed(value)))
            .collect(),
        other => other.clone(),
    }
}

#[test]
fn the_seed_page_gives_what_is_expected_of_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/seed");
    let Ok(page) = fs::read(folder.join("python-software-developer.txt")) else {
        writeln!(
            io::stderr(),
            "SKIPPED: no seed page in {}",
            folder.display()
        )
        .unwrap();
        return;
    };
    let expected = fs::read(folder.join("python-software-developer.expected.json")).unwrap();
    let expected: Value = serde_json::from_slice(&expected).unwrap();
    let report = serde_json::to_value(report("seed.txt", &page)).unwrap();
    let mut document = report["documents"][0].clone();
    assert_eq!(document["file"], "seed.txt");
    for own in ["file", "action"] {
        document.as_object_mut().unwrap().remove(own);
    }
    assert_eq!(collapsed(&document), collapsed(&expected));
    assert_eq!(report["findings"], json!([]));

    let text = String::from_utf8(page).unwrap();
    let draft = read_document(
        "x",
        text.as_bytes(),
        Format::Page,
        &ContentLimits::default(),
    )
    .draft;
    assert_eq!(
        collapsed(&json!(write_page(&draft.unwrap()))),
        collapsed(&json!(text))
    );
}

const PAGE: &str = "Field\n\nRole\n\nText.\n\nDuties\n\n• a\n\nNews\n\nNone.\n";

#[test]
fn reports_are_data() {
    let report = report("a.txt", PAGE.as_bytes());
    let value = serde_json::to_value(&report).unwrap();
    assert_eq!(value["created"], 1);
    let document = &value["documents"][0];
    assert_eq!(document["action"], "created");
    assert_eq!(document["outcome"], "IMPORTED");
    assert_eq!(document["duties"], json!(["a"]));
    assert_eq!(
        document["warnings"],
        json!([{ "code": "UNKNOWN_SECTION", "detail": "News" }])
    );
    assert_eq!(
        value["findings"],
        json!([{
            "file": "a.txt",
            "line": 11,
            "code": "UNKNOWN_SECTION",
            "message": "\"News\" is no known heading: kept as a custom section",
        }])
    );
}

#[test]
fn rejected_documents_say_why() {
    let value = serde_json::to_value(report("b.txt", b"")).unwrap();
    assert_eq!(
        value["documents"],
        json!([{
            "file": "b.txt",
            "action": "rejected",
            "outcome": "REJECTED",
            "errors": ["EMPTY_DOCUMENT"],
            "warnings": [],
        }])
    );
}

#[test]
fn reports_are_lines_for_people() {
    let mut report = report("a.txt", PAGE.as_bytes());
    let findings = findings_of_nothing();
    let entry = Entry::new("b.txt", Action::Rejected, None, &findings);
    report.add(entry, false, Detail::Outcome);
    let mut text = Vec::new();
    write_text(&report, &mut text).unwrap();
    assert_eq!(
        String::from_utf8(text).unwrap(),
        "created    role  a.txt\n\
         rejected   b.txt\n\
         a.txt:11: warning UNKNOWN_SECTION: \"News\" is no known heading: kept as a custom section\n\
         b.txt: rejected EMPTY_DOCUMENT: the document has no text: expected at least a title\n\
         created: 1, updated: 0, unchanged: 0, rejected: 1\n"
    );
}

fn findings_of_nothing() -> Vec<crate::Finding> {
    read_document("b.txt", b"", Format::Auto, &ContentLimits::default()).findings
}
