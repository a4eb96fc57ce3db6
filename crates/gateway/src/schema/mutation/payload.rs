//! What mutations tell.

use std::marker::PhantomData;

use app::{EditAction, Edited, Receipt, Refusal, RefusalCode};
use async_graphql::{Context, Enum};
use domain::id::EntityId;

use super::WriteUserError;
use crate::error::ApiError;
use crate::schema::scalar::BigInt;
use crate::write::GraphContext as _;

/// A mutation, for the names in the schema.
pub(crate) trait Named: Send + Sync {
    /// The name of what it tells.
    const PAYLOAD: &'static str;
    /// What that is.
    const DESCRIPTION: &'static str;
}

/// Declares what the payloads of mutations are called.
macro_rules! payloads {
    ($($name:ident = $payload:expr, $description:expr;)+) => { $(
        #[doc = $description]
        pub(crate) struct $name;

        impl $crate::schema::mutation::Named for $name {
            const PAYLOAD: &'static str = $payload;
            const DESCRIPTION: &'static str = $description;
        }
    )+ };
}

pub(crate) use payloads;

/// What a mutation of something without revisions tells.
pub(crate) struct Told<M> {
    pub(crate) edited: Edited,
    mutation: PhantomData<M>,
}

impl<M: Named> Told<M> {
    /// What the receipt of one write tells.
    pub(crate) fn new(receipt: Receipt) -> Self {
        Self {
            edited: only(receipt),
            mutation: PhantomData,
        }
    }
}

/// Declares what mutations of something tell that has no revisions and is read again by its id.
macro_rules! told_payload {
    ($payload:ident { $field:ident: $type:ident by $by:ident, $find:ident, $description:literal }) => {
        /// What a mutation tells.
        struct $payload<M>(Told<M>);

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
            async fn $field(&self, ctx: &Context<'_>) -> Option<Result<$type<'static>, ApiError>> {
                let Some(EntityId::$type(id)) = self.0.edited.subject else {
                    return None;
                };
                let call = ctx.call_in(M::PAYLOAD);
                let parts = plan::$field(call.field());
                let found = call.reads.$find(&$by::Id(id), &parts).await;
                let found = found.map_err(ApiError::from).transpose()?;
                Some(found.map(|tree| $type(Cow::Owned(tree))))
            }

            /// What was done; null when the mutation was refused.
            async fn action(&self) -> Option<WriteAction> {
                self.0.edited.action.map(Into::into)
            }

            /// The version of the catalogue that has what was written; readers may ask for it with the
            /// header `Rolegraph-Min-Version`.
            async fn catalogue_version(&self, ctx: &Context<'_>) -> Result<BigInt, ApiError> {
                version(ctx).await
            }

            /// Why the mutation was refused; empty when it was done.
            #[graphql(directive = cost::BoundedList::apply())]
            async fn user_errors(&self) -> Vec<WriteUserError> {
                errors(&self.0.edited)
            }
        }
    };
}

pub(crate) use told_payload;

/// What was done to something that is not a role.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "EditAction")]
pub(crate) enum WriteAction {
    /// It is new.
    Created,
    /// It is something else than before.
    Updated,
    /// It was the same before; nothing was written, and there is no change.
    Unchanged,
    /// It is gone; the change feed keeps its tombstone.
    Deleted,
}

/// What became of the only write of a receipt.
pub(crate) fn only(receipt: Receipt) -> Edited {
    let Receipt {
        edited,
        refusals,
        replayed: _,
    } = receipt;
    let mut edited = edited.into_iter().next().unwrap_or_default();
    edited.refusals.splice(..0, refusals);
    edited
}

/// Why a write was refused.
pub(crate) fn errors(edited: &Edited) -> Vec<WriteUserError> {
    let refusals = edited.refusals.iter().cloned();
    refusals.map(WriteUserError).collect()
}

/// What becomes of an edit that clears fields which must not be; `None` when it clears none.
pub(crate) fn cleared(subject: impl Into<EntityId>, nulls: &[(bool, &str)]) -> Option<Receipt> {
    let nulls = nulls.iter().filter(|(is_null, _)| *is_null);
    let refusals: Vec<Refusal> = nulls.map(|(_, field)| indispensable(field)).collect();
    if refusals.is_empty() {
        return None;
    }
    let edited = Edited {
        subject: Some(subject.into()),
        ..Edited::refused(refusals)
    };
    Some(Receipt {
        edited: vec![edited],
        ..Receipt::default()
    })
}

/// Refuses to clear a field.
pub(crate) fn indispensable(field: &str) -> Refusal {
    let message = format!("{field} cannot be cleared: leave it out to keep it");
    Refusal::new(RefusalCode::Blank, &["input", field], message)
}

/// The version of the catalogue that has what was written.
pub(crate) async fn version(ctx: &Context<'_>) -> Result<BigInt, ApiError> {
    let version = ctx.call().reads.catalogue_version().await?;
    Ok(BigInt(i64::try_from(version).unwrap_or(i64::MAX)))
}

/// A position as a client sends it; one below 0 is in no list.
pub(crate) fn position(number: i32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// What a mutation costs.
pub(crate) const COST: i32 = 10;
