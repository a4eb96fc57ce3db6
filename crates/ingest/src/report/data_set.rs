//! What an import of a data set did.

use std::io::{self, Write};

use app::{ImportAction, ImportOutcome};
use dataset::{Counts, Finding, Severity};
use domain::Violation;
use domain::role::diff::{Difference, DifferenceKind, RolePart};
use serde::Serialize;

/// How many findings and changes a report holds; the others are counted.
const MOST_LINES: usize = 1_000;
/// How many characters of a text a report shows.
const MOST_CHARS: usize = 120;

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DataSetReport {
    /// The key of the data set.
    pub data_set: String,
    /// The release, unless the files could not be opened.
    pub release: Option<String>,
    /// How many roles are new.
    pub created: usize,
    /// How many roles changed.
    pub updated: usize,
    /// How many entities have other rows and the same roles.
    pub refreshed: usize,
    /// How many entities are as they were.
    pub unchanged: usize,
    /// How many roles were archived, because the release does not have them any more.
    pub removed: usize,
    /// How many entities have roles that somebody has deleted; they stay so.
    pub deleted: usize,
    /// How many rows, files and roles were rejected.
    pub rejected: usize,
    /// How many warnings there are.
    pub warnings: usize,
    /// Every table.
    pub tables: Vec<TableReport>,
    /// What changed of roles that were there, and what could not.
    pub changes: Vec<ChangeReport>,
    /// How many further changes there are.
    pub changes_left_out: usize,
    /// Every finding.
    pub findings: Vec<DataSetFinding>,
    /// How many further findings there are.
    pub findings_left_out: usize,
}

/// How many rows of a table were read, and what became of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TableReport {
    /// The name of the file.
    pub name: String,
    /// How many rows were read.
    pub rows_read: u64,
    /// How many of them are accepted.
    pub accepted: u64,
    /// How many of them are not.
    pub rejected: u64,
}

impl<K> From<&Counts<K>> for TableReport {
    fn from(counts: &Counts<K>) -> Self {
        Self {
            name: counts.file.to_string(),
            rows_read: counts.rows,
            accepted: counts.accepted,
            rejected: counts.rejected,
        }
    }
}

/// What became of one entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EntityChange {
    /// Its key in the data set.
    pub(crate) key: String,
    /// What became of it.
    pub(crate) outcome: ImportOutcome,
}

/// What changed of a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangeReport {
    /// The key of its entity in the data set.
    pub key: String,
    /// What was done: `UPDATED`, `REFRESHED`, `DELETED` or `REMOVED`.
    pub action: &'static str,
    /// One line for each difference.
    pub differences: Vec<String>,
    /// Parts that the release has changed and somebody here, too; they stay as they are here.
    pub conflicts: Vec<&'static str>,
}

/// What is wrong or doubtful.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DataSetFinding {
    /// The name of the file, or the key of the entity.
    pub file: String,
    /// The line, from 1; `None` when it concerns the whole file.
    pub line: Option<u64>,
    /// The column, when it concerns one.
    pub column: Option<String>,
    /// The stable code.
    pub code: &'static str,
    /// What was found, what was expected and what to do.
    pub message: String,
    /// Whether it keeps something out.
    pub rejects: bool,
}

impl DataSetReport {
    pub(crate) fn new(data_set: &str) -> Self {
        Self {
            data_set: data_set.to_owned(),
            ..Self::default()
        }
    }

    /// Whether anything was rejected.
    #[must_use]
    pub fn has_rejected(&self) -> bool {
        self.rejected > 0
    }

    pub(crate) fn found(&mut self, finding: &Finding) {
        self.push(DataSetFinding {
            file: finding.file.clone(),
            line: finding.line,
            column: finding.column.clone(),
            code: finding.code.as_str(),
            message: finding.message.clone(),
            rejects: finding.severity == Severity::Error,
        });
    }

    pub(crate) fn broke(&mut self, key: &str, violation: &Violation) {
        self.push(DataSetFinding {
            file: key.to_owned(),
            line: None,
            column: Some(violation.field().to_owned()),
            code: violation.code(),
            message: violation.to_string(),
            rejects: true,
        });
    }

