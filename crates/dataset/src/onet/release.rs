//! A release in its folder.

use std::collections::HashMap;
use std::path::Path;

use domain::PartialDate;

use super::ReleaseOptions;
use super::code::OnetCode;
use super::folder::Folder;
use super::join::Profiles;
use super::kind::TableKind;
use super::reference::References;
use crate::file::{Counts, Report, TableFile, TableInfo, Tally};
use crate::finding::{Code, Finding, ReadError};
use crate::folder::number_in;
use crate::lane::Places;
use crate::observe::Observer;
use crate::spool::{Ordered, in_order};
use crate::table::{Fault, Field, Record, file_name};

/// A release: what is in its folder, ready to be read.
#[derive(Debug)]
pub struct Release {
    name: Option<String>,
    released: Option<PartialDate>,
    /// The places of the occupations in their table.
    places: HashMap<OnetCode, u32>,
    references: References,
    reference_counts: Vec<Counts<TableKind>>,
    occupations: TableFile<TableKind>,
    /// The other tables about occupations; those that are in another order have a spool.
    lanes: Vec<Ordered<TableKind>>,
    /// The tables that explain others.
    explained: Vec<TableFile<TableKind>>,
    findings: Vec<Finding>,
}

impl Release {
    /// Finds the tables in a folder, reads those that explain others, and learns in which order
    /// the rest is.
    ///
    /// What is wrong with single tables is kept for [`Self::findings`]; those tables are not read.
    pub fn open(folder: &Path, options: &ReleaseOptions) -> Result<Self, ReadError> {
        let Folder {
            files,
            read_me,
            mut findings,
        } = Folder::scan(folder, options)?;
        let (mut of_occupations, mut explained): (Vec<_>, Vec<_>) = files
            .into_iter()
            .partition(|file| file.kind.is_of_occupations());
        let position = |file: &TableFile<TableKind>| file.kind == TableKind::OccupationData;
        let Some(at) = of_occupations.iter().position(position) else {
            return Err(without_occupations(folder, findings));
        };
        let mut occupations = of_occupations.remove(at);
        let places = places(&mut occupations)?;
        let mut references = References::default();
        let mut reference_counts = Vec::new();
        for file in &mut explained {
            reference_counts.push(references.read(file, &mut findings)?);
        }
        let lanes = lanes(of_occupations, &places, options.scratch.as_deref())?;
        let (name, released) = read_me.as_deref().map(release_of).unwrap_or_default();
        let name = options.release.clone().or(name);
        Ok(Self {
            name: name.or_else(|| number_in(&file_name(folder))),
            released,
            places,
            references,
            reference_counts,
            occupations,
            lanes,
            explained,
            findings,
        })
    }

    /// The name of the release, such as `29.3`: the given one, that of the text beside the tables,
    /// or that of the folder.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// When it was released, if the text beside the tables says so.
    #[must_use]
    pub const fn released(&self) -> Option<PartialDate> {
        self.released
    }

    /// What is wrong or doubtful about the folder and about the tables that explain others.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What codes and identifiers mean.
    #[must_use]
    pub const fn references(&self) -> &References {
        &self.references
    }

    /// Every table that is read, in the order of reading.
    #[must_use]
    pub fn tables(&self) -> Vec<TableInfo<TableKind>> {
        let lanes = self.lanes.iter().map(|(file, _spool)| file);
        let files = std::iter::once(&self.occupations).chain(lanes);
        files.chain(&self.explained).map(TableFile::info).collect()
    }

    /// Whether there is a table.
    #[must_use]
    pub fn has(&self, kind: TableKind) -> bool {
        let lanes = self.lanes.iter().map(|(file, _spool)| file);
        let mut files = lanes.chain(&self.explained);
        kind == TableKind::OccupationData || files.any(|file| file.kind == kind)
    }

