//! What mutations of parts of a role tell.

use std::borrow::Cow;

use app::{Edited, Receipt};
use async_graphql::Context;
use domain::Stored;
use domain::id::PartId;
use domain::read::{Part, RoleBy, RoleTree};

use crate::error::ApiError;
use crate::plan;
use crate::schema::faq::Faq;
use crate::schema::mutation::{Named, only};
use crate::schema::role::Role;
use crate::schema::role::duty::Duty;
use crate::schema::role::fact::Fact;
use crate::schema::role::qualification::{Qualification, QualificationGroup};
use crate::schema::role::section::Section;
use crate::write::GraphContext as _;

/// What became of a part, and the role as it is afterwards with what is asked of it.
pub(super) struct Outcome {
    pub(super) edited: Edited,
    role: Option<RoleTree>,
}

impl Outcome {
    /// What a receipt tells to the mutation of a field, which is about `part` if that is known.
    pub(super) async fn of<M: Named>(
        ctx: &Context<'_>,
        receipt: Receipt,
        part: Option<PartId>,
    ) -> Result<Self, ApiError> {
        let mut edited = only(receipt);
        edited.part = edited.part.or(part);
        let call = ctx.call();
        let parts = plan::role_and_part(call.field(), M::PAYLOAD);
        let role = match edited.role() {
            Some(id) => {
                call.reads
                    .find_visible_role(&RoleBy::Id(id), &parts)
                    .await?
            }
            None => None,
        };
        Ok(Self { edited, role })
    }

    pub(super) fn role(&self) -> Option<Role<'_>> {
        self.role.as_ref().map(|tree| Role(Cow::Borrowed(tree)))
    }

    pub(super) fn fact(&self) -> Option<Fact<'_>> {
        let facts = loaded(&self.role.as_ref()?.facts);
        self.find(facts).map(|(_, fact)| Fact(fact))
    }

    pub(super) fn duty(&self) -> Option<Duty<'_>> {
        let duties = loaded(&self.role.as_ref()?.duties);
        self.find(duties).map(Duty::new)
    }

    pub(super) fn section(&self) -> Option<Section<'_>> {
        let sections = loaded(&self.role.as_ref()?.sections);
        self.find(sections).map(Section::new)
    }

    pub(super) fn qualification_group(&self) -> Option<QualificationGroup<'_>> {
        let groups = loaded(&self.role.as_ref()?.qualification_groups);
        self.find(groups).map(QualificationGroup::new)
    }

    pub(super) fn qualification(&self) -> Option<Qualification<'_>> {
        let groups = loaded(&self.role.as_ref()?.qualification_groups);
        let mut items = groups.iter().map(|group| self.find(&group.items));
        items.find_map(|item| item.map(Qualification::new))
    }

    pub(super) fn faq(&self) -> Option<Faq<'_>> {
        let faqs = loaded(&self.role.as_ref()?.faqs);
        let mut faqs = faqs.iter();
        let found = faqs.find(|tree| self.edited.part == Some(tree.faq.id.into()));
        found.map(|tree| Faq(Cow::Borrowed(tree)))
    }

    /// The part that the mutation was about, with its place.
    fn find<'t, I: Copy + Into<PartId>, T>(
        &self,
        parts: &'t [Stored<I, T>],
    ) -> Option<(usize, &'t Stored<I, T>)> {
        let mut parts = parts.iter().enumerate();
        parts.find(|(_, part)| self.edited.part == Some(part.id.into()))
    }
}

/// A list of which the plan says whether it is read.
fn loaded<T>(list: &Part<Vec<T>>) -> &[T] {
    list.get().map(Vec::as_slice).unwrap_or_default()
}
