//! What imports of data sets have read, for whoever wants to see it again.

use domain::Timestamp;
use domain::id::{Id as _, RunId};
use domain::import::{ImportRun, SourceCredit, SourceFile, SourceRows};
use domain::source::SourceName;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::engine::Row;
use crate::{Database, PersistenceError};

type Result<T> = std::result::Result<T, PersistenceError>;

impl Database {
    /// Every source with the number of its roles that everybody may see, by name.
    pub async fn source_credits(&self) -> Result<Vec<SourceCredit>> {
        let rows = self.reads().ask(|sql| {
            sql.push(
                "SELECT source.name, source.licence, source.attribution, \
                 (SELECT COUNT(*) FROM role WHERE role.source_id = source.id \
                 AND role.state = 'PUBLISHED') FROM source ORDER BY source.name",
            );
        });
        let optional = |row: Row<'_>, column| row.text(column).map(str::to_owned);
        let rows = rows.await?;
        let credits = rows.iter().map(|row| SourceCredit {
            source: SourceName {
                name: optional(row, 0).unwrap_or_default(),
                licence: optional(row, 1),
                attribution: optional(row, 2),
            },
            roles: row.integer(3).map_or(0, i64::unsigned_abs),
        });
        Ok(credits.collect())
    }

    /// Every run of an import, the newest one first.
    pub async fn import_runs(&self) -> Result<Vec<ImportRun>> {
        let rows = self.reads().ask(|sql| {
            sql.push(
                "SELECT uuid, data_set, release, actor, started_at, finished_at \
                 FROM import_run ORDER BY id DESC",
            );
        });
        rows.await?.iter().map(run).collect()
    }

    /// The tables of a data set that were imported last, by name.
    pub async fn source_files(&self, data_set: &str) -> Result<Vec<SourceFile>> {
        let rows = self.reads().ask(|sql| {
            sql.push("SELECT name, file, head, row_count FROM source_file WHERE data_set = ");
            sql.bind(data_set);
            sql.push(" ORDER BY name");
        });
        let text = |row: Row<'_>, column| row.text(column).unwrap_or_default().to_owned();
        let rows = rows.await?;
        let files = rows.iter().map(|row| SourceFile {
            name: text(row, 0),
            file: text(row, 1),
            head: text(row, 2),
            rows: row.integer(3).map_or(0, i64::unsigned_abs),
        });
        Ok(files.collect())
    }

    /// All rows of a table of a data set, entity by entity.
    pub async fn source_rows(&self, data_set: &str, table: &str) -> Result<Vec<SourceRows>> {
        let rows = self.reads().ask(|sql| {
            sql.push("SELECT key, lines, texts FROM source_record WHERE data_set = ");
            sql.bind(data_set);
            sql.push(" AND name = ");
            sql.bind(table);
            sql.push(" ORDER BY key");
        });
        let rows = rows.await?;
        let records = rows.iter().map(|row| {
            Ok(SourceRows {
                name: table.to_owned(),
                lines: list(row, 1)?,
                texts: list(row, 2)?,
            })
        });
        records.collect()
    }
}

fn run(row: Row<'_>) -> Result<ImportRun> {
    let text = |column| row.text(column).unwrap_or_default();
    let broken = |problem: String| corrupt("import_run", text(0), problem);
    let moment = |text: &str| Timestamp::parse(text).map_err(|error| broken(error.to_string()));
    let id = Uuid::try_parse(text(0)).map_err(|error| broken(error.to_string()))?;
    Ok(ImportRun {
        id: RunId::from_uuid(id),
        data_set: text(1).to_owned(),
        release: text(2).to_owned(),
        actor: text(3).to_owned(),
        started_at: moment(text(4))?,
        finished_at: row.text(5).map(moment).transpose()?,
        tables: Vec::new(),
    })
}

/// The list in a column of a record.
fn list<T: DeserializeOwned>(row: Row<'_>, column: usize) -> Result<Vec<T>> {
    let key = row.text(0).unwrap_or_default();
    let read = serde_json::from_str(row.text(column).unwrap_or_default());
    read.map_err(|error| corrupt("source_record", key, error.to_string()))
}

fn corrupt(table: &'static str, key: &str, problem: String) -> PersistenceError {
    PersistenceError::Corrupt {
        table,
        key: key.to_owned(),
        problem,
    }
}
