//! The mutations of the parts of a role, one by one: every kind of part is added, changed, moved
//! and removed in the same way.

mod input;
mod payload;
mod qualification;

use std::borrow::Cow;
use std::marker::PhantomData;

use app::Receipt;
use async_graphql::{Context, Description, ID, MergedObject, Object, TypeName};
use domain::id::PartId;
use domain::role::part::{Part, PartEdit};
use gateway_macros::described;

use super::input::{
    DutyInput, FactInput, FaqInput, PartInput, QualificationGroupInput, SectionInput,
};
use super::payload::RoleWriteAction;
use crate::cost;
use crate::error::ApiError;
use crate::schema::faq::Faq;
use crate::schema::mutation::{
    COST, Desk, Named, WriteUserError, errors, payloads, position as place, version,
};
use crate::schema::node::parse_id;
use crate::schema::role::Role;
use crate::schema::role::duty::Duty;
use crate::schema::role::fact::Fact;
use crate::schema::role::qualification::QualificationGroup;
use crate::schema::role::section::Section;
use crate::schema::scalar::{BigInt, int};
use input::{
    DutyUpdateInput, FactUpdateInput, FaqUpdateInput, PartUpdate, QualificationGroupUpdateInput,
    SectionUpdateInput, no_id,
};
use payload::Outcome;
use qualification::QualificationMutation;

/// The mutations of the parts of a role.
#[derive(Default, MergedObject)]
pub(crate) struct PartMutation(
    FactMutation,
    DutyMutation,
    SectionMutation,
    GroupMutation,
    QualificationMutation,
    FaqMutation,
);

/// Declares what mutations of a kind of part tell.
macro_rules! part_payload {
    ($payload:ident { $field:ident: $part:ident, $description:literal }) => {
        /// What a mutation of a part tells.
        pub(super) struct $payload<M> {
            outcome: Outcome,
            mutation: PhantomData<M>,
        }

        impl<M: Named> $payload<M> {
            /// What a receipt tells to the mutation of a field, which is about `part` if that is
            /// known.
            pub(super) async fn of(
                ctx: &Context<'_>,
                receipt: Receipt,
                part: Option<PartId>,
            ) -> Result<Self, ApiError> {
                Ok(Self {
                    outcome: Outcome::of::<M>(ctx, receipt, part).await?,
                    mutation: PhantomData,
                })
            }
        }

        impl<M: Named> TypeName for $payload<M> {
            fn type_name() -> Cow<'static, str> {
                M::PAYLOAD.into()
            }
        }

        impl<M: Named> Description for $payload<M> {
            fn description() -> &'static str {
                M::DESCRIPTION
            }
        }

        #[Object(name_type, use_type_description, directive = cost::cost::apply(0))]
        impl<M: Named> $payload<M> {
            #[doc = $description]
            async fn $field(&self) -> Option<$part<'_>> {
                self.outcome.$field()
            }

            /// The role as it is after the mutation, also when that was refused; null when there
            /// is none.
            async fn role(&self) -> Option<Role<'_>> {
                self.outcome.role()
            }

            /// What was done to the role; null when the mutation was refused.
            async fn action(&self) -> Option<RoleWriteAction> {
                self.outcome.edited.action.map(Into::into)
            }

            /// The revision that the role has because of the mutation; null when there is no role.
            /// It stays that of the first answer when the mutation is sent again with its
            /// idempotency key, although `role` is shown as it is then.
            async fn revision(&self) -> Option<i32> {
                self.outcome.edited.revision.map(int)
            }

            /// The version of the catalogue that has what was written; readers may ask for it with
            /// the header `Rolegraph-Min-Version`.
            async fn catalogue_version(&self, ctx: &Context<'_>) -> Result<BigInt, ApiError> {
                version(ctx).await
            }

            /// Why the mutation was refused; empty when it was done.
            #[graphql(directive = cost::BoundedList::apply())]
            async fn user_errors(&self) -> Vec<WriteUserError> {
                errors(&self.outcome.edited)
            }
        }
    };
}

