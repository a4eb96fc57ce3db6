//! Importing a release: all of it is checked, then one group of occupations after the other is
//! stored, so that memory does not grow with the release and a run that breaks off goes on where
//! it was.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::path::Path;

use app::{AppError, Catalogue, Entity, ImportOutcome, StoreOptions, sha256_of};
use dataset::onet::{Profile, Release, ReleaseOptions, TableKind};
use dataset::{Finding, Observer, Progress, ReadError, SourceRow, TableInfo};
use domain::concept::ConceptDraft;
use domain::import::{ImportRun, SourceFile, SourceRows};
use domain::role::{PublicationState, RoleDraft};

use super::absent::Absent;
use super::{MAPPING_VERSION, SCHEME, Slugs, Translator, concept, source};
use crate::import::OnError;
use crate::raw;
use crate::report::{DataSetReport, EntityChange, TableReport};

/// The key of the data set.
const DATA_SET: &str = "onet";
/// How many occupations share a transaction at most.
const MOST_ENTITIES: usize = 32;
/// After how many bytes of rows a group is full, however few its occupations are.
const MOST_BYTES: usize = 4 << 20;
/// How many per cent of the occupations may be gone from a release that is whole.
const MOST_GONE: usize = 30;
/// What a release is called that does not say.
const UNNAMED: &str = "unknown";

/// How a release is imported.
#[derive(Clone, Copy, Debug)]
pub struct RunOptions<'a> {
    /// What to do when rows are not accepted.
    pub on_error: OnError,
    /// Whether the roles are drafts instead of published.
    pub draft: bool,
    /// Whether roles are archived although many are gone.
    pub allow_shrink: bool,
    /// Who imports, and whether nothing is to be written.
    pub store: StoreOptions<'a>,
}

/// An import that could not go on.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The database failed; occupations before this one are stored.
    #[error("{key} could not be stored")]
    Store {
        /// The code of the occupation that was being stored.
        key: String,
        /// Why it failed.
        #[source]
        source: AppError,
    },
    /// A file could not be read to its end; occupations before that are stored.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// Imports the release in a folder.
///
/// With [`OnError::Stop`] nothing is written unless every row of every table is accepted.
pub async fn run(
    catalogue: &Catalogue,
    folder: &Path,
    reading: &ReleaseOptions,
    options: RunOptions<'_>,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<DataSetReport, RunError> {
    let mut report = DataSetReport::new(DATA_SET);
    let release = match Release::open(folder, reading) {
        Ok(release) => release,
        Err(error) => {
            report.found(&error.finding);
            return Ok(report);
        }
    };
    let name = release.name().unwrap_or(UNNAMED).to_owned();
    report.release = Some(name.clone());
    let translator = Translator::new(release.references(), release.name());
    let slugs = match check(catalogue, &release, &translator, &mut report, progress) {
        Ok(slugs) => slugs,
        Err(error) => {
            report.found(&error.finding);
            return Ok(report);
        }
    };
    if report.has_rejected() && options.on_error == OnError::Stop {
        return Ok(report);
    }
    let importing = Importing {
        catalogue,
        translator: &translator,
        slugs: &slugs,
        references: references(&release),
        absent: Absent::of(&release),
        options,
    };
    importing
        .import(&release, &name, &mut report, progress)
        .await?;
    Ok(report)
}

/// Reads everything, and makes every role once to see whether it keeps the rules.
fn check(
    catalogue: &Catalogue,
    release: &Release,
    translator: &Translator<'_>,
    report: &mut DataSetReport,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Slugs, ReadError> {
    for finding in release.findings() {
        report.found(finding);
    }
    let mut slugs = Slugs::default();
    let mut broken = Vec::new();
    let mut profiles = release.profiles(Telling { report, progress })?;
    for profile in &mut profiles {
        let profile = profile?;
        let code = profile.occupation.code;
        slugs.add(code, &profile.occupation.title);
        if let Some(draft) = translator.draft(&profile, &slugs) {
            let violations = draft.violations(catalogue.limits());
            broken.extend(violations.into_iter().map(|violation| (code, violation)));
        }
    }
    let tables = profiles.counts();
    drop(profiles);
    report.tables = tables.iter().map(TableReport::from).collect();
    for (code, violation) in broken {
        report.broke(code.as_str(), &violation);
    }
    Ok(slugs)
}

/// Passes on what comes up while files are read.
struct Telling<'t> {
    report: &'t mut DataSetReport,
    progress: &'t mut dyn FnMut(Progress<'_>),
}

