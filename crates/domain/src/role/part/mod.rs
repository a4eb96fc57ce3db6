//! Parts of a role: what stands in lists that have an order, and has an id that outlives edits.
//!
//! A document knows no ids, so that a [`RoleDraft`] has none. Whoever edits a stored role has an
//! [`IdentifiedDraft`], in which every part goes along with its id.

mod edit;
mod ids;
mod list;

pub use edit::{PartEdit, PartProblem, PlacedPart};
pub use ids::{GroupIds, PartIds, StrayId};
pub use list::{Part, PartList};

use super::patch::settle_outline;
use super::{RoleDraft, RolePatch};

/// What a role says, with the ids of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentifiedDraft {
    draft: RoleDraft,
    ids: PartIds,
}

impl IdentifiedDraft {
    /// A draft whose parts have these ids, list by list.
    #[must_use]
    pub fn new(draft: RoleDraft, ids: PartIds) -> Self {
        Self { draft, ids }
    }

    /// What the role says.
    #[must_use]
    pub fn draft(&self) -> &RoleDraft {
        &self.draft
    }

    /// What the role says, without the ids.
    #[must_use]
    pub fn into_draft(self) -> RoleDraft {
        self.draft
    }

    /// The ids of its parts.
    #[must_use]
    pub fn ids(&self) -> &PartIds {
        &self.ids
    }

    /// Puts what an edit names in its place. Parts of a list that is replaced keep the ids that
    /// the edit has for them; the others are known again by what they say. Returns the ids that
    /// the edit has and must not have; then the draft is of no use.
    #[must_use]
    pub fn patch(&mut self, mut patch: RolePatch) -> Vec<StrayId> {
        let before = self.ids.clone();
        let given = std::mem::take(&mut patch.ids);
        if patch.facts.is_some() {
            self.ids.facts = given.facts;
        }
        if patch.duties.is_some() {
            self.ids.duties = given.duties;
        }
        if patch.sections.is_some() {
            self.ids.sections = given.sections;
        }
        if patch.qualification_groups.is_some() {
            self.ids.groups = given.groups;
        }
        if patch.faqs.is_some() {
            self.ids.faqs = given.faqs;
        }
        patch.apply(&mut self.draft);
        self.ids.fit(&self.draft);
        self.ids.strays(&before)
    }

    /// Puts another draft in the place of this one; its parts are known again by what they say.
    pub fn replace(&mut self, draft: RoleDraft) {
        self.ids = PartIds::unknown(&draft);
        self.draft = draft;
    }

    /// Says what a former draft of the same role said, in parts with the ids that they had then.
    pub fn restore(&mut self, former: &Self) {
        let Self { draft, ids } = former.clone();
        self.draft.restore(draft);
        self.ids = ids;
    }

    /// Changes the skills of the draft, which have no ids. Nothing else may change.
    pub fn with_skills(&mut self, change: impl FnOnce(&mut RoleDraft)) {
        change(&mut self.draft);
    }

    /// Edits one part, and settles the headings of the document. A part that is added gets the
    /// id `fresh`.
    pub fn edit<P: Part>(
        &mut self,
        edit: &PartEdit<'_, P>,
        fresh: P::Id,
    ) -> Result<PlacedPart, PartProblem> {
        let placed = edit.apply(self, fresh)?;
        settle_outline(&mut self.draft);
        Ok(placed)
    }
}

#[cfg(test)]
mod tests;
