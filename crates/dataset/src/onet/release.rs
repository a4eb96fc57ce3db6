//! A release in its folder.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use domain::PartialDate;

use super::code::OnetCode;
use super::folder::{Folder, TableFile};
use super::join::Profiles;
use super::kind::TableKind;
use super::reference::References;
use super::{Counts, ReleaseOptions};
use crate::finding::{Code, Finding, ReadError};
use crate::folder::number_in;
use crate::observe::Observer;
use crate::spool::Spool;
use crate::table::{Format, Next, Record, file_name};

/// A release: what is in its folder, ready to be read.
#[derive(Debug)]
pub struct Release {
    name: Option<String>,
    released: Option<PartialDate>,
    /// The places of the occupations in their table.
    places: HashMap<OnetCode, u32>,
    references: References,
    reference_counts: Vec<Counts>,
    occupations: TableFile,
    /// The other tables about occupations; those that are in another order have a spool.
    lanes: Vec<(TableFile, Option<Spool>)>,
    /// The tables that explain others.
    explained: Vec<TableFile>,
    findings: Vec<Finding>,
}

/// What a table is, to write it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// The table.
    pub kind: TableKind,
    /// The name of the file.
    pub file: Arc<str>,
    /// How the file is written; its last line end is known too.
    pub format: Format,
    /// How many rows it has.
    pub rows: u64,
}

/// What a reading of a whole release found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Rows by file.
    pub tables: Vec<Counts>,
    /// How many occupations there are.
    pub occupations: u64,
    /// How many findings keep something out.
    pub errors: u64,
    /// How many findings do not.
    pub warnings: u64,
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
        let position = |file: &TableFile| file.kind == TableKind::OccupationData;
        let Some(at) = of_occupations.iter().position(position) else {
            return Err(without_occupations(folder, findings));
        };
        let mut occupations = of_occupations.remove(at);
        let places = places(&mut occupations)?;
        let mut references = References::default();
        let mut reference_counts = Vec::new();
        for file in &mut explained {
            let counts = references.read(file, &mut findings)?;
            file.rows = counts.rows;
            reference_counts.push(counts);
        }
        let mut lanes = Vec::new();
        for mut file in of_occupations {
            let place = |record: &Record| place_of(&places, &file, record);
            let (rows, format, is_sorted) = survey(&file, place)?;
            let scratch = options.scratch.as_deref();
            let spool = if is_sorted {
                None
            } else {
                Some(Spool::copy(file.open()?, scratch, place)?)
            };
            file.rows = rows;
            file.format = format;
            lanes.push((file, spool));
        }
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
    pub fn tables(&self) -> Vec<TableInfo> {
        let lanes = self.lanes.iter().map(|(file, _spool)| file);
        let files = std::iter::once(&self.occupations).chain(lanes);
        let info = |file: &TableFile| TableInfo {
            kind: file.kind,
            file: Arc::clone(&file.name),
            format: file.format.clone(),
            rows: file.rows,
        };
        files.chain(&self.explained).map(info).collect()
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
    pub fn check<O: Observer>(&self, observer: O) -> Result<Report, ReadError> {
        let mut observer = Tally {
            observer,
            errors: 0,
            warnings: 0,
        };
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
    pub(super) fn place(&self, code: OnetCode) -> Option<u32> {
        self.places.get(&code).copied()
    }

    pub(super) const fn occupations(&self) -> &TableFile {
        &self.occupations
    }

    pub(super) fn lanes(&self) -> &[(TableFile, Option<Spool>)] {
        &self.lanes
    }

    pub(super) fn reference_counts(&self) -> &[Counts] {
        &self.reference_counts
    }
}

/// An observer that counts what another one is told.
struct Tally<O> {
    observer: O,
    errors: u64,
    warnings: u64,
}

impl<O: Observer> Observer for Tally<O> {
    fn found(&mut self, finding: Finding) {
        if finding.rejects() {
            self.errors += 1;
        } else {
            self.warnings += 1;
        }
        self.observer.found(finding);
    }

    fn progressed(&mut self, progress: crate::observe::Progress<'_>) {
        self.observer.progressed(progress);
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
fn places(file: &mut TableFile) -> Result<HashMap<OnetCode, u32>, ReadError> {
    let mut places = HashMap::new();
    let mut record = Record::default();
    let mut table = file.open()?;
    loop {
        match table.read(&mut record)? {
            Next::End => break,
            Next::Rejected(_told_later) => continue,
            Next::Row => {}
        }
        let next = u32::try_from(places.len()).unwrap_or(u32::MAX);
        if let Ok(code) = OnetCode::of(file.binding.field(&record, 0)) {
            places.entry(code).or_insert(next);
        }
    }
    file.rows = table.rows();
    file.format = table.format().clone();
    Ok(places)
}

fn place_of(places: &HashMap<OnetCode, u32>, file: &TableFile, record: &Record) -> Option<u32> {
    let code = OnetCode::of(file.binding.field(record, 0)).ok()?;
    places.get(&code).copied()
}

/// Counts the rows of a table and learns whether they are in the order of the occupations.
fn survey(
    file: &TableFile,
    place: impl Fn(&Record) -> Option<u32>,
) -> Result<(u64, Format, bool), ReadError> {
    let mut table = file.open()?;
    let mut record = Record::default();
    let mut last = 0;
    let mut is_sorted = true;
    loop {
        match table.read(&mut record)? {
            Next::End => break,
            Next::Rejected(_told_later) => {}
            Next::Row => {
                if let Some(place) = place(&record) {
                    is_sorted &= place >= last;
                    last = place;
                }
            }
        }
    }
    Ok((table.rows(), table.format().clone(), is_sorted))
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
