//! The lists of parts of a role.

use super::{GroupIds, IdentifiedDraft};
use crate::id::{DutyId, FactId, FaqId, GroupId, Id, PartId, QualificationId, SectionId};
use crate::role::{Duty, Fact, Faq, Qualification, QualificationGroup, Section};
use crate::skill::SkillTerm;

/// A part of a role.
pub trait Part: Clone + Send + Sync {
    /// What names the part.
    type Id: Id + PartialEq + Into<PartId> + Send + Sync;
    /// Its id, with those of the parts that it holds.
    type Ids: Clone + Default;
    /// Who has the list that it stands in: the role itself, or a part of the role.
    type Holder: Copy + PartialEq + Send + Sync;

    /// The part under its id; nothing is known of the parts that it holds.
    fn under(&self, id: Self::Id) -> Self::Ids;

    /// The id of the part itself.
    fn id(ids: &Self::Ids) -> Option<Self::Id>;

    /// Every list of such parts of a role.
    fn lists(role: &mut IdentifiedDraft) -> Vec<PartList<'_, Self>>;
}

/// A list of parts, with their ids.
pub struct PartList<'r, P: Part> {
    pub(super) holder: P::Holder,
    /// Where the list stands in the draft, such as `duties`.
    pub(super) path: String,
    pub(super) parts: &'r mut Vec<P>,
    pub(super) ids: &'r mut Vec<P::Ids>,
}

impl<P: Part> PartList<'_, P> {
    /// The place of a part.
    pub(super) fn place(&self, id: P::Id) -> Option<usize> {
        self.ids.iter().position(|ids| P::id(ids) == Some(id))
    }

    /// Puts a part at a place that is at most behind the last one.
    pub(super) fn insert(&mut self, place: usize, (part, ids): (P, P::Ids)) {
        self.parts.insert(place, part);
        self.ids.insert(place, ids);
    }

    /// Takes the part out that stands at a place of the list.
    pub(super) fn take(&mut self, place: usize) -> (P, P::Ids) {
        (self.parts.remove(place), self.ids.remove(place))
    }
}

/// Declares parts that stand in one list of the role.
macro_rules! parts_of_the_role {
    ($($part:ty, $id:ident, $list:ident;)+) => { $(
        impl Part for $part {
            type Id = $id;
            type Ids = Option<$id>;
            type Holder = ();

            fn under(&self, id: $id) -> Option<$id> {
                Some(id)
            }

            fn id(ids: &Option<$id>) -> Option<$id> {
                *ids
            }

            fn lists(role: &mut IdentifiedDraft) -> Vec<PartList<'_, Self>> {
                vec![PartList {
                    holder: (),
                    path: stringify!($list).to_owned(),
                    parts: &mut role.draft.$list,
                    ids: &mut role.ids.$list,
                }]
            }
        }
    )+ };
}

parts_of_the_role! {
    Fact, FactId, facts;
    Duty<SkillTerm>, DutyId, duties;
    Section, SectionId, sections;
    Faq, FaqId, faqs;
}

impl Part for QualificationGroup<Qualification<SkillTerm>> {
    type Id = GroupId;
    type Ids = GroupIds;
    type Holder = ();

    fn under(&self, id: GroupId) -> GroupIds {
        GroupIds {
            id: Some(id),
            items: vec![None; self.items.len()],
        }
    }

    fn id(ids: &GroupIds) -> Option<GroupId> {
        ids.id
    }

    fn lists(role: &mut IdentifiedDraft) -> Vec<PartList<'_, Self>> {
        vec![PartList {
            holder: (),
            path: "qualificationGroups".to_owned(),
            parts: &mut role.draft.qualification_groups,
            ids: &mut role.ids.groups,
        }]
    }
}

impl Part for Qualification<SkillTerm> {
    type Id = QualificationId;
    type Ids = Option<QualificationId>;
    type Holder = GroupId;

    fn under(&self, id: QualificationId) -> Option<QualificationId> {
        Some(id)
    }

    fn id(ids: &Option<QualificationId>) -> Option<QualificationId> {
        *ids
    }

    /// The lists of groups that have an id.
    fn lists(role: &mut IdentifiedDraft) -> Vec<PartList<'_, Self>> {
        let groups = role.draft.qualification_groups.iter_mut();
        let lists = groups.zip(&mut role.ids.groups).enumerate();
        let lists = lists.filter_map(|(place, (group, ids))| {
            Some(PartList {
                holder: ids.id?,
                path: format!("qualificationGroups[{place}].items"),
                parts: &mut group.items,
                ids: &mut ids.items,
            })
        });
        lists.collect()
    }
}
