//! What a run of imports did: as data for programs and as lines for people.

mod data_set;
mod role;
mod text;

use domain::Slug;
use domain::role::RoleDraft;
use serde::Serialize;

use crate::finding::{Finding, Severity};

pub(crate) use data_set::EntityChange;
pub use data_set::{ChangeReport, DataSetFinding, DataSetReport, TableReport, write_data_set};
pub use role::RoleReport;
pub use text::write_text;

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// The role is new.
    Created,
    /// The role was there and now says something else.
    Updated,
    /// The role was there and says the same.
    Unchanged,
    /// The document cannot be used; nothing of it was written.
    Rejected,
    /// The document is usable and was not written, because another one was rejected.
    Skipped,
}

/// Whether a document was usable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// The document is in the catalogue, or would be without dry run.
    Imported,
    /// The document cannot be used.
    Rejected,
    /// The document is usable and was left out.
    Skipped,
}

/// How much a report tells of a document that was usable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// What became of it.
    #[default]
    Outcome,
    /// Everything that it says, too: the report grows with the documents.
    Whole,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// How many roles are new.
    pub created: usize,
    /// How many roles changed.
    pub updated: usize,
    /// How many roles were there already.
    pub unchanged: usize,
    /// How many documents were rejected.
    pub rejected: usize,
    /// Every document, in the order it was given.
    pub documents: Vec<DocumentReport>,
    /// Every finding, in the order of documents and lines.
    pub findings: Vec<FindingReport>,
}

/// What became of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DocumentReport {
    /// The name of the document.
    pub file: String,
    /// What was done.
    pub action: Action,
    /// Whether it was usable.
    pub outcome: Outcome,
    /// Codes of the findings that keep the document out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<&'static str>,
    /// The slug that its role has or would get, unless it was rejected.
    #[serde(skip)]
    pub slug: Option<String>,
    /// What the document says, unless it was rejected or only outcomes are told.
    #[serde(flatten)]
    pub role: Option<Box<RoleReport>>,
    /// Findings that do not keep the document out.
    pub warnings: Vec<WarningReport>,
}

/// A warning without its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WarningReport {
    /// The stable code.
    pub code: &'static str,
    /// The words of the document that it is about.
    pub detail: Option<String>,
}

/// A finding with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingReport {
    /// The name of the document.
    pub file: String,
    /// The line, from 1; `None` when it concerns the whole document.
    pub line: Option<u32>,
    /// The stable code.
    pub code: &'static str,
    /// What was found and what happened to it.
    pub message: String,
    /// Whether the finding kept the document out.
    #[serde(skip)]
    pub severity: Severity,
}

/// What became of a document, on its way into the report.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'e> {
    file: &'e str,
    action: Action,
    role: Option<(&'e RoleDraft, &'e Slug)>,
    findings: &'e [Finding],
}

impl<'e> Entry<'e> {
    /// A document with what it says, unless it was rejected, and the slug of its role.
    pub(crate) fn new(
        file: &'e str,
        action: Action,
        role: Option<(&'e RoleDraft, &'e Slug)>,
        findings: &'e [Finding],
    ) -> Self {
        Self {
            file,
            action,
            role,
            findings,
        }
    }
}

impl ImportReport {
    /// Adds what became of a document; with `strict` its warnings reject it, too.
    pub(crate) fn add(&mut self, entry: Entry<'_>, strict: bool, detail: Detail) {
        let Entry {
            file,
            action,
            role,
            findings,
        } = entry;
        match action {
            Action::Created => self.created += 1,
            Action::Updated => self.updated += 1,
            Action::Unchanged => self.unchanged += 1,
            Action::Rejected => self.rejected += 1,
            Action::Skipped => {}
        }
        let rejects =
            |finding: &&Finding| finding.rejects() || (strict && action == Action::Rejected);
        self.documents.push(DocumentReport {
            file: file.to_owned(),
            action,
            outcome: match action {
                Action::Created | Action::Updated | Action::Unchanged => Outcome::Imported,
                Action::Rejected => Outcome::Rejected,
                Action::Skipped => Outcome::Skipped,
            },
            errors: findings
                .iter()
                .filter(rejects)
                .map(|finding| finding.code.as_str())
                .collect(),
            slug: role.map(|(_, slug)| slug.to_string()),
            role: role
                .filter(|_| detail == Detail::Whole)
                .map(|(draft, slug)| Box::new(RoleReport::new(draft, slug))),
            warnings: findings
                .iter()
                .filter(|finding| !rejects(finding))
                .map(warning)
                .collect(),
        });
        self.findings
            .extend(findings.iter().map(|finding| FindingReport {
                file: file.to_owned(),
                line: finding.line,
                code: finding.code.as_str(),
                message: finding.message.clone(),
                severity: if rejects(&finding) {
                    Severity::Rejected
                } else {
                    Severity::Warning
                },
            }));
    }
}

fn warning(finding: &Finding) -> WarningReport {
    WarningReport {
        code: finding.code.as_str(),
        detail: finding.detail.clone(),
    }
}

#[cfg(test)]
mod tests;
