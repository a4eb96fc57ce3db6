//! One document: its format, its draft and what was found in it.

use domain::limits::ContentLimits;
use domain::role::RoleDraft;

use crate::finding::Finding;
use crate::text::{self, SourceLine};
use crate::{markdown, page, salary};

/// How a document is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Markdown when the name ends in `.md` or `.markdown` or the text starts like Markdown,
    /// else a page.
    #[default]
    Auto,
    /// The plain-text role page.
    Page,
    /// The Markdown role document.
    Markdown,
}

/// What reading a document gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The role; `None` when the document is rejected.
    pub draft: Option<RoleDraft>,
    /// What was found, in the order of the lines; findings about the whole document come first.
    pub findings: Vec<Finding>,
}

impl Document {
    /// A document that cannot be used.
    pub(crate) fn rejected(finding: Finding) -> Self {
        Self {
            draft: None,
            findings: vec![finding],
        }
    }
}

/// Reads a document and checks it against the limits; `name` only helps to tell the format.
#[must_use]
pub fn read_document(name: &str, bytes: &[u8], format: Format, limits: &ContentLimits) -> Document {
    let lines = match text::decode(bytes, limits.document_bytes) {
        Ok(lines) => lines,
        Err(finding) => return Document::rejected(finding),
    };
    let mut findings = Vec::new();
    let is_markdown = match format {
        Format::Auto => looks_like_markdown(name, &lines),
        Format::Page => false,
        Format::Markdown => true,
    };
    let mut draft = if is_markdown {
        markdown::read(&lines, &mut findings)
    } else {
        page::read(&lines, &mut findings)
    };
    let mut broken = Vec::new();
    if let Some(read) = &mut draft {
        broken = read.violations(limits);
        if broken.is_empty() {
            // Texts within the limits bound what their pay takes in time and space.
            read.salaries = salary::of(read, limits.salaries);
            if !read.salaries.is_empty() {
                broken = read.violations(limits);
            }
        }
    }
    if !broken.is_empty() {
        findings.extend(broken.iter().map(Finding::broken_rule));
        draft = None;
    }
    findings.sort_by_key(|finding| finding.line);
    Document { draft, findings }
}

fn looks_like_markdown(name: &str, lines: &[SourceLine]) -> bool {
    let name = name.to_lowercase();
    let first = lines.first().map_or("", |line| line.text.as_str());
    [".md", ".markdown"]
        .iter()
        .any(|ending| name.ends_with(ending))
        || first == "---"
        || first.starts_with("# ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{write_markdown, write_page};
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    #[test]
    fn the_format_is_told_by_name_or_first_line() {
        for (name, text, wanted) in [
            ("a.md", "Role", true),
            ("A.MARKDOWN", "Role", true),
            ("a.txt", "# Role", true),
            ("a.txt", "---\ntitle: Role\n---", true),
            ("a.txt", "Role\n\n# x", false),
            ("-", "#Role", false),
        ] {
            let lines = text::decode(text.as_bytes(), 64).unwrap();
            assert_eq!(looks_like_markdown(name, &lines), wanted, "{name} {text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_read_and_settles(text in "([ -~é—“•\n]|\n\n|\n- |\n#|: |\\?\n){0,120}") {
            let limits = ContentLimits::default();
            for format in [Format::Page, Format::Markdown] {
                let read = |text: &str| read_document("", text.as_bytes(), format, &limits).draft;
                let write = |draft: &RoleDraft| match format {
                    Format::Markdown => write_markdown(draft),
                    Format::Auto | Format::Page => write_page(draft),
                };
                if let Some(draft) = read(&text) {
                    let written = write(&draft);
                    let again = read(&written);
                    if format == Format::Page {
                        prop_assert_eq!(again, Some(draft), "{}", written);
                    } else {
                        prop_assert!(again.is_some(), "{}", written);
                    }
                }
            }
        }
    }
}
