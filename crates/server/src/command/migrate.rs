//! `rolegraph migrate`: the version of the database schema.

use std::io::Write;

use persistence::{DatabaseSettings, Schema, SchemaStep};

use super::sorted_by_remedy;
use crate::Console;
use crate::cli::MigrateCommand;
use crate::failure::Outcome;
use crate::settings::Settings;

pub(super) async fn execute(
    command: &MigrateCommand,
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let schema = Schema::connect(&DatabaseSettings::new(&settings.database_url)).await;
    let schema = schema.map_err(sorted_by_remedy)?;
    let before = schema.status().await.map_err(sorted_by_remedy)?;
    match command {
        MigrateCommand::Up => schema.up().await.map_err(sorted_by_remedy)?,
        MigrateCommand::Down { all } => {
            let steps = if *all { None } else { Some(1) };
            schema.down(steps).await?;
        }
        MigrateCommand::Status => {}
    }
    let after = schema.status().await?;
    schema.close().await?;
    write_status(&before, &after, console.output)?;
    Ok(Outcome::Done)
}

/// One line for each migration: where it stands, and whether that is news.
fn write_status(
    before: &[SchemaStep],
    after: &[SchemaStep],
    output: &mut dyn Write,
) -> std::io::Result<()> {
    for (before, after) in before.iter().zip(after) {
        let state = if after.applied { "applied" } else { "missing" };
        let news = match (before.applied, after.applied) {
            (false, true) => " (just now)",
            (true, false) => " (taken back)",
            _ => "",
        };
        writeln!(output, "{state}  {}{news}", after.name)?;
    }
    Ok(())
}
