//! `rolegraph documents`: what clients may run by id.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::PushedDocuments;
use domain::access::Author;
use domain::document::{DocumentId, TrustedDocument};
use domain::limits::ContentLimits;
use ingest::manifest::{self, MAX_MANIFEST_BYTES};
use persistence::Database;
use serde_json::{Value, json};

use super::open;
use crate::Console;
use crate::catalogue::catalogue;
use crate::cli::{DocumentsCommand, ReportFormat};
use crate::failure::Outcome;
use crate::settings::Settings;

/// Whoever runs commands beside the database.
const OPERATOR: Author<'static> = Author::named("operator");

/// The first words of an error that kept everything out.
const NOTHING_STORED: &str = "nothing was stored";

pub(super) async fn execute(
    command: &DocumentsCommand,
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    match command {
        DocumentsCommand::Push { files } => {
            let documents = read_all(files, console.input).context(NOTHING_STORED)?;
            check(&documents).context(NOTHING_STORED)?;
            let database = open(settings).await?;
            let outcome = push(&database, &documents, console).await;
            close(database).await?;
            outcome
        }
        DocumentsCommand::List { output } => {
            let database = open(settings).await?;
            let outcome = list(&database, *output, console).await;
            close(database).await?;
            outcome
        }
        DocumentsCommand::Remove { ids } => {
            let database = open(settings).await?;
            let outcome = remove(&database, ids, console).await;
            close(database).await?;
            outcome
        }
    }
}

async fn close(database: Database) -> anyhow::Result<()> {
    let closed = database.close().await;
    closed.context("cannot close the database")
}

/// The documents of all manifests, in the order in which they are given.
pub(super) fn read_all(
    files: &[PathBuf],
    input: &mut dyn Read,
) -> anyhow::Result<Vec<TrustedDocument>> {
    let mut documents = Vec::new();
    for file in files {
        let name = file.display().to_string();
        let bytes = read(file, input).with_context(|| format!("cannot read {name}"))?;
        documents.extend(manifest::read(&name, &bytes)?);
    }
    Ok(documents)
}

/// Reads one byte beyond the limit at most, so that the reader sees that it is exceeded.
fn read(file: &Path, input: &mut dyn Read) -> io::Result<Vec<u8>> {
    let limit = u64::try_from(MAX_MANIFEST_BYTES).unwrap_or(u64::MAX);
    let limit = limit.saturating_add(1);
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        input.take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(file)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Whether clients could run every document; whatever is wrong with one keeps all of them out.
fn check(documents: &[TrustedDocument]) -> anyhow::Result<()> {
    documents.iter().try_for_each(TrustedDocument::check)?;
    Ok(gateway::check_documents(documents)?)
}

async fn push(
    database: &Database,
    documents: &[TrustedDocument],
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let catalogue = catalogue(database, ContentLimits::default());
    let pushed = catalogue.push_documents(documents, OPERATOR).await;
    let PushedDocuments { created, unchanged } = pushed.context(NOTHING_STORED)?;
    writeln!(console.output, "created: {created}, unchanged: {unchanged}")?;
    Ok(Outcome::Done)
}

async fn list(
    database: &Database,
    format: ReportFormat,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let documents = database.reads().trusted_documents().await;
    let documents = documents.context("cannot read the trusted documents")?;
    match format {
        ReportFormat::Text => write_text(&documents, console.output)?,
        ReportFormat::Json => {
            let documents: Vec<Value> = documents.iter().map(as_json).collect();
            serde_json::to_writer_pretty(&mut *console.output, &documents)?;
            writeln!(console.output)?;
        }
    }
    Ok(Outcome::Done)
}

/// One line per document: id, size and name; then how many there are.
fn write_text(documents: &[TrustedDocument], output: &mut dyn Write) -> io::Result<()> {
    let widths = documents.iter().map(|document| document.id.as_str().len());
    let width = widths.max().unwrap_or(0);
    for TrustedDocument { id, name, text } in documents {
        let (id, bytes) = (id.as_str(), text.len());
        match name {
            Some(name) => writeln!(output, "{id:<width$}  {bytes:>6} bytes  {name}")?,
            None => writeln!(output, "{id:<width$}  {bytes:>6} bytes")?,
        }
    }
    writeln!(output, "trusted documents: {}", documents.len())
}

fn as_json(document: &TrustedDocument) -> Value {
    let TrustedDocument { id, name, text } = document;
    json!({ "id": id.as_str(), "name": name, "text": text })
}

async fn remove(
    database: &Database,
    ids: &[DocumentId],
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let catalogue = catalogue(database, ContentLimits::default());
    let removed = catalogue.remove_documents(ids, OPERATOR).await;
    let removed = removed.context("nothing was removed")?;
    for id in &removed.unknown {
        writeln!(
            console.errors,
            "rolegraph: no trusted document has the id {id}"
        )?;
    }
    writeln!(console.output, "removed: {}", removed.removed)?;
    Ok(Outcome::of(removed.unknown.is_empty()))
}
