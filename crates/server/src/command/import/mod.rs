//! `rolegraph import`: documents become roles.

mod data_set;
mod input;
mod lines;

use anyhow::Context as _;
use domain::access::Author;
use domain::limits::ContentLimits;
use indicatif::{ProgressBar, ProgressStyle};
use ingest::Format;
use ingest::import::{self, ImportOptions};
use ingest::report::{self, Detail, ImportReport};
use ingest::skill::Dictionary;

use super::open;
use crate::Console;
use crate::catalogue::catalogue;
use crate::cli::{ImportArguments, ImportFormat, OnError, ReportFormat};
use crate::failure::Outcome;
use crate::settings::Settings;

pub(super) async fn execute(
    arguments: &ImportArguments,
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    match arguments.format {
        ImportFormat::Onet => {
            return Box::pin(data_set::execute(arguments, settings, console)).await;
        }
        ImportFormat::Ndjson => {
            return Box::pin(lines::execute(arguments, settings, console)).await;
        }
        ImportFormat::Auto | ImportFormat::Page | ImportFormat::Markdown => {}
    }
    let options = options(arguments);
    let inputs = input::list(
        &arguments.paths,
        console.input,
        options.limits.document_bytes,
    );
    let dictionary = Dictionary::embedded().context("cannot read the skill dictionary")?;
    let database = open(settings).await?;
    let catalogue = catalogue(&database, options.limits);
    let bar = progress_bar(inputs.len(), console.interactive)?;
    let run = import::run(&catalogue, &dictionary, &inputs, options, |progress| {
        bar.set_message(progress.file.to_owned());
        bar.inc(1);
    });
    let report = run.await;
    bar.finish_and_clear();
    database
        .close()
        .await
        .context("cannot close the database")?;
    let report = report?;
    write(&report, arguments.output, console)?;
    Ok(Outcome::of(report.rejected == 0))
}

fn options(arguments: &ImportArguments) -> ImportOptions<'static> {
    ImportOptions {
        format: match arguments.format {
            ImportFormat::Page => Format::Page,
            ImportFormat::Markdown => Format::Markdown,
            ImportFormat::Auto | ImportFormat::Ndjson | ImportFormat::Onet => Format::Auto,
        },
        on_error: on_error(arguments),
        strict: arguments.strict,
        draft: arguments.draft,
        dry_run: arguments.dry_run,
        detail: match arguments.output {
            ReportFormat::Text => Detail::Outcome,
            ReportFormat::Json => Detail::Whole,
        },
        author: Author::named("import"),
        limits: ContentLimits::default(),
    }
}

fn on_error(arguments: &ImportArguments) -> import::OnError {
    match arguments.on_error {
        OnError::Stop => import::OnError::Stop,
        OnError::Skip => import::OnError::Skip,
    }
}

/// A bar for people; programs get the report alone.
fn progress_bar(documents: usize, interactive: bool) -> anyhow::Result<ProgressBar> {
    if !interactive {
        return Ok(ProgressBar::hidden());
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}")?;
    let length = u64::try_from(documents)?;
    Ok(ProgressBar::new(length).with_style(style))
}

fn write(
    report: &ImportReport,
    format: ReportFormat,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    match format {
        ReportFormat::Text => report::write_text(report, console.output)?,
        ReportFormat::Json => {
            serde_json::to_writer_pretty(&mut *console.output, report)?;
            writeln!(console.output)?;
        }
    }
    Ok(())
}
