//! What may be done to one part of a role.

use super::{IdentifiedDraft, Part, PartList};
use crate::id::PartId;

/// What is done to one part of a role. Places are counted from 0.
pub enum PartEdit<'e, P: Part> {
    /// Adds a part.
    Add {
        /// Who has the list.
        holder: P::Holder,
        /// The part.
        part: P,
        /// The place that it gets; the end without one.
        position: Option<usize>,
    },
    /// Changes what a part says.
    Change {
        /// Which part.
        id: P::Id,
        /// Changes it; may be called several times.
        change: &'e (dyn Fn(&mut P) + Send + Sync),
    },
    /// Puts a part elsewhere.
    Move {
        /// Which part.
        id: P::Id,
        /// Who has the list in which it stands afterwards; whoever has it now without one.
        holder: Option<P::Holder>,
        /// The place that it has afterwards.
        position: usize,
    },
    /// Takes a part out.
    Remove {
        /// Which part.
        id: P::Id,
    },
}

/// A part that was edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedPart {
    /// The part.
    pub id: PartId,
    /// Where it stands in the draft, such as `duties[3]`; where it stood, when it is gone.
    pub path: String,
}

/// Why a part cannot be edited; the role is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartProblem {
    /// The role has no such part.
    #[error("the role has no part with this id: read it again")]
    NoPart,
    /// The role has no such holder of parts.
    #[error("the role has no group with this id: read it again")]
    NoHolder,
    /// The list has no such place.
    #[error("the position is not in the list: expected 0 to {most}")]
    NoPlace {
        /// The last place that there is.
        most: usize,
    },
}

impl<P: Part> PartEdit<'_, P> {
    pub(super) fn apply(
        &self,
        role: &mut IdentifiedDraft,
        fresh: P::Id,
    ) -> Result<PlacedPart, PartProblem> {
        let mut lists = P::lists(role);
        match self {
            Self::Add {
                holder,
                part,
                position,
            } => {
                let list = of_holder(&mut lists, *holder)?;
                let end = list.parts.len();
                let place = within(position.unwrap_or(end), end)?;
                list.insert(place, (part.clone(), part.under(fresh)));
                Ok(placed(list, fresh, place))
            }
            Self::Change { id, change } => {
                let (list, place) = with_part(&mut lists, *id)?;
                if let Some(part) = list.parts.get_mut(place) {
                    change(part);
                }
                Ok(placed(list, *id, place))
            }
            Self::Move {
                id,
                holder,
                position,
            } => move_part(&mut lists, *id, *holder, *position),
            Self::Remove { id } => {
                let (list, place) = with_part(&mut lists, *id)?;
                list.take(place);
                Ok(placed(list, *id, place))
            }
        }
    }
}

fn move_part<P: Part>(
    lists: &mut [PartList<'_, P>],
    id: P::Id,
    holder: Option<P::Holder>,
    position: usize,
) -> Result<PlacedPart, PartProblem> {
    let (from, place) = with_part(lists, id)?;
    let (former, length) = (from.holder, from.parts.len());
    let holder = holder.unwrap_or(former);
    // A part that stays in its list leaves room for itself.
    let most = if holder == former {
        length.saturating_sub(1)
    } else {
        of_holder(lists, holder)?.parts.len()
    };
    let position = within(position, most)?;
    let (from, _) = with_part(lists, id)?;
    let part = from.take(place);
    let to = of_holder(lists, holder)?;
    to.insert(position, part);
    Ok(placed(to, id, position))
}

fn of_holder<'l, 'r, P: Part>(
    lists: &'l mut [PartList<'r, P>],
    holder: P::Holder,
) -> Result<&'l mut PartList<'r, P>, PartProblem> {
    let mut lists = lists.iter_mut();
    let found = lists.find(|list| list.holder == holder);
    found.ok_or(PartProblem::NoHolder)
}

fn with_part<'l, 'r, P: Part>(
    lists: &'l mut [PartList<'r, P>],
    id: P::Id,
) -> Result<(&'l mut PartList<'r, P>, usize), PartProblem> {
    let mut lists = lists.iter_mut();
    let found = lists.find_map(|list| list.place(id).map(|place| (list, place)));
    found.ok_or(PartProblem::NoPart)
}

fn within(position: usize, most: usize) -> Result<usize, PartProblem> {
    if position <= most {
        Ok(position)
    } else {
        Err(PartProblem::NoPlace { most })
    }
}

fn placed<P: Part>(list: &PartList<'_, P>, id: P::Id, place: usize) -> PlacedPart {
    PlacedPart {
        id: id.into(),
        path: format!("{}[{place}]", list.path),
    }
}
