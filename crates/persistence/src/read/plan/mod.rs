//! How the engines go about every kind of read: always by an index.
//!
//! The tables are empty, so that only the shape of a statement and the indexes that there are
//! decide.

mod concept;
mod path;

use sea_orm::DbBackend;
use testkit::{Engine, Place};

use crate::engine::Pools;
use crate::sql::Sql;
use crate::{DatabaseSettings, Reads};
use path::paths;

/// Whether rows may be sorted after they were found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sorting {
    /// An index has the order.
    Never,
    /// The rows that a filter leaves, or the few that belong to one row.
    Allowed,
}

pub(super) struct Path {
    name: String,
    sorting: Sorting,
    /// The index that has to be among those that are used, in the words of SQLite and PostgreSQL.
    by: [&'static str; 2],
    write: Box<dyn Fn(&mut Sql)>,
}

impl Path {
    /// The same by an index of these names.
    pub(super) fn by(self, by: [&'static str; 2]) -> Self {
        Self { by, ..self }
    }
}

pub(super) fn path(
    name: impl Into<String>,
    sorting: Sorting,
    write: impl Fn(&mut Sql) + 'static,
) -> Path {
    Path {
        name: name.into(),
        sorting,
        by: [""; 2],
        write: Box::new(write),
    }
}

/// What the engine says about how it would run the statement.
async fn explained(reads: &Reads, path: &Path, explain: &str, column: usize) -> Vec<String> {
    let answer = reads.answer(|sql| {
        sql.push(explain);
        (path.write)(sql);
    });
    let answer = answer
        .await
        .unwrap_or_else(|error| panic!("{}: {error:?}", path.name));
    let lines = answer
        .rows
        .iter()
        .map(|row| row.text(column).map(str::to_owned));
    lines.flatten().collect()
}

async fn reads(url: String) -> Reads {
    let settings = DatabaseSettings::new(url);
    Reads::new(
        Pools::connect(&settings, crate::write::finish)
            .await
            .unwrap()
            .reader,
    )
}

/// How SQLite says that it looks up words in a full-text table, which is `source` everywhere.
pub(super) const FULL_TEXT: &str = ":M";
/// The table that has one row.
const SINGLE_ROW: &str = "search_state";

/// Whether a step of SQLite reads a whole table that is none of the subqueries before it.
fn scans(step: &str, subqueries: &[&str]) -> bool {
    let Some(rest) = step.strip_prefix("SCAN ") else {
        return false;
    };
    let (what, how) = rest.split_once(' ').unwrap_or((rest, ""));
    let indexed = how.contains("USING INDEX")
        || how.contains("USING COVERING INDEX")
        || (how.contains("VIRTUAL TABLE") && (what != "source" || how.contains(FULL_TEXT)));
    !indexed && rest != "CONSTANT ROW" && what != SINGLE_ROW && !subqueries.contains(&what)
}

/// The paths with a step that should not be there.
async fn offending(
    reads: &Reads,
    (explain, column): (&str, usize),
    offends: impl Fn(&Path, &[String]) -> bool,
) -> Vec<String> {
    let mut offending = Vec::new();
    for path in paths() {
        let steps = explained(reads, &path, explain, column).await;
        assert!(!steps.is_empty(), "{}", path.name);
        if offends(&path, &steps) {
            offending.push(format!("{}: {steps:#?}", path.name));
        }
    }
    offending
}

#[tokio::test]
async fn sqlite_reads_everything_by_an_index() {
    let place = Place::migrated(Engine::Sqlite).await;
    let reads = reads(place.url().to_owned()).await;
    let offends = |path: &Path, steps: &[String]| {
        let subqueries: Vec<&str> = steps
            .iter()
            .filter_map(|step| {
                step.strip_prefix("CO-ROUTINE ")
                    .or_else(|| step.strip_prefix("MATERIALIZE "))
            })
            .collect();
        let sorts = steps.iter().any(|step| step.contains("ORDER BY"));
        let [by, _] = path.by;
        steps.iter().any(|step| scans(step, &subqueries))
            || (path.sorting == Sorting::Never && sorts)
            || !steps.iter().any(|step| step.contains(by))
    };
    let offending = offending(&reads, ("EXPLAIN QUERY PLAN ", 3), offends).await;
    assert!(offending.is_empty(), "{}", offending.join("\n"));
}

#[tokio::test]
async fn postgres_can_read_everything_by_an_index() {
    if !Engine::Postgres.available() {
        return;
    }
    let place = Place::migrated(Engine::Postgres).await;
    let mark = if place.url().contains('?') { '&' } else { '?' };
    let url = format!("{}{mark}options=-c%20enable_seqscan%3Doff", place.url());
    let reads = reads(url).await;
    assert_eq!(reads.reader.backend(), DbBackend::Postgres);
    let scans = |step: &String| {
        let (_, what) = step.split_once("Seq Scan on ").unwrap_or_default();
        !what.is_empty() && !what.starts_with(SINGLE_ROW)
    };
    let offends = |path: &Path, steps: &[String]| {
        let [_, by] = path.by;
        steps.iter().any(scans) || !steps.iter().any(|step| step.contains(by))
    };
    let offending = offending(&reads, ("EXPLAIN ", 0), offends).await;
    assert!(offending.is_empty(), "{}", offending.join("\n"));
}