impl Observer for Telling<'_> {
    fn found(&mut self, finding: Finding) {
        self.report.found(&finding);
    }

    fn progressed(&mut self, progress: Progress<'_>) {
        (self.progress)(progress);
    }
}

/// Findings were told when everything was checked.
struct Silent<'t>(&'t mut dyn FnMut(Progress<'_>));

impl Observer for Silent<'_> {
    fn found(&mut self, _: Finding) {}

    fn progressed(&mut self, progress: Progress<'_>) {
        (self.0)(progress);
    }
}

struct Importing<'i> {
    catalogue: &'i Catalogue,
    translator: &'i Translator<'i>,
    slugs: &'i Slugs,
    /// Stands for the tables that explain the others.
    references: String,
    /// The tables that are not there.
    absent: Absent,
    options: RunOptions<'i>,
}

/// An occupation with what tells whether its rows are the same as before.
struct Read {
    profile: Profile,
    fingerprint: String,
}

impl Importing<'_> {
    async fn import(
        &self,
        release: &Release,
        name: &str,
        report: &mut DataSetReport,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<(), RunError> {
        let release_of = app::Release {
            data_set: DATA_SET.to_owned(),
            release: name.to_owned(),
            source: source(release.name()),
            tables: tables(release).map(str::to_owned).collect(),
        };
        let store = self.options.store;
        let failed = |source| RunError::Store {
            key: name.to_owned(),
            source,
        };
        let begun = self.catalogue.begin_import(&release_of, store).await;
        let run = begun.map_err(failed)?;
        let mut profiles = release.profiles(Silent(progress))?;
        let scheme = concept::scheme(release.name());
        let of_release = concept::release(release, name);
        let mut seen = HashSet::new();
        loop {
            let group = self.read(&mut profiles)?;
            if group.is_empty() {
                break;
            }
            seen.extend(group.iter().map(|read| key(&read.profile)));
            let concepts = group.iter().map(|read| concept::concept(&read.profile));
            let concepts: Vec<ConceptDraft> = concepts.collect();
            let stored = self.catalogue;
            let stored = stored.store_concepts(&scheme, &of_release, &concepts, store);
            stored.await.map_err(failed)?;
            self.store(&run, group, report).await?;
        }
        self.retire(&run, &seen, report).await.map_err(failed)?;
        let files: Vec<SourceFile> = release.tables().iter().map(file).collect();
        let explanations = explanations(release);
        let finished = self.catalogue;
        let finished = finished.finish_import(&run, &files, &explanations, store);
        finished.await.map_err(failed)
    }

    /// Archives the roles of occupations that are gone, unless rows were left out, or so many are
    /// gone that the release is hardly whole.
    async fn retire(
        &self,
        run: &ImportRun,
        seen: &HashSet<String>,
        report: &mut DataSetReport,
    ) -> Result<(), AppError> {
        // An occupation may be missing because its row was left out.
        if report.has_rejected() {
            return Ok(());
        }
        let catalogue = self.catalogue;
        let (missing, all) = catalogue.find_missing_entities(DATA_SET, seen).await?;
        if missing.len() * 100 > all * MOST_GONE && !self.options.allow_shrink {
            report.shrank(missing.len(), all);
            return Ok(());
        }
        let store = self.options.store;
        for (key, outcome) in catalogue.retire_entities(run, &missing, store).await? {
            report.add(EntityChange { key, outcome });
        }
        // The scheme of a dry run is not there.
        if !store.dry_run {
            let release = &run.release;
            catalogue.retire_concepts(SCHEME, release, store).await?;
        }
        Ok(())
    }

    /// Reads the next occupations; none when all are read.
    fn read(
        &self,
        profiles: &mut impl Iterator<Item = Result<Profile, ReadError>>,
    ) -> Result<Vec<Read>, ReadError> {
        let (mut group, mut bytes) = (Vec::new(), 0);
        while group.len() < MOST_ENTITIES && bytes < MOST_BYTES {
            let Some(profile) = profiles.next().transpose()? else {
                break;
            };
            let rows = profile.rows.values().flatten();
            bytes += rows.map(|row| row.raw.len()).sum::<usize>();
            let fingerprint = self.fingerprint(&profile);
            group.push(Read {
                profile,
                fingerprint,
            });
        }
        Ok(group)
    }

    /// Equal as long as the rows, what explains them, and how they are read are the same.
    fn fingerprint(&self, profile: &Profile) -> String {
        let mut text = format!("{MAPPING_VERSION} {}\n", self.references);
        for (table, rows) in &profile.rows {
            // Writing to a text does not fail.
            let _ = writeln!(text, "{table:?}");
            for row in rows {
                text.push_str(&row.raw);
                text.push('\n');
            }
        }
        // Related occupations stand in the role by their slugs.
        for related in &profile.related {
            let slug = self.slugs.get(related.code);
            text.push_str(slug.map_or("", |slug| slug.as_str()));
            text.push('\n');
        }
        sha256_of(&text)
    }

    async fn store(
        &self,
        run: &ImportRun,
        group: Vec<Read>,
        report: &mut DataSetReport,
    ) -> Result<(), RunError> {
        let keys: Vec<String> = group.iter().map(|read| key(&read.profile)).collect();
        let prints = keys.iter().map(String::as_str);
        let prints = prints.zip(group.iter().map(|read| read.fingerprint.as_str()));
        let prints: HashMap<&str, &str> = prints.collect();
        let first = keys.first().cloned().unwrap_or_default();
        let failed = |source| RunError::Store {
            key: first.clone(),
            source,
        };
        let changed = self
            .catalogue
            .find_changed_entities(DATA_SET, &prints)
            .await;
        let changed = changed.map_err(failed)?;
        let (mut entities, mut unchanged) = (Vec::new(), 0);
        for read in group {
            if !changed.contains(&key(&read.profile)) {
                unchanged += 1;
            } else if let Some(entity) = self.entity(read) {
                entities.push(entity);
            }
        }
        report.unchanged += unchanged;
        if entities.is_empty() {
            return Ok(());
        }
        let stored = self.options.store;
        let fill = |theirs: &mut RoleDraft, ours: &RoleDraft| self.absent.fill(theirs, ours);
        let stored = self
            .catalogue
            .import_entities(run, &entities, &fill, stored)
            .await;
        for (entity, outcome) in entities.iter().zip(stored.map_err(failed)?) {
            report.add(change(entity, outcome));
        }
        Ok(())
    }

    /// The entity that an occupation is; `None` when its role breaks rules, which was told.
    fn entity(&self, read: Read) -> Option<Entity> {
        let Read {
            profile,
            fingerprint,
        } = read;
        let mut draft = self.translator.draft(&profile, self.slugs)?;
        if !draft.violations(self.catalogue.limits()).is_empty() {
            return None;
        }
        if self.options.draft {
            draft.state = PublicationState::Draft;
        }
        let rows = profile.rows.into_values().filter_map(rows);
        Some(Entity {
            key: profile.occupation.code.as_str().to_owned(),
            fingerprint,
            draft,
            rows: rows.collect(),
        })
    }
}

