//! `rolegraph reindex`: the index of searches is built anew.

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use persistence::{Database, PersistenceError};
use serde_json::json;

use super::open;
use crate::Console;
use crate::cli::{ReindexArguments, ReportFormat};
use crate::failure::Outcome;
use crate::settings::Settings;

pub(super) async fn execute(
    arguments: &ReindexArguments,
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let database = open(settings).await?;
    let bar = progress_bar(console.interactive)?;
    let reindexed = reindex(&database, &bar).await;
    bar.finish_and_clear();
    let closed = database.close().await;
    let roles = reindexed.context("the index stays as it was")?;
    closed.context("cannot close the database")?;
    match arguments.output {
        ReportFormat::Text => writeln!(console.output, "roles in the index: {roles}")?,
        ReportFormat::Json => writeln!(console.output, "{}", json!({ "roles": roles }))?,
    }
    Ok(Outcome::Done)
}

/// Builds the index in one transaction and returns how many roles it has.
async fn reindex(database: &Database, bar: &ProgressBar) -> Result<u64, PersistenceError> {
    let mut transaction = database.begin().await?;
    let roles = transaction.reindex(|roles| bar.set_position(roles)).await?;
    transaction.commit(&[]).await?;
    Ok(roles)
}

/// A counter for people: how many roles there will be is not known beforehand.
fn progress_bar(interactive: bool) -> anyhow::Result<ProgressBar> {
    if !interactive {
        return Ok(ProgressBar::hidden());
    }
    let style = ProgressStyle::with_template("{spinner} roles in the index: {pos}")?;
    Ok(ProgressBar::new_spinner().with_style(style))
}
