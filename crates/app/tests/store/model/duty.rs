//! Edits of single duties, which are named by their places.

use app::{EditOutcome, Refusal, RefusalCode};
use domain::id::{DutyId, Id as _, IdSource};
use domain::role::{Duty, DutyKind, IdentifiedDraft, PartEdit, PartProblem};
use domain::skill::SkillTerm;
use proptest::prelude::*;

/// What is done to one of the duties of a role.
#[derive(Clone, Copy, Debug)]
pub(super) enum DutyEdit {
    Add { text: u8, position: usize },
    Change { place: usize, text: u8 },
    Move { place: usize, position: usize },
    Remove { place: usize },
}

/// A duty by its number, with its text.
pub(super) type Numbered = (usize, u8);

/// Edits, some of places that there are not.
pub(super) fn edits() -> impl Strategy<Value = DutyEdit> {
    let (place, text) = (0..4_usize, 0..3_u8);
    prop_oneof![
        3 => (text.clone(), 0..3_usize)
            .prop_map(|(text, position)| DutyEdit::Add { text, position }),
        1 => (place.clone(), text).prop_map(|(place, text)| DutyEdit::Change { place, text }),
        2 => (place.clone(), place.clone())
            .prop_map(|(place, position)| DutyEdit::Move { place, position }),
        1 => place.prop_map(|place| DutyEdit::Remove { place }),
    ]
}

/// The words of a duty.
pub(super) fn text(text: u8) -> String {
    format!("Duty {text}")
}

impl DutyEdit {
    /// Does the edit to a plain list of duties that are told apart by numbers; `fresh` is that of
    /// one that is new.
    pub(super) fn in_list(
        self,
        duties: &mut Vec<Numbered>,
        fresh: usize,
    ) -> Result<(), RefusalCode> {
        let there = |place: usize, length: usize| {
            (place < length).then_some(()).ok_or(RefusalCode::NotFound)
        };
        let within = |position: usize, most: usize| {
            (position <= most).then_some(()).ok_or(RefusalCode::Invalid)
        };
        match self {
            Self::Add { text, position } => {
                within(position, duties.len())?;
                duties.insert(position, (fresh, text));
            }
            Self::Change { place, text } => {
                there(place, duties.len())?;
                duties[place].1 = text;
            }
            Self::Move { place, position } => {
                there(place, duties.len())?;
                within(position, duties.len() - 1)?;
                let duty = duties.remove(place);
                duties.insert(position, duty);
            }
            Self::Remove { place } => {
                there(place, duties.len())?;
                duties.remove(place);
            }
        }
        Ok(())
    }

    /// Does the edit to a role.
    pub(super) fn in_role(self, role: &mut IdentifiedDraft, ids: &dyn IdSource) -> EditOutcome {
        let known = role.ids().duties.clone();
        let id = |place: usize| known.get(place).copied().flatten();
        let missing = || vec![Refusal::of_part(PartProblem::NoPart)];
        let new = |new: u8| move |duty: &mut Duty<SkillTerm>| duty.text = text(new);
        let change = match self {
            Self::Change { text, .. } => new(text),
            _ => new(0),
        };
        let edit = match self {
            Self::Add {
                text: new,
                position,
            } => PartEdit::Add {
                holder: (),
                part: Duty::new(text(new), DutyKind::Unspecified),
                position: Some(position),
            },
            Self::Change { place, .. } => PartEdit::Change {
                id: id(place).ok_or_else(missing)?,
                change: &change,
            },
            Self::Move { place, position } => PartEdit::Move {
                id: id(place).ok_or_else(missing)?,
                holder: None,
                position,
            },
            Self::Remove { place } => PartEdit::Remove {
                id: id(place).ok_or_else(missing)?,
            },
        };
        let placed = role.edit(&edit, DutyId::fresh(ids));
        placed
            .map(Some)
            .map_err(|problem| vec![Refusal::of_part(problem)])
    }
}
