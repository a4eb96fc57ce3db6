//! Whole runs against a database of their own.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use app::Catalogue;
use domain::access::Author;
use domain::id::IdSource;
use domain::limits::ContentLimits;
use domain::{Clock, Timestamp};
use persistence::{Database, DatabaseSettings};
use tempfile::TempDir;
use uuid::Uuid;

use super::{ImportOptions, Input, OnError, run};
use crate::Format;
use crate::report::{Action, Detail, ImportReport};
use crate::skill::Dictionary;

struct FixedClock;

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::parse("2026-01-01T00:00:00Z").unwrap()
    }
}

#[derive(Default)]
struct CountedIds(AtomicU64);

impl IdSource for CountedIds {
    fn next_uuid(&self) -> Uuid {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Uuid::from_u128((0x7000 << 64) | (0x8000 << 48) | u128::from(number))
    }
}

/// A document that holds another text with every reading; after the last it stays.
struct Given<'t> {
    name: &'t str,
    /// `None` when it cannot be read.
    texts: Vec<Option<&'t str>>,
    reads: AtomicUsize,
}

impl Input for Given<'_> {
    fn name(&self) -> &str {
        self.name
    }

    fn read(&self) -> io::Result<Cow<'_, [u8]>> {
        let reads = self.reads.fetch_add(1, Ordering::Relaxed);
        let text = self.texts[reads.min(self.texts.len() - 1)];
        let text = text.ok_or(io::ErrorKind::NotFound)?;
        Ok(Cow::Borrowed(text.as_bytes()))
    }
}

struct Board {
    catalogue: Catalogue,
    dictionary: Dictionary,
    _folder: TempDir,
}

impl Board {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/board.db", folder.path().display());
        let database = Database::open(&DatabaseSettings::new(&url)).await.unwrap();
        let ids = Arc::<CountedIds>::default();
        let limits = ContentLimits::default();
        Self {
            catalogue: Catalogue::new(database, Arc::new(FixedClock), ids, limits),
            dictionary: Dictionary::embedded().unwrap(),
            _folder: folder,
        }
    }

    async fn import(&self, documents: &[(&str, &str)], options: ImportOptions<'_>) -> ImportReport {
        let inputs = documents.iter().map(|(name, text)| Given {
            name,
            texts: vec![Some(text)],
            reads: AtomicUsize::default(),
        });
        self.import_given(&inputs.collect::<Vec<_>>(), options)
            .await
    }

    async fn import_given(&self, inputs: &[Given<'_>], options: ImportOptions<'_>) -> ImportReport {
        let (catalogue, dictionary) = (&self.catalogue, &self.dictionary);
        let report = run(catalogue, dictionary, inputs, options, |_progress| {});
        report.await.unwrap()
    }
}

fn options(on_error: OnError) -> ImportOptions<'static> {
    ImportOptions {
        format: Format::Auto,
        on_error,
        strict: false,
        draft: false,
        dry_run: false,
        detail: Detail::Outcome,
        author: Author::named("import"),
        limits: ContentLimits::default(),
    }
}

fn actions(report: &ImportReport) -> Vec<Action> {
    report
        .documents
        .iter()
        .map(|document| document.action)
        .collect()
}

fn codes(report: &ImportReport) -> Vec<&'static str> {
    report.findings.iter().map(|finding| finding.code).collect()
}

const PAGE: &str = "Site.org\n\nField\n\nWelder\n\nWelds.\n\nDuties\n\n• Weld\n";

#[tokio::test]
async fn importing_twice_changes_nothing() {
    let board = Board::open().await;
    let first = board
        .import(&[("a.txt", PAGE)], options(OnError::Stop))
        .await;
    assert_eq!((first.created, first.findings.len()), (1, 0));
    let again = board
        .import(&[("a.txt", PAGE)], options(OnError::Stop))
        .await;
    assert_eq!((again.created, again.unchanged), (0, 1));
    let changed = PAGE.replace("Welds.", "Joins metal.");
    let third = board
        .import(&[("a.txt", &changed)], options(OnError::Stop))
        .await;
    assert_eq!(actions(&third), [Action::Updated]);
}

#[tokio::test]
async fn a_dry_run_says_what_would_happen_and_writes_nothing() {
    let board = Board::open().await;
    let dry = ImportOptions {
        dry_run: true,
        ..options(OnError::Stop)
    };
    for _ in 0..2 {
        assert_eq!(board.import(&[("a.txt", PAGE)], dry).await.created, 1);
    }
}

#[tokio::test]
async fn a_rejected_document_stops_the_run_or_is_skipped() {
    let board = Board::open().await;
    let documents = [("empty.txt", ""), ("a.txt", PAGE), ("binary.png", "\u{0}")];
    let stopped = board.import(&documents, options(OnError::Stop)).await;
    assert_eq!(
        actions(&stopped),
        [Action::Rejected, Action::Skipped, Action::Rejected]
    );
    assert_eq!(codes(&stopped), ["EMPTY_DOCUMENT", "INVALID_ENCODING"]);
    let skipped = board.import(&documents, options(OnError::Skip)).await;
    assert_eq!(
        actions(&skipped),
        [Action::Rejected, Action::Created, Action::Rejected]
    );
    assert_eq!((skipped.created, skipped.rejected), (1, 2));
}

#[tokio::test]
async fn strict_runs_reject_warnings() {
    let board = Board::open().await;
    let strict = ImportOptions {
        strict: true,
        ..options(OnError::Skip)
    };
    let report = board
        .import(&[("a.txt", "Welder"), ("b.txt", PAGE)], strict)
        .await;
    assert_eq!(actions(&report), [Action::Rejected, Action::Created]);
    assert_eq!(
        report.documents[0].errors,
        ["MISSING_CATEGORY", "MISSING_SUMMARY"]
    );
}

