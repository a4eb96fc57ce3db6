//! Tables side by side, joined to occupations.

use super::Release;
use super::judge::{Judge, warning};
use super::kind::TableKind;
use super::profile::{MOST_BYTES, Profile};
use super::row::{Occupation, Row};
use crate::file::Counts;
use crate::finding::{Code, ReadError};
use crate::lane::Lane;
use crate::observe::Observer;
use crate::table::{Fault, Field};

/// The occupations of a release, one after the other.
///
/// After an error there is nothing more.
pub struct Profiles<'r, O> {
    release: &'r Release,
    observer: O,
    judge: Judge,
    occupations: Lane<'r, TableKind>,
    lanes: Vec<Lane<'r, TableKind>>,
    /// The place behind the occupation before.
    next_place: u32,
    is_over: bool,
}

impl<'r, O: Observer> Profiles<'r, O> {
    pub(super) fn open(release: &'r Release, mut observer: O) -> Result<Self, ReadError> {
        let mut occupations = Lane::of_places(release.occupations())?;
        occupations.advance(release, &mut observer)?;
        let mut lanes = Vec::new();
        for (file, spool) in release.lanes() {
            let mut lane = Lane::open(file, spool.as_ref())?;
            lane.advance(release, &mut observer)?;
            lanes.push(lane);
        }
        Ok(Self {
            release,
            observer,
            judge: Judge::default(),
            occupations,
            lanes,
            next_place: 0,
            is_over: false,
        })
    }

    /// How many rows of each file were read so far; all of them once there is nothing more.
    #[must_use]
    pub fn counts(&self) -> Vec<Counts<TableKind>> {
        let lanes = std::iter::once(&self.occupations).chain(&self.lanes);
        let counts = lanes.map(|lane| lane.counts.clone());
        counts
            .chain(self.release.reference_counts().iter().cloned())
            .collect()
    }

    fn step(&mut self) -> Result<Option<Profile>, ReadError> {
        while let Some(place) = self.occupations.ahead {
            let read = self.occupation(place);
            let file = self.occupations.file;
            match read {
                Ok(occupation) => {
                    let row = file.source(&self.occupations.record);
                    self.occupations.settle(true, &mut self.observer);
                    self.occupations.advance(self.release, &mut self.observer)?;
                    self.next_place = place.saturating_add(1);
                    return self.fill(Profile::new(occupation, row), place).map(Some);
                }
                Err(fault) => {
                    self.occupations.refuse(fault, &mut self.observer);
                    self.occupations.advance(self.release, &mut self.observer)?;
                }
            }
        }
        for lane in &mut self.lanes {
            lane.skip_to(u32::MAX, self.release, &mut self.observer)?;
        }
        Ok(None)
    }

    /// The occupation that is next in its table.
    fn occupation(&self, place: u32) -> Result<Occupation, Fault> {
        let lane = &self.occupations;
        let code = lane.name(self.release);
        if place < self.next_place {
            let message = "an earlier row has the same code: expected it once";
            return Err(code.fault(Code::DuplicateKey, message));
        }
        match Row::read(lane.file.kind, &lane.file.binding, &lane.record)? {
            Some(Row::Occupation(occupation)) => Ok(occupation),
            _ => Err(code.unexpected(Code::InvalidValue, "an occupation")),
        }
    }

    /// Adds the rows of an occupation.
    fn fill(&mut self, mut profile: Profile, place: u32) -> Result<Profile, ReadError> {
        self.judge.begin();
        let mut bytes = 0;
        for lane in &mut self.lanes {
            lane.skip_to(place, self.release, &mut self.observer)?;
            while lane.ahead == Some(place) {
                let kind = lane.file.kind;
                bytes += lane.record.raw().len();
                let row = if bytes > MOST_BYTES {
                    Err(too_many(&lane.name(self.release)))
                } else {
                    Row::read(kind, &lane.file.binding, &lane.record)
                };
                let row = row.and_then(|row| {
                    let refused = row
                        .iter()
                        .try_for_each(|row| self.judge.refuse(self.release, kind, row));
                    refused.map(|()| row)
                });
                match row {
                    Ok(Some(row)) => {
                        let doubt = self.judge.doubt(self.release, kind, &row, &profile);
                        if let Some(fault) = doubt {
                            let finding = lane.finding(fault);
                            self.observer.found(warning(finding));
                        }
                        profile.push(row, lane.file.source(&lane.record));
                        lane.settle(true, &mut self.observer);
                    }
                    Ok(None) => lane.settle(false, &mut self.observer),
                    Err(fault) => lane.refuse(fault, &mut self.observer),
                }
                lane.advance(self.release, &mut self.observer)?;
            }
        }
        Ok(profile)
    }
}

fn too_many(name: &Field<'_>) -> Fault {
    let message = format!("the rows of the occupation have more than {MOST_BYTES} bytes");
    name.fault(Code::TooLarge, message)
}

impl<O: Observer> Iterator for Profiles<'_, O> {
    type Item = Result<Profile, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let step = self.step();
        self.is_over = !matches!(step, Ok(Some(_)));
        step.transpose()
    }
}
