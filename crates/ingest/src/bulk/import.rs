//! Lines into a catalogue, some of them at a time.

use std::collections::HashMap;
use std::sync::Arc;

use app::{AppError, Catalogue, EditAction, Edited, Refusal, RefusalCode, RoleWrite, StoreOptions};
use domain::access::Author;
use domain::id::RoleId;
use domain::read::RoleParts;
use domain::role::RoleDraft;
use domain::source::SourceName;
use domain::{Slug, Violation};
use serde::Serialize;

use super::line::{Entry, read};
use super::split::{Cut, Place};
use crate::skill::{Dictionary, enrich};

/// How many lines share a transaction at most: few enough for other writers not to wait long.
const MOST_LINES: usize = 50;
/// After how many bytes a batch is full, however few its lines are.
const MOST_BYTES: usize = 1 << 20;

/// How lines become roles.
#[derive(Clone, Debug)]
pub struct Importer {
    /// Where they are stored.
    pub catalogue: Catalogue,
    /// The skills that are found in texts; `None` leaves those that the lines name.
    pub dictionary: Option<Arc<Dictionary>>,
    /// Say what would happen and write nothing.
    pub dry_run: bool,
    /// Whether the first line that is refused ends the import.
    pub stops: bool,
}

/// Lines that are stored together.
#[derive(Debug, Default)]
pub struct Batch {
    cuts: Vec<Cut>,
    bytes: usize,
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ImportAction {
    /// The role is new.
    Created,
    /// The role says something else now.
    Updated,
    /// The role said the same before; nothing was written.
    Unchanged,
    /// There is nothing to store: a header, a trailer, or what comes with the roles.
    Skipped,
    /// The line cannot be stored; nothing of it was written.
    Refused,
}

/// What is told about a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LineResult {
    /// Its number, from 1.
    pub line: u64,
    /// Where an import that is taken up goes on behind it.
    pub offset: u64,
    /// What became of it.
    pub action: ImportAction,
    /// The id of the role; `None` when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The slug of the role; `None` when there is none, or none yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// The revision that the role has now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<LineError>,
}

/// One reason why a line was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LineError {
    /// What kind of reason it is.
    pub code: RefusalCode,
    /// What is wrong and what to do.
    pub message: String,
    /// Which value it is about, from the outside to the inside; empty for the whole line.
    pub path: Vec<String>,
    /// Where a reader of JSON stopped, in bytes from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

impl LineError {
    pub(super) fn new(code: RefusalCode, path: &[&str], message: String) -> Self {
        Self {
            code,
            message,
            path: path.iter().map(|&step| step.to_owned()).collect(),
            column: None,
        }
    }

    /// What a reader of JSON says, without the number of the line, which is that of its text.
    pub(super) fn of_json(error: &serde_json::Error) -> Self {
        let message = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = message.strip_suffix(&place).unwrap_or(&message);
        Self {
            column: Some(error.column()),
            ..Self::new(RefusalCode::Invalid, &[], message.to_owned())
        }
    }

    fn too_long() -> Self {
        let message = "the line has too many bytes: split what it says".to_owned();
        Self::new(RefusalCode::TooLong, &[], message)
    }

    fn of_violation(violation: &Violation) -> Self {
        let Refusal {
            code,
            path,
            message,
        } = Refusal::of_violation(violation);
        // What mutations call their input is the document here.
        let steps = path.into_iter().skip(1);
        Self {
            code,
            message,
            path: std::iter::once("document".to_owned())
                .chain(steps)
                .collect(),
            column: None,
        }
    }
}

impl Batch {
    /// Adds a line.
    pub fn push(&mut self, cut: Cut) {
        if let Cut::Line(_, text) = &cut {
            self.bytes += text.len();
        }
        self.cuts.push(cut);
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cuts.len()
    }

    /// Whether there is no line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cuts.is_empty()
    }

    /// Whether it is time to store it.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.cuts.len() >= MOST_LINES || self.bytes >= MOST_BYTES
    }
}

/// A line on its way.
enum Prepared {
    Role(Box<RoleDraft>),
    Nothing,
    Refused(Vec<LineError>),
}

impl Importer {
    /// Stores a batch in one transaction and tells what became of each line. What is told is on the
    /// disk. With `stops`, nothing is told of the lines behind the first that is refused. Lines that
    /// name no source have one that is called after the author.
    pub async fn store(
        &self,
        batch: Batch,
        author: Author<'_>,
    ) -> Result<Vec<LineResult>, AppError> {
        let mut lines = Vec::with_capacity(batch.len());
        for cut in batch.cuts {
            let (place, prepared) = self.prepare(cut, author);
            let is_last = self.stops && matches!(prepared, Prepared::Refused(_));
            lines.push((place, prepared));
            if is_last {
                break;
            }
        }
        let drafts = lines.iter().filter_map(|(_, prepared)| match prepared {
            Prepared::Role(draft) => Some(&**draft),
            Prepared::Nothing | Prepared::Refused(_) => None,
        });
        let drafts: Vec<&RoleDraft> = drafts.collect();
        let written = self.write(&drafts, author).await?;
        let slugs = self.slugs(&written).await?;
        let mut written = written.into_iter();
        let results = lines.into_iter().map(|(place, prepared)| match prepared {
            Prepared::Nothing => LineResult::new(place, ImportAction::Skipped),
            Prepared::Refused(errors) => LineResult::refused(place, errors),
            Prepared::Role(_) => match written.next() {
                Some(Ok(edited)) => LineResult::of(place, &edited, &slugs),
                Some(Err(violations)) => {
                    let errors = violations.iter().map(LineError::of_violation);
                    LineResult::refused(place, errors.collect())
                }
                None => LineResult::refused(place, Vec::new()),
            },
        });
        Ok(results.collect())
    }

