//! Duties.

use std::borrow::Cow;

use async_graphql::{Enum, ID, Object};
use domain::read::tree::DutyNode;
use gateway_macros::{Written, written};

use crate::cost;
use crate::schema::scalar::int;
use crate::schema::skill::Skill;

/// One thing that people in the role do.
pub(super) struct Duty<'t> {
    position: usize,
    duty: &'t DutyNode,
}

impl<'t> Duty<'t> {
    /// The duty at its place among all duties of its role.
    pub(super) fn new((position, duty): (usize, &'t DutyNode)) -> Self {
        Self { position, duty }
    }
}

/// One thing that people in the role do.
#[written]
#[Object]
impl Duty<'_> {
    /// The id of the duty.
    fn id(&self) -> ID {
        self.duty.id.to_string().into()
    }

    /// The place among the duties of the role, from 0.
    fn position(&self) -> i32 {
        int(self.position)
    }

    /// The duty in one sentence.
    fn text(&self) -> &str {
        &self.duty.text
    }

    /// How central the duty is, as far as its source says.
    fn kind(&self) -> DutyKind {
        self.duty.kind.into()
    }

    /// The id that the source has for the duty, the same in all of its releases; null when it gives
    /// none.
    fn external_id(&self) -> Option<&str> {
        self.duty.external_id.as_deref()
    }

    /// The codes of the activities that the duty is an example of, as the source writes them, such
    /// as `4.A.2.a.4.I09.D03`; empty when it names none.
    #[graphql(directive = cost::BoundedList::apply())]
    fn activities(&self) -> Vec<&str> {
        self.duty.activities.iter().map(String::as_str).collect()
    }

    /// The skills that the text names, in order of appearance.
    #[graphql(directive = cost::BoundedList::apply())]
    fn skills(&self) -> Vec<Skill<'_>> {
        let trees = self.duty.skills.iter();
        trees.map(|tree| Skill(Cow::Borrowed(tree))).collect()
    }
}

/// How central a duty is, as far as its source says.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::DutyKind")]
pub(super) enum DutyKind {
    /// The duty is central to the role.
    Core,
    /// The duty is less central.
    Supplemental,
    /// The duty is new in the field.
    EmergingNew,
    /// The duty is known and changing.
    EmergingRevision,
    /// The source does not say.
    Unspecified,
}
