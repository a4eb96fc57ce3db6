//! `rolegraph sources`: where texts come from, and what was imported.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::Context as _;
use domain::import::{ImportRun, SourceCredit};
use domain::source::SourceName;
use ingest::raw;
use persistence::Database;
use serde_json::{Value, json};

use super::open;
use crate::Console;
use crate::cli::{ReportFormat, SourcesCommand};
use crate::failure::{Outcome, WrongUsage};
use crate::settings::Settings;

/// How packed files end.
const PACKED: [&str; 3] = [".gz", ".zst", ".zip"];

pub(super) async fn execute(
    command: &SourcesCommand,
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let database = open(settings).await?;
    let done = match command {
        SourcesCommand::List { output } => list(&database, *output, console).await,
        SourcesCommand::Export { data_set, out } => export(&database, data_set, out, console).await,
    };
    let closed = database.close().await;
    closed.context("cannot close the database")?;
    done.map(|()| Outcome::Done)
}

async fn list(
    database: &Database,
    format: ReportFormat,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let credits = database.source_credits().await;
    let credits = credits.context("cannot read the sources")?;
    let runs = database.import_runs().await;
    let runs = runs.context("cannot read the imports")?;
    if format == ReportFormat::Json {
        let credits: Vec<Value> = credits.iter().map(credit).collect();
        let runs: Vec<Value> = runs.iter().map(run).collect();
        let list = json!({ "sources": credits, "imports": runs });
        serde_json::to_writer_pretty(&mut *console.output, &list)?;
        writeln!(console.output)?;
        return Ok(());
    }
    for SourceCredit { source, roles } in &credits {
        let SourceName {
            name,
            licence,
            attribution,
        } = source;
        let licence = licence.as_deref().unwrap_or("licence unknown");
        writeln!(console.output, "{name}: {roles} roles, {licence}")?;
        if let Some(attribution) = attribution {
            writeln!(console.output, "  {attribution}")?;
        }
    }
    for run in &runs {
        let ImportRun {
            data_set,
            release,
            actor,
            started_at,
            finished_at,
            ..
        } = run;
        let end = match finished_at {
            Some(at) => format!("done {at}"),
            None => "not finished".to_owned(),
        };
        writeln!(
            console.output,
            "{data_set} {release}: begun {started_at} by {actor}, {end}"
        )?;
    }
    Ok(())
}

fn credit(credit: &SourceCredit) -> Value {
    let SourceCredit {
        source:
            SourceName {
                name,
                licence,
                attribution,
            },
        roles,
    } = credit;
    json!({ "name": name, "licence": licence, "attribution": attribution, "roles": roles })
}

fn run(run: &ImportRun) -> Value {
    let ImportRun {
        id,
        data_set,
        release,
        actor,
        started_at,
        finished_at,
        tables: _,
    } = run;
    json!({
        "id": id.to_string(),
        "dataSet": data_set,
        "release": release,
        "actor": actor,
        "startedAt": started_at.to_string(),
        "finishedAt": finished_at.map(|at| at.to_string()),
    })
}

async fn export(
    database: &Database,
    data_set: &str,
    folder: &Path,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let files = raw::files(database, data_set).await;
    let files = files.context("cannot read the files")?;
    if files.is_empty() {
        let problem = format!(
            "no import of the data set \"{data_set}\" was finished: `rolegraph sources list` shows \
             which were"
        );
        return Err(WrongUsage(problem).into());
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for file in &files {
        let name = unpacked(&file.file);
        let path = folder.join(name);
        let shown = path.display();
        let output = File::create(&path).with_context(|| format!("cannot make {shown}"))?;
        let mut output = BufWriter::new(output);
        let written = raw::write(database, data_set, file, &mut output).await;
        written.with_context(|| format!("cannot write {shown}"))?;
        output
            .flush()
            .with_context(|| format!("cannot write {shown}"))?;
        writeln!(console.output, "{name}: {} rows", file.rows)?;
    }
    Ok(())
}

/// The name of a file without the end that says how it was packed, and without folders.
fn unpacked(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let mut ends = PACKED.iter();
    ends.find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}
