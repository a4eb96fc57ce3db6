//! Imports of data sets.

use std::collections::{BTreeMap, HashMap};

use domain::Timestamp;
use domain::id::{RoleId, RunId};
use domain::import::{ImportRun, Imported, SourceFile, SourceRows};
use domain::role::diff::RolePart;
use sea_orm::Value;

use super::row::{corrupt, id, id_text, json};
use super::{ROWS_PER_STATEMENT, Result, Transaction};

/// Values of an `imported` row and of a record go into one statement for so many at once.
const ENTITIES_PER_STATEMENT: usize = ROWS_PER_STATEMENT;
/// Records are long.
const RECORDS_PER_STATEMENT: usize = 64;

impl Transaction {
    /// Adds a run that begins.
    pub async fn insert_import_run(&mut self, run: &ImportRun) -> Result<()> {
        let ImportRun {
            id,
            data_set,
            release,
            actor,
            started_at,
            finished_at,
            tables: _,
        } = run;
        let rows = self.rows(|sql| {
            sql.push(
                "INSERT INTO import_run \
                 (uuid, data_set, release, actor, started_at, finished_at) VALUES (",
            );
            let values: [Value; 6] = [
                id_text(*id).into(),
                data_set.as_str().into(),
                release.as_str().into(),
                actor.as_str().into(),
                started_at.to_string().into(),
                finished_at.map(|at| at.to_string()).into(),
            ];
            sql.bind_all(values);
            sql.push(") RETURNING id");
        });
        let rows = rows.await?;
        if let Some(key) = rows.iter().next().and_then(|row| row.integer(0)) {
            self.keys.insert(*id, key);
        }
        Ok(())
    }

    /// Notes that a run has read everything, the files that it has read, and the rows of those that
    /// explain others, with their hashes.
    pub async fn finish_import_run(
        &mut self,
        run: &ImportRun,
        at: Timestamp,
        files: &[SourceFile],
        explanations: &[(SourceRows, String)],
    ) -> Result<()> {
        let key = self.run_key(run.id).await?;
        self.put_explanations(run, key, explanations).await?;
        for file in files {
            let SourceFile {
                name,
                file,
                head,
                rows,
            } = file;
            self.run(|sql| {
                sql.push(
                    "INSERT INTO source_file (data_set, name, file, head, row_count, run_id) VALUES (",
                );
                let values: [Value; 6] = [
                    run.data_set.as_str().into(),
                    name.as_str().into(),
                    file.as_str().into(),
                    head.as_str().into(),
                    i64::try_from(*rows).unwrap_or(i64::MAX).into(),
                    key.into(),
                ];
                sql.bind_all(values);
                sql.push(
                    ") ON CONFLICT (data_set, name) DO UPDATE SET file = excluded.file, head = excluded.head, \
                     row_count = excluded.row_count, run_id = excluded.run_id",
                );
            })
            .await?;
        }
        self.run(|sql| {
            sql.push("UPDATE import_run SET finished_at = ");
            sql.bind(at.to_string());
            sql.push(" WHERE id = ");
            sql.bind(key);
        })
        .await
    }

    /// The keys of all entities of a data set that were ever imported, in their order.
    pub async fn load_imported_keys(&self, data_set: &str) -> Result<Vec<String>> {
        let rows = self.rows(|sql| {
            sql.push("SELECT key FROM imported WHERE data_set = ");
            sql.bind(data_set);
            sql.push(" ORDER BY key");
        });
        let rows = rows.await?;
        let keys = rows.iter().filter_map(|row| row.text(0));
        Ok(keys.map(str::to_owned).collect())
    }

    /// What entities of a data set have become, by their keys.
    pub async fn find_imported(
        &mut self,
        data_set: &str,
        keys: &[&str],
    ) -> Result<HashMap<String, Imported>> {
        let mut found = HashMap::new();
        for chunk in keys.chunks(ENTITIES_PER_STATEMENT) {
            let rows = self.rows(|sql| {
                sql.push(
                    "SELECT imported.key, role.uuid, imported.revision, imported.fingerprint, \
                     role.id, imported.kept FROM imported LEFT JOIN role ON role.id = imported.role_id \
                     WHERE imported.data_set = ",
                );
                sql.bind(data_set);
                let keys: Vec<String> = chunk.iter().map(|key| (*key).to_owned()).collect();
                sql.push(" AND ");
                sql.one_of("imported.key", &keys);
            });
            for row in rows.await?.iter() {
                let text = |column| row.text(column).unwrap_or_default().to_owned();
                let role = row.text(1).map(|uuid| id::<RoleId>("role", uuid));
                let role = role.transpose()?;
                if let Some((role, key)) = role.zip(row.integer(4)) {
                    self.keys.insert(role, key);
                }
                let imported = Imported {
                    key: text(0),
                    role,
                    revision: row.integer(2).unwrap_or_default().try_into().unwrap_or(0),
                    fingerprint: text(3),
                    kept: read_kept(row.text(5).unwrap_or_default())?,
                };
                found.insert(imported.key.clone(), imported);
            }
        }
        Ok(found)
    }