pub(super) use part_payload;

/// Declares the mutations of a kind of part that stands in one list of the role.
macro_rules! part_mutations {
    (
        $mutation:ident, $payload:ident, $what:literal {
            $add:ident($input:ident) -> $added:ident = $add_payload:literal,
            $update:ident($change:ident) -> $updated:ident = $update_payload:literal,
            $move:ident -> $moved:ident = $move_payload:literal,
            $remove:ident -> $removed:ident = $remove_payload:literal $(,)?
        }
    ) => {
        payloads! {
            $added = $add_payload, concat!("What adding a ", $what, " tells.");
            $updated = $update_payload, concat!("What changing a ", $what, " tells.");
            $moved = $move_payload, concat!("What moving a ", $what, " tells.");
            $removed = $remove_payload, concat!("What removing a ", $what, " tells.");
        }

        /// The mutations of one kind of part.
        #[derive(Default)]
        struct $mutation;

        #[described]
        #[Object]
        impl $mutation {
            #[doc = concat!("Adds a ", $what, " to a role.")]
            #[graphql(directive = cost::cost::apply(COST))]
            async fn $add(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Which role.")] role: ID,
                #[graphql(desc = "What is to be added.")] input: $input,
                #[graphql(desc = "The place that it gets in its list, from 0; the end when it is left out.")]
                position: Option<i32>,
                expected_revision: Option<i32>,
                idempotency_key: Option<String>,
            ) -> Result<$payload<$added>, ApiError> {
                let desk = Desk::of(ctx, idempotency_key.as_deref())?;
                let add = added(input, (), position);
                let receipt = desk.edit_part(parse_id(&role)?, expected_revision, add);
                $payload::of(ctx, receipt.await?, None).await
            }

            #[doc = concat!("Changes a ", $what, ", which keeps its id and its place. What the input leaves out stays as it is, and null clears.")]
            #[graphql(directive = cost::cost::apply(COST))]
            async fn $update(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Which role.")] role: ID,
                #[graphql(desc = "Which part of the role.")] id: ID,
                #[graphql(desc = "What is to be changed.")] input: $change,
                expected_revision: Option<i32>,
                idempotency_key: Option<String>,
            ) -> Result<$payload<$updated>, ApiError> {
                let (desk, id) = (Desk::of(ctx, idempotency_key.as_deref())?, parse_id(&id)?);
                let change = |part: &mut _| input.change(part);
                let edit = readable(&input, PartEdit::Change { id, change: &change });
                let receipt = desk.edit_part(parse_id(&role)?, expected_revision, edit);
                $payload::of(ctx, receipt.await?, Some(id.into())).await
            }

            #[doc = concat!("Puts a ", $what, " at another place of its list; it keeps its id.")]
            #[graphql(directive = cost::cost::apply(COST))]
            async fn $move(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Which role.")] role: ID,
                #[graphql(desc = "Which part of the role.")] id: ID,
                #[graphql(desc = "The place that it has afterwards, from 0.")] position: i32,
                expected_revision: Option<i32>,
                idempotency_key: Option<String>,
            ) -> Result<$payload<$moved>, ApiError> {
                let (desk, id) = (Desk::of(ctx, idempotency_key.as_deref())?, parse_id(&id)?);
                let edit: PartEdit<'_, <$input as PartInput>::Part> = PartEdit::Move {
                    id,
                    holder: None,
                    position: place(position),
                };
                let receipt = desk.edit_part(parse_id(&role)?, expected_revision, Ok(edit));
                $payload::of(ctx, receipt.await?, Some(id.into())).await
            }

            #[doc = concat!("Takes a ", $what, " out of a role.")]
            #[graphql(directive = cost::cost::apply(COST))]
            async fn $remove(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Which role.")] role: ID,
                #[graphql(desc = "Which part of the role.")] id: ID,
                expected_revision: Option<i32>,
                idempotency_key: Option<String>,
            ) -> Result<$payload<$removed>, ApiError> {
                let (desk, id) = (Desk::of(ctx, idempotency_key.as_deref())?, parse_id(&id)?);
                let edit: PartEdit<'_, <$input as PartInput>::Part> = PartEdit::Remove { id };
                let receipt = desk.edit_part(parse_id(&role)?, expected_revision, Ok(edit));
                $payload::of(ctx, receipt.await?, Some(id.into())).await
            }
        }
    };
}

