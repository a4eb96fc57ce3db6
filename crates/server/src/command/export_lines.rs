//! `rolegraph export --format ndjson`: the whole catalogue as lines of JSON.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use domain::role::PublicationState;
use ingest::bulk::Export;
use persistence::Database;

use super::open;
use crate::Console;
use crate::cli::ExportArguments;
use crate::failure::{Outcome, WrongUsage};
use crate::settings::Settings;

/// How long the export may take; whoever waits for it can end it.
const TIME: Duration = Duration::from_hours(24);

pub(super) async fn execute(
    arguments: &ExportArguments,
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    if !arguments.slugs.is_empty() {
        let problem = "--format ndjson writes the whole catalogue: name no role";
        return Err(WrongUsage(problem.to_owned()).into());
    }
    let database = open(settings).await?;
    let written = match &arguments.out {
        None => write(&database, &mut console.output).await,
        Some(path) => write_at_once(&database, path).await,
    };
    database
        .close()
        .await
        .context("cannot close the database")?;
    written.map(|()| Outcome::Done)
}

/// Writes every line, of roles in every state.
async fn write(database: &Database, output: &mut impl Write) -> anyhow::Result<()> {
    let export = Export::begin(database, PublicationState::ALL, TIME).await;
    let mut export = export.context("cannot read the catalogue")?;
    while let Some(lines) = export.next().await.context("cannot read the catalogue")? {
        output.write_all(&lines)?;
    }
    Ok(output.flush()?)
}

/// Readers of the file see the old one or the new one, never a part.
async fn write_at_once(database: &Database, path: &Path) -> anyhow::Result<()> {
    let (shown, unfinished) = (path.display(), beside(path));
    let written = async {
        let file = File::create(&unfinished)?;
        let mut output = BufWriter::new(&file);
        write(database, &mut output).await?;
        drop(output);
        file.sync_all()?;
        Ok(fs::rename(&unfinished, path)?)
    };
    let written: anyhow::Result<()> = written.await;
    if written.is_err() {
        // What is left over is of no use; the first error is the one to tell.
        let _ = fs::remove_file(&unfinished);
    }
    written.with_context(|| format!("cannot write {shown}"))
}

fn beside(path: &Path) -> PathBuf {
    let mut name = OsStr::new(".").to_owned();
    name.push(path.file_name().unwrap_or_default());
    name.push(".unfinished");
    path.with_file_name(name)
}