#[tokio::test]
async fn the_same_document_twice_in_one_run_is_rejected() {
    let board = Board::open().await;
    let report = board
        .import(&[("a.txt", PAGE), ("b.txt", PAGE)], options(OnError::Skip))
        .await;
    assert_eq!(actions(&report), [Action::Created, Action::Rejected]);
    assert_eq!(codes(&report), ["DUPLICATE_DOCUMENT"]);
}

#[tokio::test]
async fn a_document_that_cannot_be_stored_keeps_none_of_its_group_back() {
    let board = Board::open().await;
    let texts = (0..120).map(|number| {
        let skill = if number == 60 { "…" } else { "Welding" };
        format!(
            "---\ntitle: Role {number}\ncategory: Field\nskills:\n  - essential: \"{skill}\"\n\
             source: handbook\n---\n\n# Role {number}\n\nWorks.\n"
        )
    });
    let texts: Vec<(String, String)> = texts
        .enumerate()
        .map(|(number, text)| (format!("{number}.md"), text))
        .collect();
    let documents: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let report = board.import(&documents, options(OnError::Skip)).await;
    let rejected = |action: &Action| *action == Action::Rejected;
    assert_eq!(actions(&report).iter().position(rejected), Some(60));
    assert_eq!((report.created, report.rejected), (119, 1));
    let again = board.import(&documents, options(OnError::Skip)).await;
    assert_eq!((again.unchanged, again.rejected), (119, 1));
}

#[tokio::test]
async fn a_slug_of_another_source_is_not_taken_away() {
    let board = Board::open().await;
    let other = PAGE.replace("Site.org", "Other.org");
    let documents = [("a.txt", PAGE), ("b.txt", &other)];
    let report = board.import(&documents, options(OnError::Stop)).await;
    assert_eq!(report.created, 2);
    assert_eq!(codes(&report), ["SLUG_TAKEN"]);
    assert_eq!(report.documents[1].slug.as_deref(), Some("welder-2"));
}

#[tokio::test]
async fn unreadable_files_are_named_and_progress_counts_them() {
    let board = Board::open().await;
    let inputs = [Given {
        name: "gone.txt",
        texts: vec![None],
        reads: AtomicUsize::default(),
    }];
    let mut calls = Vec::new();
    let report = run(
        &board.catalogue,
        &board.dictionary,
        &inputs,
        options(OnError::Stop),
        |progress| calls.push((progress.done, progress.total, progress.file.to_owned())),
    );
    assert_eq!(codes(&report.await.unwrap()), ["UNREADABLE"]);
    assert_eq!(calls, [(1, 1, "gone.txt".to_owned())]);
}

/// Documents of which the one in the middle changes after its first reading.
fn changing<'t>(texts: &'t [String; 2], second: Option<&'t str>) -> [Given<'t>; 3] {
    let given = |name, texts| Given {
        name,
        texts,
        reads: AtomicUsize::default(),
    };
    let [first, last] = texts;
    [
        given("a.txt", vec![Some(first)]),
        given("b.txt", vec![Some(PAGE), second]),
        given("c.txt", vec![Some(last)]),
    ]
}

#[tokio::test]
async fn a_document_that_changes_while_a_run_checks_the_others_is_stored_as_it_is_then() {
    let board = Board::open().await;
    let others = ["Fitter", "Turner"].map(|title| PAGE.replace("Welder", title));
    let changed = PAGE.replace("Welder", "Plumber");
    let inputs = changing(&others, Some(&changed));
    let report = board.import_given(&inputs, options(OnError::Stop)).await;
    assert_eq!(report.created, 3);
    assert_eq!(report.documents[1].slug.as_deref(), Some("plumber"));
    let read = |input: &Given<'_>| input.reads.load(Ordering::Relaxed);
    assert_eq!(inputs.iter().map(read).collect::<Vec<_>>(), [2, 2, 2]);
}

#[tokio::test]
async fn a_document_that_becomes_unusable_after_the_check_is_rejected_alone() {
    let others = ["Fitter", "Turner"].map(|title| PAGE.replace("Welder", title));
    let taken = PAGE.replace("Welder", "Fitter");
    for (second, code) in [
        (None, "UNREADABLE"),
        (Some(""), "EMPTY_DOCUMENT"),
        (Some(taken.as_str()), "DUPLICATE_DOCUMENT"),
    ] {
        let board = Board::open().await;
        let inputs = changing(&others, second);
        let report = board.import_given(&inputs, options(OnError::Stop)).await;
        let expected = [Action::Created, Action::Rejected, Action::Created];
        assert_eq!(actions(&report), expected);
        assert_eq!(codes(&report), [code]);
    }
}

#[tokio::test]
async fn documents_are_read_once_when_rejected_ones_are_skipped() {
    let board = Board::open().await;
    let others = ["Fitter", "Turner"].map(|title| PAGE.replace("Welder", title));
    let inputs = changing(&others, None);
    let report = board.import_given(&inputs, options(OnError::Skip)).await;
    assert_eq!(report.created, 3);
}

#[tokio::test]
async fn only_detailed_reports_repeat_what_documents_say() {
    let board = Board::open().await;
    let documents = [("a.txt", PAGE)];
    let report = board.import(&documents, options(OnError::Stop)).await;
    assert!(report.documents[0].role.is_none());
    let detailed = ImportOptions {
        detail: Detail::Whole,
        ..options(OnError::Stop)
    };
    let report = board.import(&documents, detailed).await;
    assert!(report.documents[0].role.is_some());
}
