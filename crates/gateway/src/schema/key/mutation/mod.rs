//! The mutations of keys.

mod desk;
mod input;
mod payload;

use std::time::Duration;

use app::KeyWrite;
use async_graphql::{Context, ID, Object};
use gateway_macros::described;

use crate::cost;
use crate::error::ApiError;
use crate::schema::node::parse_id;
use desk::Desk;
use input::KeyCreateInput;
use payload::{Created, KeyPayload, KeyRevokePayload, Outcome, Rotated};

/// What a mutation of a key costs.
const COST: i32 = 10;

/// The mutations of keys.
#[derive(Default)]
pub(crate) struct KeyMutation;

#[described]
#[Object]
impl KeyMutation {
    /// Makes a key. Nobody gives a key a scope that they do not have.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn key_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the key is to be.")] input: KeyCreateInput,
        #[graphql(
            desc = "Names the mutation, so that it runs once however often it is sent within 7 days: 1 to 255 visible characters. Whoever sends it again is shown the key without its secret."
        )]
        idempotency_key: Option<String>,
    ) -> Result<KeyPayload<Created>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let outcome = match input.into_draft() {
            Ok(draft) => desk.write(&KeyWrite::Create(draft)).await?,
            Err(refusals) => Outcome::refused(refusals),
        };
        Ok(KeyPayload::new(outcome))
    }

    /// Gives a key a new secret. The present one holds for a while longer, and the one before it
    /// ends at once. Nobody rotates a key that may do more than they may.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn key_rotate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which key.")] id: ID,
        #[graphql(
            desc = "For how many seconds the present secret still holds: 0 to 604800, which are 7 days.",
            default = 86_400
        )]
        overlap: i32,
        #[graphql(
            desc = "Names the mutation, so that it runs once however often it is sent within 7 days: 1 to 255 visible characters. Whoever sends it again is shown the key without its secret."
        )]
        idempotency_key: Option<String>,
    ) -> Result<KeyPayload<Rotated>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let key = parse_id(&id)?;
        let outcome = match u64::try_from(overlap) {
            Ok(seconds) => {
                let overlap = Duration::from_secs(seconds);
                desk.write(&KeyWrite::Rotate { key, overlap }).await?
            }
            Err(_negative) => Outcome::refused(vec![input::negative(overlap)]),
        };
        Ok(KeyPayload::new(outcome))
    }

    /// Ends a key for good, within a second everywhere. A key that was revoked before stays as it
    /// is. Nobody revokes a key that may do more than they may.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn key_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which key.")] id: ID,
        idempotency_key: Option<String>,
    ) -> Result<KeyRevokePayload, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let revoke = KeyWrite::Revoke(parse_id(&id)?);
        Ok(KeyRevokePayload(desk.write(&revoke).await?))
    }
}
