//! `rolegraph resolve-title`: which roles job titles may mean.
//!
//! Titles are read, looked up and answered some at a time, so that memory does not grow with them.

mod answer;
mod input;

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::Context as _;
use domain::read::RoleParts;
use persistence::Database;
use search::request::{MAX_TITLES, ResolveRequest};

use super::open;
use crate::Console;
use crate::cli::ResolveTitleArguments;
use crate::failure::Outcome;
use crate::settings::Settings;
use answer::Answers;
use input::Titles;

pub(super) async fn execute(
    arguments: &ResolveTitleArguments,
    settings: &Settings,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let source = source(&arguments.file, console.input)?;
    let titles = Titles::new(arguments.file.display().to_string(), source);
    let answers = Answers::new(arguments.output, console.output);
    let database = open(settings).await?;
    let resolved = resolve(&database, titles, arguments.limit.into(), answers).await;
    let closed = database.close().await;
    resolved?;
    closed.context("cannot close the database")?;
    Ok(Outcome::Done)
}

fn source<'a>(file: &Path, input: &'a mut dyn Read) -> anyhow::Result<Box<dyn BufRead + 'a>> {
    if file == Path::new("-") {
        return Ok(Box::new(BufReader::new(input)));
    }
    let opened = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(Box::new(BufReader::new(opened)))
}

async fn resolve(
    database: &Database,
    mut titles: Titles<'_>,
    limit: usize,
    mut answers: Answers<'_>,
) -> anyhow::Result<()> {
    loop {
        let chunk = titles.next(MAX_TITLES)?;
        if chunk.is_empty() {
            return Ok(answers.end()?);
        }
        let request = ResolveRequest {
            titles: chunk,
            limit,
        };
        let found = database.reads();
        let found = found.resolve_titles(&request, &RoleParts::default()).await;
        let found = found.context("cannot look up the titles")?;
        for (title, matches) in request.titles.iter().zip(&found) {
            answers.write(title, matches)?;
        }
    }
}
