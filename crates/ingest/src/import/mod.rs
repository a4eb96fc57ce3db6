//! A run of imports: documents in, roles in the catalogue and a report out.
//!
//! Documents are read in groups, and nothing of a group stays but its lines of the report: a run
//! takes the same memory for ten documents and for a million.

mod check;
mod store;

use std::borrow::Cow;
use std::io;

use app::{AppError, Catalogue, StoreOptions};
use domain::access::Author;
use domain::limits::ContentLimits;

use crate::document::Format;
use crate::report::{Detail, ImportReport};
use crate::skill::Dictionary;

use check::Checker;
use store::Group;

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
    /// How much the report tells of usable documents.
    pub detail: Detail,
    /// Who imports, and where that comes from; stands in the change log.
    pub author: Author<'a>,
    /// The largest documents, texts and lists.
    pub limits: ContentLimits,
}

impl<'a> ImportOptions<'a> {
    /// What of it concerns storing.
    fn of_store(self) -> StoreOptions<'a> {
        let Self {
            author, dry_run, ..
        } = self;
        StoreOptions { author, dry_run }
    }
}

/// A document to import.
pub trait Input {
    /// Its name, as reports print it.
    fn name(&self) -> &str;

    /// What it holds, or why it cannot be read; asked for when its turn comes, and once before
    /// that by runs that stop.
    fn read(&self) -> io::Result<Cow<'_, [u8]>>;
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

/// Reads, checks and stores documents, a small group at a time.
///
/// With [`OnError::Stop`] all of them are checked before, and nothing is stored unless every one is
/// usable. One that is no longer usable when it is read again is rejected without the others:
/// those before it are stored by then.
pub async fn run(
    catalogue: &Catalogue,
    dictionary: &Dictionary,
    inputs: &[impl Input],
    options: ImportOptions<'_>,
    mut progress: impl FnMut(Progress<'_>),
) -> Result<ImportReport, ImportError> {
    let total = inputs.len();
    let mut tell = |done, file: &str| progress(Progress { done, total, file });
    if options.on_error == OnError::Stop {
        let checked = check::all(inputs, options);
        if checked.rejected > 0 {
            let files = checked.documents.iter().map(|document| &document.file);
            (1..).zip(files).for_each(|(done, file)| tell(done, file));
            return Ok(checked);
        }
    }
    let mut checker = Checker::new(options);
    let mut report = ImportReport::default();
    let mut inputs = inputs.iter();
    loop {
        let group = Group::read(&mut inputs, &mut checker, dictionary);
        if group.is_empty() {
            return Ok(report);
        }
        group
            .store(catalogue, options, &mut report, &mut tell)
            .await?;
    }
}

#[cfg(test)]
mod tests;
