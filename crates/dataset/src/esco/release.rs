//! A release in its folder.

use std::collections::BTreeMap;
use std::path::Path;

use domain::Locale;

use super::ReleaseOptions;
use super::concept::Concepts;
use super::entry::Entries;
use super::family::Family;
use super::folder::Folder;
use super::kind::{FileId, FileKind};
use super::row::{Concept, ConceptScheme, HierarchyPath, Relation};
use crate::file::{Report, TableFile, TableInfo, Tally};
use crate::finding::{Code, Finding, ReadError};
use crate::folder::number_in;
use crate::observe::Observer;
use crate::table::file_name;

/// The sorts of concept that have files of their own.
const CONCEPTS: [FileKind; 4] = [
    FileKind::Occupations,
    FileKind::IscoGroups,
    FileKind::Skills,
    FileKind::SkillGroups,
];
/// The files with relations.
const RELATIONS: [FileKind; 4] = [
    FileKind::OccupationBroader,
    FileKind::SkillBroader,
    FileKind::SkillSkill,
    FileKind::OccupationSkill,
];

/// A release: what is in its folder, ready to be read.
#[derive(Debug)]
pub struct Release {
    name: Option<String>,
    families: BTreeMap<FileKind, Family>,
    /// The files that are not joined.
    others: Vec<TableFile<FileId>>,
    findings: Vec<Finding>,
}

impl Release {
    /// Finds the files in a folder and learns in which order concepts are.
    ///
    /// What is wrong with single files is kept for [`Self::findings`]; those files are not read.
    pub fn open(folder: &Path, options: &ReleaseOptions) -> Result<Self, ReadError> {
        let Folder { files, findings } = Folder::scan(folder, options)?;
        let is_concept = |file: &TableFile<FileId>| CONCEPTS.contains(&file.kind.kind);
        let (concepts, mut others): (Vec<_>, Vec<_>) = files.into_iter().partition(is_concept);
        let mut by_kind: BTreeMap<FileKind, Vec<TableFile<FileId>>> = BTreeMap::new();
        for file in concepts {
            by_kind.entry(file.kind.kind).or_default().push(file);
        }
        let mut families = BTreeMap::new();
        for (kind, files) in by_kind {
            let mut files = files.into_iter();
            if let Some(primary) = files.next() {
                let scratch = options.scratch.as_deref();
                families.insert(kind, Family::new(primary, files.collect(), scratch)?);
            }
        }
        if !families.contains_key(&FileKind::Occupations) {
            return Err(without_occupations(folder, findings));
        }
        for file in &mut others {
            file.survey(|_record| {})?;
        }
        Ok(Self {
            name: options
                .release
                .clone()
                .or_else(|| number_in(&file_name(folder))),
            families,
            others,
            findings,
        })
    }

    /// The name of the release, such as `1.2.0`: the given one or that of the folder.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The languages of the occupations, the primary one first.
    #[must_use]
    pub fn locales(&self) -> Vec<&Locale> {
        let family = self.families.get(&FileKind::Occupations).into_iter();
        let locales = family.flat_map(|family| {
            let siblings = family.siblings.iter().map(|(file, _spool)| file);
            std::iter::once(&family.primary).chain(siblings)
        });
        locales.map(|file| &file.kind.locale).collect()
    }

    /// What is wrong or doubtful about the folder.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Every file that is read.
    #[must_use]
    pub fn tables(&self) -> Vec<TableInfo<FileId>> {
        let joined = self.families.values().flat_map(|family| {
            let siblings = family.siblings.iter().map(|(file, _spool)| file);
            std::iter::once(&family.primary).chain(siblings)
        });
        joined.chain(&self.others).map(TableFile::info).collect()
    }

    /// Gives one concept after the other in every language, of occupations, ISCO groups, skills or
    /// groups of skills; nothing when the release has no such file. Rows that are not accepted are
    /// told to the observer and left out.
    pub fn concepts<O: Observer>(
        &self,
        kind: FileKind,
        observer: O,
    ) -> Result<Concepts<'_, O>, ReadError> {
        let family = self.families.get(&kind);
        let groups = self.families.get(&FileKind::IscoGroups);
        let groups = groups.filter(|_groups| kind == FileKind::Occupations);
        Concepts::open(family, groups, observer)
    }

    /// Gives the rows of a file with relations; nothing when the release has no such file.
    pub fn relations<O: Observer>(&self, kind: FileKind, observer: O) -> Entries<'_, Relation, O> {
        let kind = RELATIONS.contains(&kind).then_some(kind);
        Entries::new(self.files(kind), observer)
    }

    /// Gives the groups of skills with everything above them.
    pub fn hierarchy<O: Observer>(&self, observer: O) -> Entries<'_, HierarchyPath, O> {
        Entries::new(self.files(Some(FileKind::SkillsHierarchy)), observer)
    }

    /// Gives the members of all collections; the row tells of which one.
    pub fn collections<O: Observer>(&self, observer: O) -> Entries<'_, Concept, O> {
        Entries::new(self.files(Some(FileKind::Collection)), observer)
    }

    /// Gives the schemes that concepts belong to.
    pub fn schemes<O: Observer>(&self, observer: O) -> Entries<'_, ConceptScheme, O> {
        Entries::new(self.files(Some(FileKind::ConceptSchemes)), observer)
    }

    /// Reads everything and hands nothing out; what is found about the folder is told first.
    pub fn check<O: Observer>(&self, observer: O) -> Result<Report<FileId>, ReadError> {
        let mut observer = Tally::new(observer);
        for finding in &self.findings {
            observer.found(finding.clone());
        }
        let mut tables = Vec::new();
        let mut occupations = 0;
        for kind in CONCEPTS {
            let mut concepts = self.concepts(kind, &mut observer)?;
            for concept in &mut concepts {
                concept?;
                occupations += u64::from(kind == FileKind::Occupations);
            }
            tables.extend(concepts.counts());
        }
        for kind in RELATIONS {
            let mut relations = self.relations(kind, &mut observer);
            relations.try_for_each(|row| row.map(|_row| ()))?;
            tables.extend_from_slice(relations.counts());
        }
        let mut hierarchy = self.hierarchy(&mut observer);
        hierarchy.try_for_each(|row| row.map(|_row| ()))?;
        tables.extend_from_slice(hierarchy.counts());
        let mut collections = self.collections(&mut observer);
        collections.try_for_each(|row| row.map(|_row| ()))?;
        tables.extend_from_slice(collections.counts());
        let mut schemes = self.schemes(&mut observer);
        schemes.try_for_each(|row| row.map(|_row| ()))?;
        tables.extend_from_slice(schemes.counts());
        Ok(Report {
            tables,
            occupations,
            errors: observer.errors,
            warnings: observer.warnings,
        })
    }

    fn files(&self, kind: Option<FileKind>) -> Vec<&TableFile<FileId>> {
        let files = self.others.iter();
        let files = files.filter(|file| Some(file.kind.kind) == kind);
        files.collect()
    }
}

/// Why a folder is of no use: what is wrong with its file of occupations, or that it has none.
fn without_occupations(folder: &Path, findings: Vec<Finding>) -> ReadError {
    let is_about = |finding: &Finding| {
        finding.rejects() && finding.file.to_lowercase().starts_with("occupations")
    };
    let missing = || {
        let message = "there is no file of occupations: expected one such as \
                       \"occupations_en.csv\"; name it by a mapping when it is called otherwise";
        Finding::error(&file_name(folder), Code::MissingTable, message)
    };
    let found = findings.into_iter().find(is_about);
    found.unwrap_or_else(missing).into()
}
