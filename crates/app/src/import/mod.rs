//! Importing data sets: entities of a release become roles, and the rows that speak of them are
//! kept byte for byte.
//!
//! An import notes the revision of each role that it has written. What somebody has changed since
//! then stays: [`merge`] takes from the new release what nobody has touched, and tells of parts that
//! both have changed.

mod merge;

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::id::{Id as _, RoleId, RunId};
use domain::import::{ImportRun, Imported, SourceFile, SourceRows};
use domain::role::diff::{Difference, RolePart};
use domain::role::RoleDraft;
use domain::source::SourceName;

use crate::catalogue::Catalogue;
use crate::store::Document;
use crate::{AppError, StoreOptions, sha256_of};

pub(crate) use merge::{Base, Merged, merge};

/// A release that is to be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The key of the data set, such as `onet`.
    pub data_set: String,
    /// The release, such as `29.3`.
    pub release: String,
    /// What the source of its roles is called, and what must be said about it.
    pub source: SourceName,
}

/// An entity of a release, and the role that it becomes.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The key of the entity in its data set, such as the code of an occupation.
    pub key: String,
    /// Equal as long as the rows, and how they are read, are the same.
    pub fingerprint: String,
    /// The role.
    pub draft: RoleDraft,
    /// The rows that speak of it, one entry for each file.
    pub rows: Vec<SourceRows>,
}

/// What became of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportAction {
    /// Its role is new.
    Created,
    /// Its role says something else.
    Updated,
    /// Its rows are others, and its role says the same.
    Refreshed,
    /// Nothing is different.
    Unchanged,
    /// Somebody has deleted its role, which stays so.
    Deleted,
}

/// What became of an entity, and of its role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportOutcome {
    /// What became of it.
    pub action: ImportAction,
    /// What the role says that it did not say before.
    pub differences: Vec<Difference>,
    /// Parts that the release has changed and somebody here, too; they stay as they are here.
    pub conflicts: Vec<RolePart>,
}

impl ImportOutcome {
    pub(crate) fn of(action: ImportAction) -> Self {
        Self {
            action,
            differences: Vec::new(),
            conflicts: Vec::new(),
        }
    }
}

impl Catalogue {
    /// Begins to import a release, and notes what must be said about its source.
    pub async fn begin_import(
        &self,
        release: &Release,
        options: StoreOptions<'_>,
    ) -> Result<ImportRun, AppError> {
        let mut attempt = 1;
        loop {
            let begun = self.try_begin(release, options).await;
            if !self.is_worth_another(&begun, &mut attempt).await {
                return begun;
            }
        }
    }

    async fn try_begin(
        &self,
        release: &Release,
        options: StoreOptions<'_>,
    ) -> Result<ImportRun, AppError> {
        let mut store = self.begin(options).await?;
        let run = ImportRun {
            id: RunId::fresh(store.ids),
            data_set: release.data_set.clone(),
            release: release.release.clone(),
            actor: options.author.name.to_owned(),
            started_at: store.now,
            finished_at: None,
        };
        store.source(&release.source).await?;
        store.transaction.insert_import_run(&run).await?;
        store.notes_outcome = true;
        store.end(options).await?;
        Ok(run)
    }

    /// Notes that everything was read, and of which files.
    pub async fn finish_import(
        &self,
        run: &ImportRun,
        files: &[SourceFile],
        options: StoreOptions<'_>,
    ) -> Result<(), AppError> {
        let mut attempt = 1;
        loop {
            let finished = self.try_finish(run, files, options).await;
            if !self.is_worth_another(&finished, &mut attempt).await {
                return finished;
            }
        }
    }

    async fn try_finish(
        &self,
        run: &ImportRun,
        files: &[SourceFile],
        options: StoreOptions<'_>,
    ) -> Result<(), AppError> {
        let mut store = self.begin(options).await?;
        let now = store.now;
        store.transaction.finish_import_run(run, now, files).await?;
        store.notes_outcome = true;
        store.end(options).await
    }

    /// Those of the keys whose entities were imported with other fingerprints, or never.
    pub async fn find_changed_entities(
        &self,
        data_set: &str,
        fingerprints: &HashMap<&str, &str>,
    ) -> Result<HashSet<String>, AppError> {
        let mut transaction = self.database.begin().await?;
        let keys: Vec<&str> = fingerprints.keys().copied().collect();
        let known = transaction.find_imported(data_set, &keys).await?;
        transaction.rollback().await?;
        let is_known = |key: &str, fingerprint: &str| {
            known
                .get(key)
                .is_some_and(|known| known.fingerprint == fingerprint)
        };
        let changed = fingerprints.iter();
        let changed = changed.filter(|(key, fingerprint)| !is_known(key, fingerprint));
        Ok(changed.map(|(key, _)| (*key).to_owned()).collect())
    }

    /// Imports entities in one transaction.
    pub async fn import_entities(
        &self,
        run: &ImportRun,
        entities: &[Entity],
        options: StoreOptions<'_>,
    ) -> Result<Vec<ImportOutcome>, AppError> {
        for entity in entities {
            self.check(&entity.draft)?;
        }
        let mut attempt = 1;
        loop {
            let imported = self.try_import(run, entities, options).await;
            if !self.is_worth_another(&imported, &mut attempt).await {
                return imported;
            }
        }
    }

    async fn try_import(
        &self,
        run: &ImportRun,
        entities: &[Entity],
        options: StoreOptions<'_>,
    ) -> Result<Vec<ImportOutcome>, AppError> {
        let mut store = self.begin(options).await?;
        let keys: Vec<&str> = entities.iter().map(|entity| entity.key.as_str()).collect();
        let known = &mut store.transaction;
        let mut known = known.find_imported(&run.data_set, &keys).await?;
        let is_new = |entity: &&Entity| !known.contains_key(&entity.key);
        let documents: Vec<Document<'_>> = entities
            .iter()
            .filter(is_new)
            .map(|entity| Document::new(&entity.draft))
            .collect();
        store.look_up(&documents.iter().collect::<Vec<_>>()).await?;
        let mut documents = documents.into_iter();
        let (mut outcomes, mut noted) = (Vec::new(), Vec::new());
        for entity in entities {
            let (imported, outcome) = match known.remove(&entity.key) {
                Some(known) => store.import_again(known, entity).await?,
                None => match documents.next() {
                    Some(document) => store.import_first(&document, entity).await?,
                    None => continue,
                },
            };
            if outcome.action != ImportAction::Unchanged {
                noted.push((imported, entity));
            }
            outcomes.push(outcome);
        }
        store.note_imported(run, noted).await?;
        store.end(options).await?;
        Ok(outcomes)
    }
}

impl Entity {
    pub(crate) fn became(&self, role: Option<RoleId>, revision: u32) -> Imported {
        Imported {
            key: self.key.clone(),
            role,
            revision,
            fingerprint: self.fingerprint.clone(),
            kept: BTreeMap::new(),
        }
    }
}

/// The SHA-256 of rows, each with its line end.
pub(crate) fn hash(rows: &SourceRows) -> String {
    let mut text = String::with_capacity(rows.texts.iter().map(|text| text.len() + 1).sum());
    for row in &rows.texts {
        text.push_str(row);
        text.push('\n');
    }
    sha256_of(&text)
}
