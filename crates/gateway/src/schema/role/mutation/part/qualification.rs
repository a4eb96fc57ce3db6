//! The mutations of qualifications, which stand in groups.

use std::borrow::Cow;
use std::marker::PhantomData;

use app::Receipt;
use async_graphql::{Context, Description, ID, Object, TypeName};
use domain::id::PartId;
use domain::role::Qualification as Item;
use domain::role::part::PartEdit;
use domain::skill::SkillTerm;
use gateway_macros::described;

use super::input::{PartUpdate as _, QualificationInput, QualificationUpdateInput};
use super::payload::Outcome;
use super::{part_payload, readable};
use crate::cost;
use crate::error::ApiError;
use crate::schema::mutation::{
    COST, Desk, Named, WriteUserError, errors, payloads, position as place, version,
};
use crate::schema::node::parse_id;
use crate::schema::role::Role;
use crate::schema::role::mutation::payload::RoleWriteAction;
use crate::schema::role::qualification::Qualification;
use crate::schema::scalar::{BigInt, int};

/// The mutations of qualifications.
#[derive(Default)]
pub(super) struct QualificationMutation;

payloads! {
    Added = "QualificationAddPayload", "What adding a qualification tells.";
    Updated = "QualificationUpdatePayload", "What changing a qualification tells.";
    Moved = "QualificationMovePayload", "What moving a qualification tells.";
    Removed = "QualificationRemovePayload", "What removing a qualification tells.";
}

part_payload!(QualificationPayload {
    qualification: Qualification,
    "The qualification as it is after the mutation; null when there is none or it is gone."
});

#[described]
#[Object]
impl QualificationMutation {
    #[expect(
        clippy::too_many_arguments,
        reason = "a place is a group and a position"
    )]
    /// Adds a qualification to a group of a role.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn qualification_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] role: ID,
        #[graphql(desc = "Which group of the role.")] group: ID,
        #[graphql(desc = "What is to be added.")] input: QualificationInput,
        #[graphql(
            desc = "The place that it gets in its group, from 0; the end when it is left out."
        )]
        position: Option<i32>,
        expected_revision: Option<i32>,
        idempotency_key: Option<String>,
    ) -> Result<QualificationPayload<Added>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let QualificationInput { text } = input;
        let add = PartEdit::Add {
            holder: parse_id(&group)?,
            part: Item {
                text,
                skills: Vec::new(),
            },
            position: position.map(place),
        };
        let receipt = desk.edit_part(parse_id(&role)?, expected_revision, Ok(add));
        QualificationPayload::of(ctx, receipt.await?, None).await
    }

    /// Changes a qualification, which keeps its id and its place.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn qualification_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] role: ID,
        #[graphql(desc = "Which part of the role.")] id: ID,
        #[graphql(desc = "What is to be changed.")] input: QualificationUpdateInput,
        expected_revision: Option<i32>,
        idempotency_key: Option<String>,
    ) -> Result<QualificationPayload<Updated>, ApiError> {
        let (desk, id) = (Desk::of(ctx, idempotency_key.as_deref())?, parse_id(&id)?);
        let change = |item: &mut Item<SkillTerm>| input.change(item);
        let edit = PartEdit::Change {
            id,
            change: &change,
        };
        let edit = readable(&input, edit);
        let receipt = desk.edit_part(parse_id(&role)?, expected_revision, edit);
        QualificationPayload::of(ctx, receipt.await?, Some(id.into())).await
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a place is a group and a position"
    )]
    /// Puts a qualification at another place of its group, or into another group of its role; it
    /// keeps its id.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn qualification_move(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] role: ID,
        #[graphql(desc = "Which part of the role.")] id: ID,
        #[graphql(
            desc = "The group in which it stands afterwards; that of before when it is left out."
        )]
        group: Option<ID>,
        #[graphql(desc = "The place that it has afterwards, from 0.")] position: i32,
        expected_revision: Option<i32>,
        idempotency_key: Option<String>,
    ) -> Result<QualificationPayload<Moved>, ApiError> {
        let (desk, id) = (Desk::of(ctx, idempotency_key.as_deref())?, parse_id(&id)?);
        let edit: PartEdit<'_, Item<SkillTerm>> = PartEdit::Move {
            id,
            holder: group.as_ref().map(parse_id).transpose()?,
            position: place(position),
        };
        let receipt = desk.edit_part(parse_id(&role)?, expected_revision, Ok(edit));
        QualificationPayload::of(ctx, receipt.await?, Some(id.into())).await
    }

    /// Takes a qualification out of a role.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn qualification_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] role: ID,
        #[graphql(desc = "Which part of the role.")] id: ID,
        expected_revision: Option<i32>,
        idempotency_key: Option<String>,
    ) -> Result<QualificationPayload<Removed>, ApiError> {
        let (desk, id) = (Desk::of(ctx, idempotency_key.as_deref())?, parse_id(&id)?);
        let edit: PartEdit<'_, Item<SkillTerm>> = PartEdit::Remove { id };
        let receipt = desk.edit_part(parse_id(&role)?, expected_revision, Ok(edit));
        QualificationPayload::of(ctx, receipt.await?, Some(id.into())).await
    }
}
