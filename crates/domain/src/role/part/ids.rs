//! The ids of the parts of a role.

use std::collections::HashSet;

use uuid::Uuid;

use crate::id::{DutyId, FactId, FaqId, GroupId, Id, QualificationId, SectionId};
use crate::role::RoleDraft;

/// The ids of the parts of a role, list by list in the order of the draft; `None` for a part that
/// is known again by what it says, or else gets a new id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartIds {
    /// Those of the facts.
    pub facts: Vec<Option<FactId>>,
    /// Those of the duties.
    pub duties: Vec<Option<DutyId>>,
    /// Those of the sections.
    pub sections: Vec<Option<SectionId>>,
    /// Those of the qualification groups and of their items.
    pub groups: Vec<GroupIds>,
    /// Those of the questions.
    pub faqs: Vec<Option<FaqId>>,
}

/// The ids of a qualification group and of its items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupIds {
    /// That of the group.
    pub id: Option<GroupId>,
    /// Those of its items.
    pub items: Vec<Option<QualificationId>>,
}

/// An id that is given to a part and cannot be its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrayId {
    /// The id.
    pub id: String,
    /// The part, such as `duties[3]`.
    pub path: String,
    /// Whether another part has the id as well; else the role has no such part.
    pub is_repeated: bool,
}

impl PartIds {
    /// No ids, for the parts of a draft.
    #[must_use]
    pub fn unknown(draft: &RoleDraft) -> Self {
        let mut ids = Self::default();
        ids.fit(draft);
        ids
    }

    /// Leaves as many places as the draft has parts.
    pub(super) fn fit(&mut self, draft: &RoleDraft) {
        let Self {
            facts,
            duties,
            sections,
            groups,
            faqs,
        } = self;
        facts.resize(draft.facts.len(), None);
        duties.resize(draft.duties.len(), None);
        sections.resize(draft.sections.len(), None);
        faqs.resize(draft.faqs.len(), None);
        groups.resize_with(draft.qualification_groups.len(), GroupIds::default);
        for (ids, group) in groups.iter_mut().zip(&draft.qualification_groups) {
            ids.items.resize(group.items.len(), None);
        }
    }

    /// Every id that there is.
    #[must_use]
    pub fn all(&self) -> HashSet<Uuid> {
        self.listed().into_iter().map(|(uuid, ..)| uuid).collect()
    }

    /// The ids that parts are given which are none of those `before`, or which two parts are
    /// given, in the order of the lists.
    pub(super) fn strays(&self, before: &Self) -> Vec<StrayId> {
        let known = before.all();
        let mut seen = HashSet::new();
        let listed = self.listed().into_iter();
        let strays = listed.filter_map(|(uuid, id, path)| {
            let is_repeated = !seen.insert(uuid);
            (is_repeated || !known.contains(&uuid)).then_some(StrayId {
                id,
                path,
                is_repeated,
            })
        });
        strays.collect()
    }

    /// Whether parts that say the same as before, and stand where they stood, keep their ids.
    #[must_use]
    pub fn agree_with(&self, before: &Self) -> bool {
        let Self {
            facts,
            duties,
            sections,
            groups,
            faqs,
        } = self;
        let items = groups.iter().zip(&before.groups);
        agree(facts, &before.facts)
            && agree(duties, &before.duties)
            && agree(sections, &before.sections)
            && agree(faqs, &before.faqs)
            && groups.len() == before.groups.len()
            && items.into_iter().all(|(after, before)| {
                agree(&[after.id], &[before.id]) && agree(&after.items, &before.items)
            })
    }

    /// Every id with its text and the path of its part.
    fn listed(&self) -> Vec<(Uuid, String, String)> {
        let Self {
            facts,
            duties,
            sections,
            groups,
            faqs,
        } = self;
        let mut all = Vec::new();
        list(facts, "facts", &mut all);
        list(duties, "duties", &mut all);
        list(sections, "sections", &mut all);
        for (place, group) in groups.iter().enumerate() {
            let path = format!("qualificationGroups[{place}]");
            all.extend(group.id.map(|id| (id.uuid(), id.to_string(), path.clone())));
            list(&group.items, &format!("{path}.items"), &mut all);
        }
        list(faqs, "faqs", &mut all);
        all
    }
}

fn list<I: Id>(ids: &[Option<I>], path: &str, all: &mut Vec<(Uuid, String, String)>) {
    let ids = ids.iter().enumerate();
    all.extend(ids.filter_map(|(place, id)| {
        let id = (*id)?;
        Some((id.uuid(), id.to_string(), format!("{path}[{place}]")))
    }));
}

fn agree<I: PartialEq>(after: &[Option<I>], before: &[Option<I>]) -> bool {
    let mut pairs = after.iter().zip(before);
    after.len() == before.len() && pairs.all(|(after, before)| after.is_none() || after == before)
}