/// The edit that adds a part, or what of it cannot be read.
fn added<I: PartInput>(
    input: I,
    holder: <I::Part as Part>::Holder,
    position: Option<i32>,
) -> Result<PartEdit<'static, I::Part>, Vec<app::Refusal>> {
    if let Some(refusal) = no_id(input.id().is_some()) {
        return Err(vec![refusal]);
    }
    let part = input.into_part();
    let part = part.map_err(|refusal| vec![refusal.inside_of(&["input".to_owned()])])?;
    Ok(PartEdit::Add {
        holder,
        part,
        position: position.map(place),
    })
}

/// The edit that changes a part, or what of it cannot be read.
fn readable<'e, U: PartUpdate>(
    input: &U,
    edit: PartEdit<'e, U::Part>,
) -> Result<PartEdit<'e, U::Part>, Vec<app::Refusal>> {
    let refusals = input.refusals();
    if refusals.is_empty() {
        Ok(edit)
    } else {
        Err(refusals)
    }
}

part_payload!(FactPayload { fact: Fact, "The fact as it is after the mutation; null when there is none or it is gone." });
part_payload!(DutyPayload { duty: Duty, "The duty as it is after the mutation; null when there is none or it is gone." });
part_payload!(SectionPayload { section: Section, "The section as it is after the mutation; null when there is none or it is gone." });
part_payload!(GroupPayload { qualification_group: QualificationGroup, "The group as it is after the mutation; null when there is none or it is gone." });
part_payload!(FaqPayload { faq: Faq, "The question as it is after the mutation; null when there is none or it is gone." });

part_mutations! {
    FactMutation, FactPayload, "fact" {
        fact_add(FactInput) -> FactAdded = "FactAddPayload",
        fact_update(FactUpdateInput) -> FactUpdated = "FactUpdatePayload",
        fact_move -> FactMoved = "FactMovePayload",
        fact_remove -> FactRemoved = "FactRemovePayload",
    }
}

part_mutations! {
    DutyMutation, DutyPayload, "duty" {
        duty_add(DutyInput) -> DutyAdded = "DutyAddPayload",
        duty_update(DutyUpdateInput) -> DutyUpdated = "DutyUpdatePayload",
        duty_move -> DutyMoved = "DutyMovePayload",
        duty_remove -> DutyRemoved = "DutyRemovePayload",
    }
}

part_mutations! {
    SectionMutation, SectionPayload, "section" {
        section_add(SectionInput) -> SectionAdded = "SectionAddPayload",
        section_update(SectionUpdateInput) -> SectionUpdated = "SectionUpdatePayload",
        section_move -> SectionMoved = "SectionMovePayload",
        section_remove -> SectionRemoved = "SectionRemovePayload",
    }
}

part_mutations! {
    GroupMutation, GroupPayload, "qualification group" {
        qualification_group_add(QualificationGroupInput) -> GroupAdded = "QualificationGroupAddPayload",
        qualification_group_update(QualificationGroupUpdateInput) -> GroupUpdated = "QualificationGroupUpdatePayload",
        qualification_group_move -> GroupMoved = "QualificationGroupMovePayload",
        qualification_group_remove -> GroupRemoved = "QualificationGroupRemovePayload",
    }
}

part_mutations! {
    FaqMutation, FaqPayload, "question" {
        faq_add(FaqInput) -> FaqAdded = "FaqAddPayload",
        faq_update(FaqUpdateInput) -> FaqUpdated = "FaqUpdatePayload",
        faq_move -> FaqMoved = "FaqMovePayload",
        faq_remove -> FaqRemoved = "FaqRemovePayload",
    }
}
