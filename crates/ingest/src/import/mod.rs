//! A run of imports: documents in, roles in the catalogue and a report out.

use std::collections::HashSet;
use std::io;

use app::{AppError, Catalogue, StoreAction, StoreOptions, StoredRole};
use domain::limits::ContentLimits;
use domain::role::{PublicationState, RoleDraft};

use crate::document::{Document, Format, read_document};
use crate::finding::{Finding, FindingCode};
use crate::report::{Action, ImportReport, RoleReport};
use crate::skill::{Dictionary, enrich};

/// How many documents share a transaction: enough for its price to vanish, few enough for other
/// writers not to wait long.
const GROUP: usize = 50;

/// What to do when a document is rejected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnError {
    /// Write nothing at all.
    #[default]
    Stop,
    /// Write the other documents.
    Skip,
}

/// How to import.
#[derive(Clone, Copy, Debug)]
pub struct ImportOptions<'a> {
    /// How the documents are written.
    pub format: Format,
    /// What to do when a document is rejected.
    pub on_error: OnError,
    /// Whether warnings reject a document.
    pub strict: bool,
    /// Whether the roles are drafts instead of published.
    pub draft: bool,
    /// Whether to write nothing and say what would happen.
    pub dry_run: bool,
    /// Who imports; stands in the change log.
    pub actor: &'a str,
    /// The largest documents, texts and lists.
    pub limits: ContentLimits,
}

impl<'a> ImportOptions<'a> {
    /// What of it concerns storing.
    fn of_store(self) -> StoreOptions<'a> {
        let Self { actor, dry_run, .. } = self;
        StoreOptions { actor, dry_run }
    }
}

/// A document to import.
#[derive(Debug)]
pub struct Input {
    /// Its name, as reports print it.
    pub name: String,
    /// What it holds, or why it could not be read.
    pub content: io::Result<Vec<u8>>,
}

/// How far a run is: called once per document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// How many documents are done, this one included.
    pub done: usize,
    /// How many documents there are.
    pub total: usize,
    /// The name of this one.
    pub file: &'a str,
}

/// The database failed; documents before this one are stored.
#[derive(Debug, thiserror::Error)]
#[error("{file} could not be stored")]
pub struct ImportError {
    /// The document that was being stored.
    pub file: String,
    /// Why it failed.
    #[source]
    pub source: AppError,
}

/// Reads and checks every document, then stores them in small groups.
///
/// With [`OnError::Stop`] nothing is stored unless every document is usable.
pub async fn run(
    catalogue: &Catalogue,
    dictionary: &Dictionary,
    inputs: Vec<Input>,
    options: ImportOptions<'_>,
    mut progress: impl FnMut(Progress<'_>),
) -> Result<ImportReport, ImportError> {
    let checked = check(inputs, dictionary, options);
    let may_store =
        options.on_error == OnError::Skip || checked.iter().all(|one| one.document.draft.is_some());
    let total = checked.len();
    let mut report = ImportReport::default();
    let mut done = 0;
    let mut checked = checked.into_iter();
    loop {
        let group: Vec<Checked> = checked.by_ref().take(GROUP).collect();
        if group.is_empty() {
            break;
        }
        let mut together = if may_store {
            store_together(catalogue, &group, options).await
        } else {
            Vec::new()
        }
        .into_iter();
        for Checked { name, document } in group {
            let Document { draft, findings } = document;
            let (action, role, findings) = match draft {
                Some(draft) if may_store => {
                    let stored = match together.next() {
                        Some(stored) => Ok(stored),
                        None => catalogue.store_role(&draft, options.of_store()).await,
                    };
                    let outcome = outcome(&draft, stored, findings);
                    outcome.map_err(|source| ImportError {
                        file: name.clone(),
                        source,
                    })?
                }
                Some(draft) => (
                    Action::Skipped,
                    Some(RoleReport::new(&draft, &draft.slug)),
                    findings,
                ),
                None => (Action::Rejected, None, findings),
            };
            report.add(&name, action, role, &findings, options.strict);
            done += 1;
            progress(Progress {
                done,
                total,
                file: &name,
            });
        }
    }
    Ok(report)
}

/// A document that was read and compared with the others.
struct Checked {
    name: String,
    document: Document,
}

fn check(inputs: Vec<Input>, dictionary: &Dictionary, options: ImportOptions<'_>) -> Vec<Checked> {
    let mut names = HashSet::new();
    let mut checked = Vec::with_capacity(inputs.len());
    for Input { name, content } in inputs {
        let mut document = match content {
            Ok(bytes) => read_document(&name, &bytes, options.format, &options.limits),
            Err(error) => {
                let message = format!("the document cannot be read: {error}");
                Document::rejected(Finding::whole(FindingCode::Unreadable, message))
            }
        };
        if let Some(draft) = &mut document.draft {
            let identity = (
                draft.source.name.clone(),
                draft.locale.clone(),
                draft.slug.clone(),
            );
            if !names.insert(identity) {
                document.findings.push(duplicate(draft));
            }
            enrich(draft, dictionary);
            if options.draft {
                draft.state = PublicationState::Draft;
            }
        }
        let rejects = |finding: &Finding| options.strict || finding.rejects();
        if document.findings.iter().any(rejects) {
            document.draft = None;
        }
        checked.push(Checked { name, document });
    }
    checked
}

/// Stores the drafts of a group in one transaction; nothing when one of them fails, so that each
/// is stored on its own and the one is found.
async fn store_together(
    catalogue: &Catalogue,
    group: &[Checked],
    options: ImportOptions<'_>,
) -> Vec<StoredRole> {
    let drafts = group.iter().filter_map(|one| one.document.draft.as_ref());
    let drafts: Vec<&RoleDraft> = drafts.collect();
    let stored = catalogue.store_roles(&drafts, options.of_store()).await;
    stored.unwrap_or_default()
}

/// What became of a draft; rules that it breaks only after it was enriched reject it.
fn outcome(
    draft: &RoleDraft,
    stored: Result<StoredRole, AppError>,
    mut findings: Vec<Finding>,
) -> Result<(Action, Option<RoleReport>, Vec<Finding>), AppError> {
    match stored {
        Ok(stored) => {
            if stored.slug_taken {
                findings.push(slug_taken(draft, &stored));
            }
            let action = match stored.action {
                StoreAction::Created => Action::Created,
                StoreAction::Updated => Action::Updated,
                StoreAction::Unchanged => Action::Unchanged,
            };
            Ok((action, Some(RoleReport::new(draft, &stored.slug)), findings))
        }
        Err(AppError::Invalid(violations)) => {
            findings.extend(violations.iter().map(Finding::broken_rule));
            Ok((Action::Rejected, None, findings))
        }
        Err(error) => Err(error),
    }
}

fn slug_taken(draft: &RoleDraft, stored: &StoredRole) -> Finding {
    let message = format!(
        "the slug \"{}\" belongs to another role: this one is stored as \"{}\"",
        draft.slug, stored.slug
    );
    let finding = Finding::whole(FindingCode::SlugTaken, message);
    Finding {
        detail: Some(draft.slug.to_string()),
        ..finding
    }
}

fn duplicate(draft: &RoleDraft) -> Finding {
    let message = format!(
        "an earlier document of this run has the source \"{}\", locale {} and slug \"{}\", too: \
         give one of them another slug",
        draft.source.name, draft.locale, draft.slug
    );
    let finding = Finding::whole(FindingCode::DuplicateDocument, message);
    Finding {
        detail: Some(draft.slug.to_string()),
        ..finding
    }
}

#[cfg(test)]
mod tests;
