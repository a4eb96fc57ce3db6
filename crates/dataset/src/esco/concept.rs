//! Concepts one after the other, each in every language.

use std::collections::HashSet;

use domain::Locale;

use super::family::Family;
use super::kind::FileId;
use super::label::LINES;
use super::row::Concept;
use crate::file::{Counts, SourceRow};
use crate::finding::{Code, Finding, ReadError};
use crate::lane::Lane;
use crate::observe::Observer;
use crate::table::Fault;

/// A concept in one language, and the row that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localized {
    /// The language.
    pub locale: Locale,
    /// What the row says.
    pub concept: Concept,
    /// The row byte for byte.
    pub row: SourceRow<FileId>,
}

/// A concept in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The concept in the primary language.
    pub primary: Localized,
    /// The concept in others.
    pub translations: Vec<Localized>,
}

impl Entity {
    /// The concept in every language, the primary one first.
    pub fn all(&self) -> impl Iterator<Item = &Localized> {
        std::iter::once(&self.primary).chain(&self.translations)
    }
}

/// Concepts of one sort, in the order of the file of the primary language.
///
/// After an error there is nothing more.
pub struct Concepts<'r, O> {
    observer: O,
    /// The files; `None` when the release has none of this sort.
    lanes: Option<Lanes<'r>>,
    /// The ISCO groups that occupations may name.
    groups: Option<&'r Family>,
    warned: HashSet<String>,
    is_over: bool,
}

/// The files on their way.
struct Lanes<'r> {
    family: &'r Family,
    primary: Lane<'r, FileId>,
    siblings: Vec<Lane<'r, FileId>>,
    /// The place behind the concept before.
    next_place: u32,
}

impl<'r, O: Observer> Concepts<'r, O> {
    pub(super) fn open(
        family: Option<&'r Family>,
        groups: Option<&'r Family>,
        mut observer: O,
    ) -> Result<Self, ReadError> {
        let lanes = family.map(|family| Lanes::open(family, &mut observer));
        Ok(Self {
            lanes: lanes.transpose()?,
            observer,
            groups,
            warned: HashSet::new(),
            is_over: false,
        })
    }

    /// How many rows of each file were read so far; all of them once there is nothing more.
    #[must_use]
    pub fn counts(&self) -> Vec<Counts<FileId>> {
        let lanes = self.lanes.iter();
        let lanes = lanes.flat_map(|lanes| std::iter::once(&lanes.primary).chain(&lanes.siblings));
        lanes.map(|lane| lane.counts.clone()).collect()
    }

    fn step(&mut self) -> Result<Option<Entity>, ReadError> {
        let Some(lanes) = &mut self.lanes else {
            return Ok(None);
        };
        let found = lanes.step(&mut self.observer)?;
        if let Some(entity) = &found {
            self.doubt(entity);
        }
        Ok(found)
    }

    /// Warns, once for each, of ISCO groups that are not there.
    fn doubt(&mut self, entity: &Entity) {
        let Localized { concept, row, .. } = &entity.primary;
        let (Some(groups), Some(code)) = (self.groups, &concept.isco_group) else {
            return;
        };
        let uri = format!("http://data.europa.eu/esco/isco/C{code}");
        if groups.has(&uri) || !self.warned.insert(code.clone()) {
            return;
        }
        let home = &groups.primary.name;
        let message = format!("group {code} is not in \"{home}\": expected a row of that file");
        let finding = Finding::warning(&row.file, Code::UnknownCode, message);
        self.observer.found(finding.on(row.line).of("iscoGroup"));
    }
}

impl<O: Observer> Iterator for Concepts<'_, O> {
    type Item = Result<Entity, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let step = self.step();
        self.is_over = !matches!(step, Ok(Some(_)));
        step.transpose()
    }
}

impl<'r> Lanes<'r> {
    fn open(family: &'r Family, observer: &mut impl Observer) -> Result<Self, ReadError> {
        let mut primary = Lane::of_places(&family.primary)?;
        primary.advance(family, observer)?;
        let mut siblings = Vec::new();
        for (file, spool) in &family.siblings {
            let mut lane = Lane::open(file, spool.as_ref())?;
            lane.advance(family, observer)?;
            siblings.push(lane);
        }
        Ok(Self {
            family,
            primary,
            siblings,
            next_place: 0,
        })
    }

    fn step(&mut self, observer: &mut impl Observer) -> Result<Option<Entity>, ReadError> {
        while let Some(place) = self.primary.ahead {
            let read = if place < self.next_place {
                Err(repeated(&self.primary, self.family))
            } else {
                read(&self.primary)
            };
            let read = settle(&mut self.primary, read, self.family, observer)?;
            if let Some(primary) = read {
                self.next_place = place.saturating_add(1);
                let translations = self.translations(place, observer)?;
                return Ok(Some(Entity {
                    primary,
                    translations,
                }));
            }
        }
        for lane in &mut self.siblings {
            lane.skip_to(u32::MAX, self.family, observer)?;
        }
        Ok(None)
    }

    fn translations(
        &mut self,
        place: u32,
        observer: &mut impl Observer,
    ) -> Result<Vec<Localized>, ReadError> {
        let mut translations = Vec::new();
        for lane in &mut self.siblings {
            lane.skip_to(place, self.family, observer)?;
            let mut is_there = false;
            while lane.ahead == Some(place) {
                let read = if is_there {
                    Err(repeated(lane, self.family))
                } else {
                    read(lane)
                };
                let read = settle(lane, read, self.family, observer)?;
                is_there |= read.is_some();
                translations.extend(read);
            }
        }
        Ok(translations)
    }
}

/// Reads the next row of a file.
fn read(lane: &Lane<'_, FileId>) -> Result<Localized, Fault> {
    let locale = &lane.file.kind.locale;
    let fields = lane.file.binding.fields(&lane.record);
    Ok(Localized {
        locale: locale.clone(),
        concept: Concept::read(&fields, LINES, locale)?,
        row: lane.file.source(&lane.record),
    })
}

/// Counts or refuses the next row of a file and goes to the one behind it.
fn settle(
    lane: &mut Lane<'_, FileId>,
    read: Result<Localized, Fault>,
    family: &Family,
    observer: &mut impl Observer,
) -> Result<Option<Localized>, ReadError> {
    let accepted = match read {
        Ok(localized) => {
            lane.settle(true, observer);
            Some(localized)
        }
        Err(fault) => {
            lane.refuse(fault, observer);
            None
        }
    };
    lane.advance(family, observer)?;
    Ok(accepted)
}

fn repeated(lane: &Lane<'_, FileId>, family: &Family) -> Fault {
    let message = "an earlier row has the same URI: expected it once";
    lane.name(family).fault(Code::DuplicateKey, message)
}