    /// Notes that so many entities are gone that none was removed.
    pub(crate) fn shrank(&mut self, missing: usize, all: usize) {
        self.push(DataSetFinding {
            file: self.data_set.clone(),
            line: None,
            column: None,
            code: "SHRUNK",
            message: format!(
                "{missing} of {all} entities are not in this release: their roles stay as they \
                 are; --allow-shrink archives them"
            ),
            rejects: false,
        });
    }

    fn push(&mut self, finding: DataSetFinding) {
        if finding.rejects {
            self.rejected += 1;
        } else {
            self.warnings += 1;
        }
        if self.findings.len() < MOST_LINES {
            self.findings.push(finding);
        } else {
            self.findings_left_out += 1;
        }
    }

    /// Counts what became of an entity, and keeps what is worth telling.
    pub(crate) fn add(&mut self, change: EntityChange) {
        let count = match change.outcome.action {
            ImportAction::Created => &mut self.created,
            ImportAction::Updated => &mut self.updated,
            ImportAction::Refreshed => &mut self.refreshed,
            ImportAction::Unchanged => &mut self.unchanged,
            ImportAction::Deleted => &mut self.deleted,
            ImportAction::Removed => &mut self.removed,
        };
        *count += 1;
        let ImportOutcome {
            action,
            differences,
            conflicts,
        } = change.outcome;
        let is_told = !differences.is_empty()
            || !conflicts.is_empty()
            || matches!(action, ImportAction::Removed | ImportAction::Deleted);
        if !is_told {
            return;
        }
        if self.changes.len() >= MOST_LINES {
            self.changes_left_out += 1;
            return;
        }
        self.changes.push(ChangeReport {
            key: change.key,
            action: action.as_str(),
            differences: differences.iter().map(line).collect(),
            conflicts: conflicts.into_iter().map(RolePart::as_str).collect(),
        });
    }
}

/// A difference as a line of text.
fn line(difference: &Difference) -> String {
    let before = difference.before.as_ref().map(|said| short(&said.text));
    let after = difference.after.as_ref().map(|said| short(&said.text));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let part = difference.part;
    match difference.kind() {
        DifferenceKind::Added => format!("{part} + {after}"),
        DifferenceKind::Removed => format!("{part} - {before}"),
        DifferenceKind::Changed => format!("{part} {before} -> {after}"),
        DifferenceKind::Moved => format!("{part} moved {after}"),
    }
}

/// The beginning of a text, on one line.
fn short(text: &str) -> String {
    let line = text.replace('\n', " ");
    match line.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// Writes a report for people.
pub fn write_data_set(report: &DataSetReport, output: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let DataSetFinding {
            file,
            line,
            column,
            code,
            message,
            rejects,
        } = finding;
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        let column = column.as_ref().map(|name| format!(" \"{name}\""));
        let word = if *rejects { "rejected" } else { "warning" };
        let column = column.unwrap_or_default();
        writeln!(output, "{file}{line}{column}: {word} {code}: {message}")?;
    }
    if report.findings_left_out > 0 {
        writeln!(output, "and {} further findings", report.findings_left_out)?;
    }
    for change in &report.changes {
        writeln!(output, "{} {}", change.key, change.action)?;
        for difference in &change.differences {
            writeln!(output, "  {difference}")?;
        }
        for part in &change.conflicts {
            writeln!(output, "  {part} stays: it was changed here, too")?;
        }
    }
    if report.changes_left_out > 0 {
        writeln!(output, "and {} further changes", report.changes_left_out)?;
    }
    for table in &report.tables {
        let TableReport {
            name,
            rows_read,
            accepted,
            rejected,
        } = table;
        writeln!(
            output,
            "{name}: {rows_read} rows, {accepted} accepted, {rejected} rejected"
        )?;
    }
    writeln!(
        output,
        "{} {}: {} created, {} updated, {} refreshed, {} unchanged, {} removed, {} rejected",
        report.data_set,
        report.release.as_deref().unwrap_or("?"),
        report.created,
        report.updated,
        report.refreshed,
        report.unchanged,
        report.removed,
        report.rejected,
    )
}
