//! What may be written by hand.

use domain::Slug;
use domain::id::{CategoryId, IdSource, RoleId, SkillId};
use domain::role::{IdentifiedDraft, PlacedPart, RoleDraft};
use domain::skill::{SkillPatch, SkillTerm};

use super::Refusal;

/// An edit of what a role says; it tells which part of the role it was about, when it was about one,
/// or why it cannot be done. It may be done several times, each time to the role as it is then. What
/// it adds gets its id from the source of ids.
pub type Edit<'w> = &'w (dyn Fn(&mut IdentifiedDraft, &dyn IdSource) -> EditOutcome + Send + Sync);

/// What comes out of an edit.
pub type EditOutcome = Result<Option<PlacedPart>, Vec<Refusal>>;

/// What is to be done to one role.
#[derive(Clone, Copy)]
pub enum RoleWrite<'w> {
    /// Adds a role.
    Create {
        /// What it says.
        draft: &'w RoleDraft,
        /// Whether its slug may become another one that nobody holds.
        any_slug: bool,
    },
    /// Changes a role.
    Edit {
        /// Which role.
        role: RoleId,
        /// The revision that it has, as far as the sender knows.
        expected: Option<u32>,
        /// The slug by which it is called from now on.
        slug: Option<&'w Slug>,
        /// What it says from now on.
        edit: Edit<'w>,
    },
    /// Lets a role say again what it said in a revision that was published.
    Restore {
        /// Which role.
        role: RoleId,
        /// Which revision.
        revision: u32,
        /// The revision that it has, as far as the sender knows.
        expected: Option<u32>,
    },
    /// Takes a role out of the catalogue.
    Delete {
        /// Which role.
        role: RoleId,
        /// The revision that it has, as far as the sender knows.
        expected: Option<u32>,
    },
    /// Adds a role or changes it, whichever it takes: source, locale and slug name it.
    Upsert(&'w RoleDraft),
}

/// What is to be done to one category.
#[derive(Clone, Copy)]
pub enum CategoryWrite<'w> {
    /// Adds a category.
    Create {
        /// The name as people read it.
        name: &'w str,
        /// The slug by which it is called; made from the name without one.
        slug: Option<&'w Slug>,
        /// The category above; at the top without one.
        parent: Option<CategoryId>,
        /// The place among the categories with the same parent; the end without one.
        position: Option<usize>,
    },
    /// Calls a category otherwise.
    Update {
        /// Which category.
        category: CategoryId,
        /// The name that it has from now on.
        name: Option<&'w str>,
        /// The slug by which it is called from now on.
        slug: Option<&'w Slug>,
    },
    /// Puts a category with everything below it elsewhere.
    Move {
        /// Which category.
        category: CategoryId,
        /// The category above from now on, or the top of the tree.
        parent: Option<Option<CategoryId>>,
        /// The place among the categories with the same parent; without one the end, or the place
        /// that it has when its parent stays the same.
        position: Option<usize>,
    },
    /// Takes a category out on which nothing hangs.
    Delete {
        /// Which category.
        category: CategoryId,
    },
}

/// What is to be done to one skill.
#[derive(Clone, Copy)]
pub enum SkillWrite<'w> {
    /// Adds a skill.
    Create {
        /// The skill.
        term: &'w SkillTerm,
        /// The slug by which it is called; made from the name without one.
        slug: Option<&'w Slug>,
    },
    /// Changes a skill.
    Update {
        /// Which skill.
        skill: SkillId,
        /// What is to be changed.
        patch: &'w SkillPatch,
        /// The slug by which it is called from now on.
        slug: Option<&'w Slug>,
    },
    /// Puts a skill in the place of another one wherever that is, and takes the other one out.
    Merge {
        /// The skill that is gone afterwards.
        from: SkillId,
        /// The skill in its place.
        into: SkillId,
    },
    /// Takes a skill out that no role has.
    Delete {
        /// Which skill.
        skill: SkillId,
    },
}

/// What one transaction writes.
#[derive(Clone, Copy)]
pub(crate) enum Writes<'w> {
    /// Roles, one after the other.
    Roles(&'w [RoleWrite<'w>]),
    /// A category.
    Category(CategoryWrite<'w>),
    /// A skill.
    Skill(SkillWrite<'w>),
}
