//! Profiles of the Occupational Outlook Handbook as role documents.

use std::fmt::Write as _;
use std::io::Read as _;

use domain::limits::ContentLimits;
use domain::role::RoleDraft;
use flate2::read::GzDecoder;
use ingest::skill::{self, Dictionary};
use ingest::{Format, read_document};
use serde_json::Value;
use testkit::shared_file;

/// The profiles, when they lie beside the repository.
pub(crate) fn drafts() -> Option<Vec<RoleDraft>> {
    let file = shared_file("data/ooh/ooh-first-half.jsonl.gz")?;
    let mut text = String::new();
    let packed = std::fs::File::open(file).unwrap();
    GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    let dictionary = Dictionary::embedded().unwrap();
    let profiles = text.lines().map(|line| serde_json::from_str(line).unwrap());
    Some(
        profiles
            .map(|profile| draft(&profile, &dictionary))
            .collect(),
    )
}

fn draft(profile: &Value, dictionary: &Dictionary) -> RoleDraft {
    let text = document(profile);
    let limits = ContentLimits::default();
    let document = read_document("profile.md", text.as_bytes(), Format::Markdown, &limits);
    let mut draft = document
        .draft
        .unwrap_or_else(|| panic!("{:?}", document.findings));
    skill::enrich(&mut draft, dictionary);
    draft
}

/// The role document: summary, facts, duties and the prose of the profile.
fn document(profile: &Value) -> String {
    let text = |key: &str| profile[key].as_str().unwrap_or_default();
    let fact = |key: &str| profile["facts"][key].as_str().unwrap_or_default();
    let mut document = format!(
        "---\ntitle: {:?}\nslug: {}\ncategory: {}\nsource: Occupational Outlook Handbook\n---\n\n# {}\n\n{}\n",
        text("h1"),
        text("slug"),
        text("category").replace('-', " "),
        text("h1"),
        summary(profile),
    );
    document.push_str("\n## Role at a glance\n\n");
    for (label, key) in [
        ("Typical education", "entry_education"),
        ("Typical experience", "work_experience"),
        ("Growth outlook", "outlook_desc"),
    ] {
        if !fact(key).is_empty() {
            writeln!(document, "- {label}: {}", fact(key)).unwrap();
        }
    }
    document.push_str("\n## Duties and responsibilities\n\n");
    for duty in profile["duties"].as_array().into_iter().flatten() {
        writeln!(document, "- {}", duty.as_str().unwrap_or_default()).unwrap();
    }
    for (heading, tab) in [
        ("Overview", "tab-2"),
        ("Work environment", "tab-3"),
        ("How to become one", "tab-4"),
        ("Career outlook", "tab-6"),
    ] {
        write!(
            document,
            "\n## {heading}\n\n{}\n",
            prose(&profile["sections"][tab])
        )
        .unwrap();
    }
    document
}

/// The paragraph that says what people do.
fn summary(profile: &Value) -> String {
    let first = profile["sections"]["tab-1"]["markdown"]
        .as_str()
        .unwrap_or_default();
    let what = first
        .lines()
        .skip_while(|line| !line.starts_with("### What"));
    let mut what = what.skip(1).skip_while(|line| line.is_empty());
    what.next().unwrap_or_default().to_owned()
}

/// The text of a section without its headings.
fn prose(section: &Value) -> String {
    let text = section["markdown"].as_str().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}
