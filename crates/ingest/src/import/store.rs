//! Storing documents a group at a time.

use app::{AppError, Catalogue, StoreAction, StoredRole};
use domain::role::RoleDraft;

use super::check::{Checked, Checker};
use super::{ImportError, ImportOptions, Input};
use crate::document::Document;
use crate::finding::{Finding, FindingCode};
use crate::report::{Action, Entry, ImportReport};
use crate::skill::{Dictionary, enrich};

/// How many documents share a transaction at most: enough for its price to vanish, few enough for
/// other writers not to wait long.
const MOST_DOCUMENTS: usize = 256;
/// After how many bytes a group is full, however few its documents are.
const MOST_BYTES: usize = 8 << 20;

/// Documents that are stored together, with their names.
#[derive(Default)]
pub(super) struct Group<'i> {
    documents: Vec<(&'i str, Document)>,
}

impl<'i> Group<'i> {
    /// Reads the next documents; none when all are read.
    pub(super) fn read<I: Input + 'i>(
        inputs: &mut impl Iterator<Item = &'i I>,
        checker: &mut Checker<'_>,
        dictionary: &Dictionary,
    ) -> Self {
        let mut group = Self::default();
        let mut size = 0;
        while group.documents.len() < MOST_DOCUMENTS && size < MOST_BYTES {
            let Some(input) = inputs.next() else { break };
            let Checked {
                mut document,
                bytes,
            } = checker.check(input);
            if let Some(draft) = &mut document.draft {
                enrich(draft, dictionary);
            }
            size += bytes;
            group.documents.push((input.name(), document));
        }
        group
    }

    pub(super) fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Stores the usable documents and adds to the report what became of each.
    pub(super) async fn store(
        self,
        catalogue: &Catalogue,
        options: ImportOptions<'_>,
        report: &mut ImportReport,
        tell: &mut impl FnMut(usize, &str),
    ) -> Result<(), ImportError> {
        let drafts = self.documents.iter();
        let drafts: Vec<&RoleDraft> = drafts.filter_map(|(_, one)| one.draft.as_ref()).collect();
        let mut stored = store(catalogue, &drafts, options).await.into_iter();
        for (name, Document { draft, findings }) in &self.documents {
            let mut findings = findings.clone();
            let draft = draft.as_ref();
            let outcome = match draft.and_then(|draft| Some((draft, stored.next()?))) {
                Some((draft, stored)) => {
                    outcome(draft, stored, &mut findings).map_err(|source| ImportError {
                        file: (*name).to_owned(),
                        source,
                    })?
                }
                None => None,
            };
            let action = outcome
                .as_ref()
                .map_or(Action::Rejected, |(action, _)| *action);
            let role = outcome.as_ref().map(|(_, stored)| &stored.slug);
            let entry = Entry::new(name, action, draft.zip(role), &findings);
            report.add(entry, options.strict, options.detail);
            tell(report.documents.len(), name);
        }
        Ok(())
    }
}

/// Stores drafts in one transaction; where one fails, in two halves of them, until it stands alone.
///
/// What comes after a failure of the database is not tried.
async fn store(
    catalogue: &Catalogue,
    drafts: &[&RoleDraft],
    options: ImportOptions<'_>,
) -> Vec<Result<StoredRole, AppError>> {
    let mut outcomes = Vec::with_capacity(drafts.len());
    let mut parts = vec![drafts];
    while let Some(part) = parts.pop() {
        if part.is_empty() {
            continue;
        }
        match catalogue.store_roles(part, options.of_store()).await {
            Ok(stored) => outcomes.extend(stored.into_iter().map(Ok)),
            Err(_) if part.len() > 1 => {
                let (first, second) = part.split_at(part.len() / 2);
                parts.extend([second, first]);
            }
            Err(error) => {
                let is_ours = !matches!(error, AppError::Invalid(_));
                outcomes.push(Err(error));
                if is_ours {
                    break;
                }
            }
        }
    }
    outcomes
}

/// What became of a draft; `None` when it breaks rules only after it was enriched, which rejects
/// it.
fn outcome(
    draft: &RoleDraft,
    stored: Result<StoredRole, AppError>,
    findings: &mut Vec<Finding>,
) -> Result<Option<(Action, StoredRole)>, AppError> {
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
            Ok(Some((action, stored)))
        }
        Err(AppError::Invalid(violations)) => {
            findings.extend(violations.iter().map(Finding::broken_rule));
            Ok(None)
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
