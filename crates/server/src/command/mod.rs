//! One module per command.

mod audit;
mod completions;
mod doctor;
mod documents;
mod export;
mod export_lines;
mod import;
mod key;
mod migrate;
mod reindex;
mod resolve_title;
mod schema;
mod serve;
mod sources;

use persistence::{Database, DatabaseSettings, PersistenceError};

use crate::Console;
use crate::cli::Command;
use crate::failure::{Outcome, Unusable};
use crate::settings::Settings;

/// Does what was asked for.
pub(crate) async fn execute(
    command: Command,
    settings: Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    match command {
        Command::Serve(_) => serve::execute(&settings, console).await,
        Command::Import(arguments) => import::execute(&arguments, &settings, console).await,
        Command::Export(arguments) => export::execute(&arguments, &settings, console).await,
        Command::ResolveTitle(arguments) => {
            resolve_title::execute(&arguments, &settings, console).await
        }
        Command::Reindex(arguments) => reindex::execute(&arguments, &settings, console).await,
        Command::Documents(command) => documents::execute(&command, &settings, console).await,
        Command::Key(command) => key::execute(command, &settings, console).await,
        Command::Sources(command) => sources::execute(&command, &settings, console).await,
        Command::Audit(command) => audit::execute(&command, &settings, console).await,
        Command::Schema(command) => schema::execute(&command, console),
        Command::Migrate(command) => migrate::execute(&command, &settings, console).await,
        Command::Doctor(_) => doctor::execute(&settings, console).await,
        Command::Completions(arguments) => completions::execute(&arguments, console),
    }
}

/// Opens the database, creating an SQLite file that is missing, and migrates it.
pub(super) async fn open(settings: &Settings) -> anyhow::Result<Database> {
    let opened = Database::open(&DatabaseSettings::new(&settings.database_url)).await;
    opened.map_err(sorted_by_remedy)
}

/// A database that is away may come back; one that cannot be used stays unusable.
fn sorted_by_remedy(error: PersistenceError) -> anyhow::Error {
    match error {
        PersistenceError::Unavailable(_)
        | PersistenceError::Timeout(_)
        | PersistenceError::Busy(_)
        | PersistenceError::StorageFull(_) => {
            anyhow::Error::new(error).context("cannot reach the database")
        }
        other => anyhow::Error::new(other).context(Unusable::Database),
    }
}
