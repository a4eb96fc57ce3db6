//! Names of files and columns as somebody else gave them, and what they are called here.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::read::file_name;
use crate::finding::{Code, Finding, ReadError};

/// The section that maps names of files and not of columns.
const FILES: &str = "files";

/// Other names of files and columns.
///
/// It is written as TOML or JSON: a section for each table, by its name here or by that of the
/// file, with `"Their Column" = "Our Column"`, and a section `files` with
/// `"Their File" = "Our Table"`. Letter case does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// By table, then by their name; both in lower case.
    tables: BTreeMap<String, BTreeMap<String, String>>,
}

impl Mapping {
    /// Reads a mapping from a file.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let file = file_name(path);
        let text = fs::read_to_string(path).map_err(|error| {
            let message = format!("the mapping cannot be read: {error}");
            ReadError {
                finding: Box::new(Finding::error(&file, Code::Unreadable, message)),
                source: Some(error),
            }
        })?;
        Ok(Self::parse(&file, &text)?)
    }

    /// Reads a mapping from the text of a file.
    pub fn parse(file: &str, text: &str) -> Result<Self, Finding> {
        type Sections = BTreeMap<String, BTreeMap<String, String>>;
        let is_json = text.trim_start().starts_with('{');
        let sections: Result<Sections, (String, Option<u64>)> = if is_json {
            serde_json::from_str(text)
                .map_err(|error| (error.to_string(), u64::try_from(error.line()).ok()))
        } else {
            toml::from_str(text).map_err(|error| {
                let line = error.span().map(|span| line_at(text, span.start));
                (error.message().to_owned(), line)
            })
        };
        let sections = sections.map_err(|(message, line)| {
            let message = format!(
                "{message}: expected sections of \"Their Column\" = \"Our Column\", as TOML or \
                 JSON"
            );
            let finding = Finding::error(file, Code::InvalidMapping, message);
            match line {
                Some(line) => finding.on(line),
                None => finding,
            }
        })?;
        let tables = sections.into_iter().map(|(table, names)| {
            let names = names.into_iter();
            let names = names.map(|(theirs, ours)| (key(&theirs), ours.trim().to_owned()));
            (key(&table), names.collect())
        });
        Ok(Self {
            tables: tables.collect(),
        })
    }

    /// What a file is called here, by its name without its endings.
    #[must_use]
    pub fn table(&self, file: &str) -> Option<&str> {
        self.name(FILES, file)
    }

    /// What a column is called here; the section is found by either name of its table.
    #[must_use]
    pub fn column(&self, ours: &str, file: &str, column: &str) -> Option<&str> {
        let section = self.name(ours, column);
        section.or_else(|| self.name(file, column))
    }

    fn name(&self, section: &str, theirs: &str) -> Option<&str> {
        let names = self.tables.get(&key(section))?;
        names.get(&key(theirs)).map(String::as_str)
    }
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The line, from 1, on which a byte of a text stands.
fn line_at(text: &str, at: usize) -> u64 {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let lines = memchr::memchr_iter(b'\n', before).count() + 1;
    u64::try_from(lines).unwrap_or(u64::MAX)
}