    /// Gives one occupation after the other, in the order of `Occupation Data`. Rows that are not
    /// accepted are told to the observer and left out.
    pub fn profiles<O: Observer>(&self, observer: O) -> Result<Profiles<'_, O>, ReadError> {
        Profiles::open(self, observer)
    }

    /// Reads everything and hands nothing out; what is found about the folder is told first.
    pub fn check<O: Observer>(&self, observer: O) -> Result<Report<TableKind>, ReadError> {
        let mut observer = Tally::new(observer);
        for finding in &self.findings {
            observer.found(finding.clone());
        }
        let mut occupations = 0;
        let mut profiles = self.profiles(&mut observer)?;
        for profile in &mut profiles {
            profile?;
            occupations += 1;
        }
        let tables = profiles.counts();
        Ok(Report {
            tables,
            occupations,
            errors: observer.errors,
            warnings: observer.warnings,
        })
    }

    /// The place of an occupation in its table, from 0.
    pub(super) fn place_of(&self, code: OnetCode) -> Option<u32> {
        self.places.get(&code).copied()
    }

    pub(super) const fn occupations(&self) -> &TableFile<TableKind> {
        &self.occupations
    }

    pub(super) fn lanes(&self) -> &[Ordered<TableKind>] {
        &self.lanes
    }

    pub(super) fn reference_counts(&self) -> &[Counts<TableKind>] {
        &self.reference_counts
    }
}

impl Places for Release {
    fn key(&self) -> usize {
        0
    }

    fn place(&self, name: Field<'_>) -> Result<u32, Fault> {
        let code = OnetCode::of(name)?;
        self.place_of(code).ok_or_else(|| {
            let expected = "a code of \"Occupation Data\"";
            name.unexpected(Code::UnknownCode, expected)
        })
    }

    fn refused(&self, name: Field<'_>) -> Fault {
        let message = format!(
            "the row of \"{}\" in \"Occupation Data\" is not accepted, so this one is not",
            name.text
        );
        name.fault(Code::UnknownCode, message)
    }
}

/// Why a folder is of no use: what is wrong with its table of occupations, or that it has none.
fn without_occupations(folder: &Path, findings: Vec<Finding>) -> ReadError {
    let is_about = |finding: &Finding| {
        let stem = finding.file.to_lowercase().replace('_', " ");
        finding.rejects() && stem.starts_with("occupation data")
    };
    let missing = || {
        let message = "there is no table \"Occupation Data\": expected a file of that name, such \
                       as \"Occupation Data.txt\"; name it by a mapping when it is called otherwise";
        Finding::error(&file_name(folder), Code::MissingTable, message)
    };
    let found = findings.into_iter().find(is_about);
    found.unwrap_or_else(missing).into()
}

/// The places of the occupations in their table; also counts its rows.
fn places(file: &mut TableFile<TableKind>) -> Result<HashMap<OnetCode, u32>, ReadError> {
    let mut places = HashMap::new();
    let binding = file.binding.clone();
    file.survey(|record| {
        let next = u32::try_from(places.len()).unwrap_or(u32::MAX);
        if let Ok(code) = OnetCode::of(binding.field(record, 0)) {
            places.entry(code).or_insert(next);
        }
    })?;
    Ok(places)
}

/// The tables of occupations, brought in their order where they are in another one.
fn lanes(
    files: Vec<TableFile<TableKind>>,
    places: &HashMap<OnetCode, u32>,
    scratch: Option<&Path>,
) -> Result<Vec<Ordered<TableKind>>, ReadError> {
    let mut lanes = Vec::new();
    for mut file in files {
        let binding = file.binding.clone();
        let place = |record: &Record| {
            let code = OnetCode::of(binding.field(record, 0)).ok()?;
            places.get(&code).copied()
        };
        let spool = in_order(&mut file, scratch, place)?;
        lanes.push((file, spool));
    }
    Ok(lanes)
}

/// Name and month of a release from the text beside its tables.
fn release_of(text: &str) -> (Option<String>, Option<PartialDate>) {
    let name = text.lines().find(|line| line.contains("O*NET"));
    let month = text.lines().take(10).find_map(|line| {
        let mut words = line.split_whitespace();
        let (month, year) = (words.next()?, words.next()?);
        let months = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let at = months.iter().position(|name| *name == month)?;
        PartialDate::month(year.parse().ok()?, u32::try_from(at + 1).ok()?)
    });
    (name.and_then(number_in), month)
}
