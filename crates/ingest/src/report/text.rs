//! The report as lines for people.

use std::io::{self, Write};

use super::{Action, DocumentReport, FindingReport, ImportReport};

/// Writes one line per document, one per finding, and the totals.
pub fn write_text(report: &ImportReport, out: &mut dyn Write) -> io::Result<()> {
    for DocumentReport {
        file, action, slug, ..
    } in &report.documents
    {
        let action = word(*action);
        match slug {
            Some(slug) => writeln!(out, "{action:<9}  {slug}  {file}")?,
            None => writeln!(out, "{action:<9}  {file}")?,
        }
    }
    for FindingReport {
        file,
        line,
        code,
        message,
        severity,
    } in &report.findings
    {
        match line {
            Some(line) => writeln!(out, "{file}:{line}: {severity} {code}: {message}")?,
            None => writeln!(out, "{file}: {severity} {code}: {message}")?,
        }
    }
    let ImportReport {
        created,
        updated,
        unchanged,
        rejected,
        ..
    } = report;
    write!(
        out,
        "created: {created}, updated: {updated}, unchanged: {unchanged}"
    )?;
    write!(out, ", rejected: {rejected}")?;
    let skipped = report
        .documents
        .iter()
        .filter(|document| document.action == Action::Skipped);
    match skipped.count() {
        0 => writeln!(out),
        skipped => writeln!(out, ", skipped: {skipped}"),
    }
}

const fn word(action: Action) -> &'static str {
    match action {
        Action::Created => "created",
        Action::Updated => "updated",
        Action::Unchanged => "unchanged",
        Action::Rejected => "rejected",
        Action::Skipped => "skipped",
    }
}