/// The names of the tables that speak of occupations.
fn tables(release: &Release) -> impl Iterator<Item = &'static str> {
    let kinds = TableKind::ALL.iter().filter(|kind| release.has(**kind));
    kinds
        .filter(|kind| kind.is_of_occupations())
        .map(|kind| kind.name())
}

fn key(profile: &Profile) -> String {
    profile.occupation.code.as_str().to_owned()
}

/// What the tables that explain the others say, as a hash.
fn references(release: &Release) -> String {
    let mut text = String::new();
    for row in &release.references().rows {
        text.push_str(&row.raw);
        text.push('\n');
    }
    sha256_of(&text)
}

/// The rows of one table; `None` when there are none.
fn rows(rows: Vec<SourceRow<TableKind>>) -> Option<SourceRows> {
    let name = rows.first()?.kind.name().to_owned();
    let (lines, texts) = rows.into_iter().map(|row| (row.line, row.raw)).unzip();
    Some(SourceRows { name, lines, texts })
}

fn file(table: &TableInfo<TableKind>) -> SourceFile {
    SourceFile {
        name: table.kind.name().to_owned(),
        file: table.file.to_string(),
        head: raw::head(&table.format),
        rows: table.rows,
    }
}

/// The rows of the tables that explain the others.
fn explanations(release: &Release) -> Vec<SourceRows> {
    let mut tables: BTreeMap<TableKind, Vec<SourceRow<TableKind>>> = BTreeMap::new();
    for row in &release.references().rows {
        tables.entry(row.kind).or_default().push(row.clone());
    }
    tables.into_values().filter_map(rows).collect()
}

fn change(entity: &Entity, outcome: ImportOutcome) -> EntityChange {
    EntityChange {
        key: entity.key.clone(),
        outcome,
    }
}