    fn prepare(&self, cut: Cut, author: Author<'_>) -> (Place, Prepared) {
        match cut {
            Cut::TooLong(place) => (place, Prepared::Refused(vec![LineError::too_long()])),
            Cut::Line(place, text) => (place, self.read(&text, author)),
        }
    }

    fn read(&self, text: &[u8], author: Author<'_>) -> Prepared {
        let document = match read(text) {
            Ok(Entry::Role(document)) => document,
            Ok(Entry::Other) => return Prepared::Nothing,
            Err(error) => return Prepared::Refused(vec![error]),
        };
        let mut draft = document.into_draft(&SourceName {
            name: author.name.to_owned(),
            licence: None,
            attribution: None,
        });
        if let Some(dictionary) = &self.dictionary {
            enrich(&mut draft, dictionary);
        }
        let violations = draft.violations(self.catalogue.limits());
        if violations.is_empty() {
            Prepared::Role(Box::new(draft))
        } else {
            Prepared::Refused(violations.iter().map(LineError::of_violation).collect())
        }
    }

    /// Writes drafts in one transaction; where the names in one of them turn out to be unusable,
    /// in two halves of them, until it stands alone.
    async fn write(
        &self,
        drafts: &[&RoleDraft],
        author: Author<'_>,
    ) -> Result<Vec<Result<Edited, Vec<Violation>>>, AppError> {
        let options = StoreOptions {
            author,
            dry_run: self.dry_run,
        };
        let mut written = Vec::with_capacity(drafts.len());
        let mut parts = vec![drafts];
        while let Some(part) = parts.pop() {
            let writes: Vec<RoleWrite<'_>> =
                part.iter().map(|draft| RoleWrite::Upsert(draft)).collect();
            match self.catalogue.write_roles(&writes, options, None).await {
                Ok(receipt) => written.extend(receipt.edited.into_iter().map(Ok)),
                Err(AppError::Invalid(_)) if part.len() > 1 => {
                    let (first, second) = part.split_at(part.len() / 2);
                    parts.extend([second, first]);
                }
                Err(AppError::Invalid(violations)) => written.push(Err(violations)),
                Err(error) => return Err(error),
            }
        }
        Ok(written)
    }

    /// The slugs of what was written, which may differ from those that the documents ask for.
    async fn slugs(
        &self,
        written: &[Result<Edited, Vec<Violation>>],
    ) -> Result<HashMap<RoleId, Slug>, AppError> {
        let ids = written.iter().flatten().filter_map(|edited| edited.role());
        let ids: Vec<RoleId> = ids.collect();
        let reads = self.catalogue.database().reads();
        let trees = reads.roles_of_ids(&ids, &RoleParts::default()).await?;
        let slugs = trees.into_iter().map(|tree| (tree.role.id, tree.role.slug));
        Ok(slugs.collect())
    }
}

impl LineResult {
    fn new(place: Place, action: ImportAction) -> Self {
        let Place { line, offset } = place;
        Self {
            line,
            offset,
            action,
            id: None,
            slug: None,
            revision: None,
            errors: Vec::new(),
        }
    }

    fn refused(place: Place, errors: Vec<LineError>) -> Self {
        Self {
            errors,
            ..Self::new(place, ImportAction::Refused)
        }
    }

    fn of(place: Place, edited: &Edited, slugs: &HashMap<RoleId, Slug>) -> Self {
        let action = match edited.action {
            Some(EditAction::Created) => ImportAction::Created,
            Some(EditAction::Updated | EditAction::Deleted) => ImportAction::Updated,
            Some(EditAction::Unchanged) => ImportAction::Unchanged,
            None => ImportAction::Refused,
        };
        let slug = edited.role().and_then(|role| slugs.get(&role));
        let errors = edited.refusals.iter().map(|refusal| LineError {
            code: refusal.code,
            message: refusal.message.clone(),
            path: refusal.path.clone(),
            column: None,
        });
        Self {
            id: edited.role().map(|role| role.to_string()),
            slug: slug.map(Slug::to_string),
            revision: edited.revision,
            errors: errors.collect(),
            ..Self::new(place, action)
        }
    }
}
