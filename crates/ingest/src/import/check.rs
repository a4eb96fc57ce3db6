//! Reading and checking documents one after the other.

use std::collections::HashSet;

use domain::role::{PublicationState, RoleDraft};
use domain::{Locale, Slug};

use super::{ImportOptions, Input};
use crate::document::{Document, read_document};
use crate::finding::{Finding, FindingCode};
use crate::report::{Action, Entry, ImportReport};

/// Checks documents and compares each with those before it.
pub(super) struct Checker<'a> {
    options: ImportOptions<'a>,
    /// Source, locale and slug of the documents so far.
    names: HashSet<(String, Locale, Slug)>,
}

/// A document that was read, and how large it is.
pub(super) struct Checked {
    pub(super) document: Document,
    pub(super) bytes: usize,
}

/// The report of a run that checks documents and stores none of them.
pub(super) fn all(inputs: &[impl Input], options: ImportOptions<'_>) -> ImportReport {
    let mut checker = Checker::new(options);
    let mut report = ImportReport::default();
    for input in inputs {
        let Document { draft, findings } = checker.check(input).document;
        let action = draft.as_ref().map_or(Action::Rejected, |_| Action::Skipped);
        let role = draft.as_ref().map(|draft| (draft, &draft.slug));
        let entry = Entry::new(input.name(), action, role, &findings);
        report.add(entry, options.strict, options.detail);
    }
    report
}

impl<'a> Checker<'a> {
    pub(super) fn new(options: ImportOptions<'a>) -> Self {
        Self {
            options,
            names: HashSet::new(),
        }
    }

    /// Reads a document; a rejected one has no draft.
    pub(super) fn check(&mut self, input: &impl Input) -> Checked {
        let ImportOptions { format, limits, .. } = self.options;
        let (mut document, bytes) = match input.read() {
            Ok(content) => (
                read_document(input.name(), &content, format, &limits),
                content.len(),
            ),
            Err(error) => {
                let message = format!("the document cannot be read: {error}");
                let finding = Finding::whole(FindingCode::Unreadable, message);
                (Document::rejected(finding), 0)
            }
        };
        if let Some(draft) = &mut document.draft {
            let RoleDraft {
                source,
                locale,
                slug,
                ..
            } = &*draft;
            let name = (source.name.clone(), locale.clone(), slug.clone());
            if !self.names.insert(name) {
                document.findings.push(duplicate(draft));
            }
            if self.options.draft {
                draft.state = PublicationState::Draft;
            }
        }
        let rejects = |finding: &Finding| self.options.strict || finding.rejects();
        if document.findings.iter().any(rejects) {
            document.draft = None;
        }
        Checked { document, bytes }
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