    /// Notes what entities have become, and keeps the rows that speak of them in the place of
    /// those that were kept before.
    pub async fn put_imported(
        &mut self,
        run: &ImportRun,
        entities: &[(Imported, &[SourceRows], &[String])],
    ) -> Result<()> {
        let key = self.run_key(run.id).await?;
        self.insert_pending().await?;
        for chunk in entities.chunks(ENTITIES_PER_STATEMENT) {
            let rows = chunk.iter().map(|(imported, ..)| {
                let Imported {
                    key: entity,
                    role,
                    revision,
                    fingerprint,
                    kept,
                } = imported;
                let role = role.map(|role| self.keys.of("role", role)).transpose()?;
                Ok([
                    run.data_set.as_str().into(),
                    entity.as_str().into(),
                    role.into(),
                    i64::from(*revision).into(),
                    fingerprint.as_str().into(),
                    written_kept(kept).into(),
                    key.into(),
                ])
            });
            let rows: Vec<[Value; 7]> = rows.collect::<Result<_>>()?;
            self.run(|sql| {
                sql.push(
                    "INSERT INTO imported \
                     (data_set, key, role_id, revision, fingerprint, kept, run_id) VALUES ",
                );
                sql.separated(&rows, |sql, row| {
                    sql.push("(");
                    sql.bind_all(row.iter().cloned());
                    sql.push(")");
                });
                sql.push(
                    " ON CONFLICT (data_set, key) DO UPDATE SET role_id = excluded.role_id, \
                     revision = excluded.revision, fingerprint = excluded.fingerprint, \
                     kept = excluded.kept, run_id = excluded.run_id",
                );
            })
            .await?;
        }
        self.put_records(run, key, entities).await
    }

    async fn put_records(
        &self,
        run: &ImportRun,
        run_key: i64,
        entities: &[(Imported, &[SourceRows], &[String])],
    ) -> Result<()> {
        let keys = entities.iter().map(|(entity, ..)| entity.key.clone());
        let keys: Vec<String> = keys.collect();
        for chunk in keys.chunks(ROWS_PER_STATEMENT) {
            self.run(|sql| {
                sql.push("DELETE FROM source_record WHERE data_set = ");
                sql.bind(run.data_set.as_str());
                sql.push(" AND ");
                sql.one_of("key", chunk);
                sql.push(" AND ");
                sql.one_of("name", &run.tables);
            })
            .await?;
        }
        let records = entities.iter().flat_map(|(entity, records, hashes)| {
            let records = records.iter().zip(*hashes);
            records.map(|(rows, hash)| (entity.key.as_str(), rows, hash))
        });
        let records: Vec<_> = records.collect();
        self.insert_records(run, run_key, &records).await
    }

    async fn insert_records(
        &self,
        run: &ImportRun,
        run_key: i64,
        records: &[(&str, &SourceRows, &String)],
    ) -> Result<()> {
        for chunk in records.chunks(RECORDS_PER_STATEMENT) {
            let rows = chunk.iter().map(|(entity, rows, hash)| {
                let SourceRows { name, lines, texts } = rows;
                Ok([
                    run.data_set.as_str().into(),
                    (*entity).into(),
                    name.as_str().into(),
                    json(run.id, lines)?.into(),
                    json(run.id, texts)?.into(),
                    hash.as_str().into(),
                    run_key.into(),
                ])
            });
            let rows: Vec<[Value; 7]> = rows.collect::<Result<_>>()?;
            self.run(|sql| {
                sql.push(
                    "INSERT INTO source_record \
                     (data_set, key, name, lines, texts, sha256, run_id) VALUES ",
                );
                sql.separated(&rows, |sql, row| {
                    sql.push("(");
                    sql.bind_all(row.iter().cloned());
                    sql.push(")");
                });
            })
            .await?;
        }
        Ok(())
    }

    /// Keeps the rows of tables that speak of no entity: their records have no key.
    async fn put_explanations(
        &self,
        run: &ImportRun,
        run_key: i64,
        explanations: &[(SourceRows, String)],
    ) -> Result<()> {
        self.run(|sql| {
            sql.push("DELETE FROM source_record WHERE key = '' AND data_set = ");
            sql.bind(run.data_set.as_str());
        })
        .await?;
        let records = explanations.iter().map(|(rows, hash)| ("", rows, hash));
        self.insert_records(run, run_key, &records.collect::<Vec<_>>())
            .await
    }

    async fn run_key(&mut self, run: RunId) -> Result<i64> {
        if !self.keys.has(run) {
            let rows = self.rows(|sql| {
                sql.push("SELECT id FROM import_run WHERE uuid = ");
                sql.bind(id_text(run));
            });
            let rows = rows.await?;
            if let Some(key) = rows.iter().next().and_then(|row| row.integer(0)) {
                self.keys.insert(run, key);
            }
        }
        self.keys.of("import_run", run)
    }
}

/// Parts and hashes, a line for each.
fn written_kept(kept: &BTreeMap<RolePart, String>) -> String {
    let lines = kept.iter().map(|(part, hash)| format!("{part} {hash}\n"));
    lines.collect()
}

fn read_kept(text: &str) -> Result<BTreeMap<RolePart, String>> {
    let lines = text.lines().map(|line| {
        let (part, hash) = line.split_once(' ').unwrap_or((line, ""));
        let part = RolePart::parse(part);
        let part = part.map_err(|unknown| corrupt("imported", line, &unknown))?;
        Ok((part, hash.to_owned()))
    });
    lines.collect()
}
