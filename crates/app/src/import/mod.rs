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
use domain::role::RoleDraft;
use domain::role::diff::{Difference, RolePart};
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
    /// The names of its tables.
    pub tables: Vec<String>,
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

/// Gives a role that a release says little of what it said before: the first draft is the new one,
/// the second what the role says now. Tables that a release does not have leave alone what is in
/// them.
pub type Fill<'f> = &'f (dyn Fn(&mut RoleDraft, &RoleDraft) + Send + Sync);

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
    /// The release does not have it any more: its role is archived, unless somebody has changed it.
    Removed,
}

impl ImportAction {
    /// The action as reports print it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "CREATED",
            Self::Updated => "UPDATED",
            Self::Refreshed => "REFRESHED",
            Self::Unchanged => "UNCHANGED",
            Self::Deleted => "DELETED",
            Self::Removed => "REMOVED",
        }
    }
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
            tables: release.tables.clone(),
        };
        store.source(&release.source).await?;
        store.transaction.insert_import_run(&run).await?;
        store.notes_outcome = true;
        store.end(options).await?;
        Ok(run)
    }

    /// Notes that everything was read, of which files, and the rows that explain others.
    pub async fn finish_import(
        &self,
        run: &ImportRun,
        files: &[SourceFile],
        explanations: &[SourceRows],
        options: StoreOptions<'_>,
    ) -> Result<(), AppError> {
        // A dry run has begun nothing.
        if options.dry_run {
            return Ok(());
        }
        let mut attempt = 1;
        loop {
            let finished = self.try_finish(run, files, explanations, options).await;
            if !self.is_worth_another(&finished, &mut attempt).await {
                return finished;
            }
        }
    }

    async fn try_finish(
        &self,
        run: &ImportRun,
        files: &[SourceFile],
        explanations: &[SourceRows],
        options: StoreOptions<'_>,
    ) -> Result<(), AppError> {
        let mut store = self.begin(options).await?;
        let now = store.now;
        let explanations = explanations.iter().map(|rows| (rows.clone(), hash(rows)));
        let explanations: Vec<_> = explanations.collect();
        let transaction = &mut store.transaction;
        transaction
            .finish_import_run(run, now, files, &explanations)
            .await?;
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
        fill: Fill<'_>,
        options: StoreOptions<'_>,
    ) -> Result<Vec<ImportOutcome>, AppError> {
        for entity in entities {
            self.check(&entity.draft)?;
        }
        let mut attempt = 1;
        loop {
            let imported = self.try_import(run, entities, fill, options).await;
            if !self.is_worth_another(&imported, &mut attempt).await {
                return imported;
            }
        }
    }

    async fn try_import(
        &self,
        run: &ImportRun,
        entities: &[Entity],
        fill: Fill<'_>,
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
                Some(known) => store.import_again(known, entity, fill).await?,
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
        // A dry run has no row that others could refer to.
        if !options.dry_run {
            store.note_imported(run, noted).await?;
        }
        store.end(options).await?;
        Ok(outcomes)
    }

    /// The keys of entities that were imported once and that a release does not have, and how many
    /// were ever imported.
    pub async fn find_missing_entities(
        &self,
        data_set: &str,
        present: &HashSet<String>,
    ) -> Result<(Vec<String>, usize), AppError> {
        let transaction = self.database.begin().await?;
        let mut keys = transaction.load_imported_keys(data_set).await?;
        transaction.rollback().await?;
        let all = keys.len();
        keys.retain(|key| !present.contains(key));
        Ok((keys, all))
    }

    /// Archives the roles of entities that a release does not have any more; those that somebody
    /// has changed here stay as they are, which is told as a conflict of their state.
    pub async fn retire_entities(
        &self,
        run: &ImportRun,
        missing: &[String],
        options: StoreOptions<'_>,
    ) -> Result<Vec<(String, ImportOutcome)>, AppError> {
        let mut attempt = 1;
        loop {
            let retired = self.try_retire_entities(run, missing, options).await;
            if !self.is_worth_another(&retired, &mut attempt).await {
                return retired;
            }
        }
    }

    async fn try_retire_entities(
        &self,
        run: &ImportRun,
        missing: &[String],
        options: StoreOptions<'_>,
    ) -> Result<Vec<(String, ImportOutcome)>, AppError> {
        let mut store = self.begin(options).await?;
        let gone: Vec<&str> = missing.iter().map(String::as_str).collect();
        let mut gone = store
            .transaction
            .find_imported(&run.data_set, &gone)
            .await?;
        let mut outcomes = Vec::new();
        for key in missing {
            if let Some(imported) = gone.remove(key)
                && let Some(outcome) = store.retire_entity(&imported).await?
            {
                outcomes.push((key.clone(), outcome));
            }
        }
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
