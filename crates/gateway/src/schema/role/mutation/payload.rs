//! What mutations of roles tell.

use std::borrow::Cow;
use std::collections::HashMap;
use std::marker::PhantomData;

use app::{EditAction, Edited, Receipt};
use async_graphql::{Context, Description, Enum, Object, TypeName};
use domain::id::RoleId;
use domain::read::{RoleBy, RoleTree};

use super::super::Role;
use crate::cost;
use crate::error::ApiError;
use crate::plan;
use crate::schema::mutation::{Named, WriteUserError, errors, only, version};
use crate::schema::scalar::{BigInt, int};
use crate::write::GraphContext as _;

/// What a mutation of one role tells.
pub(super) struct RolePayload<M> {
    edited: Edited,
    mutation: PhantomData<M>,
}

impl<M> RolePayload<M> {
    /// What the receipt of a write of one role tells.
    pub(super) fn new(receipt: Receipt) -> Self {
        Self {
            edited: only(receipt),
            mutation: PhantomData,
        }
    }
}

impl<M: Named> TypeName for RolePayload<M> {
    fn type_name() -> Cow<'static, str> {
        M::PAYLOAD.into()
    }
}

impl<M: Named> Description for RolePayload<M> {
    fn description() -> &'static str {
        M::DESCRIPTION
    }
}

#[Object(name_type, use_type_description, directive = cost::cost::apply(0))]
impl<M: Named> RolePayload<M> {
    /// The role as it is after the mutation, also when that was refused; null when there is none
    /// or it is gone.
    async fn role(&self, ctx: &Context<'_>) -> Option<Result<Role<'static>, ApiError>> {
        let id = self.edited.role()?;
        let call = ctx.call_in(M::PAYLOAD);
        let parts = plan::role(call.field());
        let found = call.reads.find_visible_role(&RoleBy::Id(id), &parts).await;
        let found = found.map_err(ApiError::from).transpose()?;
        Some(found.map(|tree| Role(Cow::Owned(tree))))
    }

    /// What was done; null when the mutation was refused.
    async fn action(&self) -> Option<RoleWriteAction> {
        self.edited.action.map(Into::into)
    }

    /// The revision that the role has because of the mutation; null when there is no role. It
    /// stays that of the first answer when the mutation is sent again with its idempotency key,
    /// although `role` is shown as it is then.
    async fn revision(&self) -> Option<i32> {
        self.edited.revision.map(int)
    }

    /// The version of the catalogue that has what was written; readers may ask for it with the
    /// header `Rolegraph-Min-Version`.
    async fn catalogue_version(&self, ctx: &Context<'_>) -> Result<BigInt, ApiError> {
        version(ctx).await
    }

    /// Why the mutation was refused; empty when it was done.
    #[graphql(directive = cost::BoundedList::apply())]
    async fn user_errors(&self) -> Vec<WriteUserError> {
        errors(&self.edited)
    }
}

/// What was done to a role.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "EditAction")]
pub(super) enum RoleWriteAction {
    /// The role is new.
    Created,
    /// The role says something else than before.
    Updated,
    /// The role said the same before; nothing was written, and there is no change.
    Unchanged,
    /// The role is gone; the change feed keeps its tombstone.
    Deleted,
}

/// What `rolesUpsert` tells.
pub(super) struct RolesUpsertPayload(Receipt);

impl RolesUpsertPayload {
    pub(super) fn new(receipt: Receipt) -> Self {
        Self(receipt)
    }
}

/// What `rolesUpsert` tells.
#[Object(directive = cost::cost::apply(0))]
impl RolesUpsertPayload {
    /// What became of the roles, one entry for each in the order of the argument; empty when the
    /// mutation was refused as a whole.
    #[graphql(directive = cost::BoundedList::apply())]
    async fn results(&self, ctx: &Context<'_>) -> Result<Vec<RoleUpsertResult>, ApiError> {
        let call = ctx.call_in("RolesUpsertPayload");
        let mut selected = call.field().children("RoleUpsertResult");
        let Some(field) = selected.find(|field| field.name() == "role") else {
            return Ok(self.results_with(&HashMap::new()));
        };
        let ids: Vec<RoleId> = self.0.edited.iter().filter_map(Edited::role).collect();
        let roles = call
            .reads
            .visible_roles_of_ids(&ids, &plan::role(field))
            .await?;
        let roles = roles.into_iter().map(|tree| (tree.role.id, tree));
        Ok(self.results_with(&roles.collect()))
    }

    /// The version of the catalogue that has what was written; readers may ask for it with the
    /// header `Rolegraph-Min-Version`.
    async fn catalogue_version(&self, ctx: &Context<'_>) -> Result<BigInt, ApiError> {
        version(ctx).await
    }

    /// Why the mutation was refused as a whole; empty when each of the roles tells for itself.
    #[graphql(directive = cost::BoundedList::apply())]
    async fn user_errors(&self) -> Vec<WriteUserError> {
        let refusals = self.0.refusals.iter().cloned();
        refusals.map(WriteUserError).collect()
    }
}

impl RolesUpsertPayload {
    fn results_with(&self, roles: &HashMap<RoleId, RoleTree>) -> Vec<RoleUpsertResult> {
        let edited = self.0.edited.iter().enumerate();
        edited
            .map(|(index, edited)| RoleUpsertResult {
                index,
                role: edited.role().and_then(|role| roles.get(&role).cloned()),
                edited: edited.clone(),
            })
            .collect()
    }
}

/// What became of one of several roles.
struct RoleUpsertResult {
    index: usize,
    edited: Edited,
    role: Option<RoleTree>,
}

/// What became of one of several roles.
#[Object(directive = cost::cost::apply(0))]
impl RoleUpsertResult {
    /// The place of the role in the argument, from 0.
    async fn index(&self) -> i32 {
        int(self.index)
    }

    /// The role as it is after the mutation; null when there is none.
    async fn role(&self) -> Option<Role<'_>> {
        self.role.as_ref().map(|tree| Role(Cow::Borrowed(tree)))
    }

    /// What was done; null when the role was refused.
    async fn action(&self) -> Option<RoleWriteAction> {
        self.edited.action.map(Into::into)
    }

    /// The revision that the role has because of the mutation; null when there is no role.
    async fn revision(&self) -> Option<i32> {
        self.edited.revision.map(int)
    }

    /// Why the role was refused; empty when it was written or says the same.
    #[graphql(directive = cost::BoundedList::apply())]
    async fn user_errors(&self) -> Vec<WriteUserError> {
        errors(&self.edited)
    }
}
