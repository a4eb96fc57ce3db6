//! `rolegraph import --format ndjson`: lines of JSON become roles, as they say.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;

use anyhow::Context as _;
use domain::access::Author;
use domain::limits::ContentLimits;
use ingest::bulk::{Batch, Cut, ImportAction, Importer, LineResult, Lines, Place};
use serde::Serialize;

use crate::Console;
use crate::catalogue::catalogue;
use crate::cli::{ImportArguments, OnError, ReportFormat};
use crate::command::open;
use crate::failure::{Outcome, WrongUsage};
use crate::settings::Settings;

/// How many bytes of a file are read at once.
const CHUNK: usize = 64 << 10;
/// How many bytes a line may have: four times what a server takes, whose limit can be raised.
const LINE: usize = 4 << 20;

pub(super) async fn execute(
    arguments: &ImportArguments,
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    if arguments.draft || arguments.strict {
        let problem = "--format ndjson stores roles in the state that their lines say: leave out \
                       --draft and --strict";
        return Err(WrongUsage(problem.to_owned()).into());
    }
    let database = open(settings).await?;
    let importer = Importer {
        catalogue: catalogue(&database, ContentLimits::default()),
        dictionary: None,
        dry_run: arguments.dry_run,
        stops: arguments.on_error == OnError::Stop,
    };
    let mut tally = Tally::default();
    let mut output = BufWriter::new(&mut *console.output);
    for path in &arguments.paths {
        let mut input = input(path, console.input)?;
        let mut file = Importing {
            importer: &importer,
            lines: Lines::after(Place { line: 0, offset: 0 }, LINE),
            batch: Batch::default(),
            tally: &mut tally,
            format: arguments.output,
            output: &mut output,
        };
        let read = file.read(&mut *input).await;
        let shown = path.display();
        if !read.with_context(|| format!("cannot import {shown}"))? {
            break;
        }
    }
    tally.write(arguments.output, &mut output)?;
    output.flush()?;
    drop(output);
    database
        .close()
        .await
        .context("cannot close the database")?;
    Ok(Outcome::of(tally.refused == 0))
}

/// A file, or standard input for `-`.
fn input<'i>(path: &Path, standard: &'i mut dyn Read) -> anyhow::Result<Box<dyn Read + 'i>> {
    if path == Path::new("-") {
        return Ok(Box::new(standard));
    }
    let file = File::open(path);
    let file = file.with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Box::new(file))
}

/// A file on its way into the catalogue.
struct Importing<'i, W> {
    importer: &'i Importer,
    lines: Lines,
    batch: Batch,
    tally: &'i mut Tally,
    format: ReportFormat,
    output: &'i mut W,
}

impl<W: Write> Importing<'_, W> {
    /// Stores every line; false when one was refused that ends everything.
    async fn read(&mut self, input: &mut dyn Read) -> anyhow::Result<bool> {
        let mut chunk = vec![0; CHUNK];
        loop {
            let read = input.read(&mut chunk)?;
            let bytes = chunk.get(..read).unwrap_or_default();
            let cuts = match read {
                0 => self.lines.finish().into_iter().collect(),
                _ => self.lines.push(bytes),
            };
            for cut in cuts {
                if !self.take(cut).await? {
                    return Ok(false);
                }
            }
            if read == 0 {
                return self.store().await;
            }
        }
    }

    async fn take(&mut self, cut: Cut) -> anyhow::Result<bool> {
        self.batch.push(cut);
        if self.batch.is_full() {
            return self.store().await;
        }
        Ok(true)
    }

    async fn store(&mut self) -> anyhow::Result<bool> {
        let batch = std::mem::take(&mut self.batch);
        let results = self.importer.store(batch, Author::named("import")).await?;
        for result in &results {
            self.tally.count(result.action);
            self.tell(result)?;
        }
        Ok(!self.importer.stops || self.tally.refused == 0)
    }

    fn tell(&mut self, result: &LineResult) -> anyhow::Result<()> {
        if self.format == ReportFormat::Json {
            serde_json::to_writer(&mut *self.output, result)?;
            writeln!(self.output)?;
            return Ok(());
        }
        for error in &result.errors {
            let (line, path) = (result.line, error.path.join("."));
            writeln!(self.output, "{line}: refused {path}: {}", error.message)?;
        }
        Ok(())
    }
}

/// How many lines became what.
#[derive(Debug, Default, Serialize)]
struct Tally {
    created: u64,
    updated: u64,
    unchanged: u64,
    skipped: u64,
    refused: u64,
}

impl Tally {
    fn count(&mut self, action: ImportAction) {
        let count = match action {
            ImportAction::Created => &mut self.created,
            ImportAction::Updated => &mut self.updated,
            ImportAction::Unchanged => &mut self.unchanged,
            ImportAction::Skipped => &mut self.skipped,
            ImportAction::Refused => &mut self.refused,
        };
        *count += 1;
    }

    fn write(&self, format: ReportFormat, output: &mut impl Write) -> anyhow::Result<()> {
        let Self {
            created,
            updated,
            unchanged,
            skipped,
            refused,
        } = self;
        if format == ReportFormat::Json {
            serde_json::to_writer(&mut *output, self)?;
            writeln!(output)?;
        } else {
            writeln!(
                output,
                "{created} created, {updated} updated, {unchanged} unchanged, {skipped} skipped, \
                 {refused} refused"
            )?;
        }
        Ok(())
    }
}
