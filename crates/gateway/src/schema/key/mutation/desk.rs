//! Where the mutations of keys of one caller are written.

use app::{AppError, Attempt, KeyWrite, Keys, Refusal, RefusalCode};
use async_graphql::Context;
use domain::access::Scope;

use super::payload::Outcome;
use crate::error::ApiError;
use crate::execute::Asking;
use crate::schema::mutation::attempt;
use crate::write::GraphContext as _;

/// Where the mutations of keys of one caller are written.
pub(super) struct Desk<'c> {
    keys: Keys,
    asking: &'c Asking,
    attempt: Option<Attempt>,
}

impl<'c> Desk<'c> {
    /// The desk of the caller, if there is one for it.
    pub(super) fn of(ctx: &'c Context<'_>, key: Option<&str>) -> Result<Self, ApiError> {
        let call = ctx.call();
        call.require(Scope::KeysManage)?;
        Ok(Self {
            keys: call.access()?.keys.clone(),
            attempt: attempt(ctx, key, &call.asking.repetition)?,
            asking: ctx.data_unchecked(),
        })
    }

    pub(super) async fn write(&self, write: &KeyWrite) -> Result<Outcome, ApiError> {
        let caller = self.asking.caller();
        let attempt = self.attempt.as_ref();
        match self.keys.write_key(caller, write, attempt).await {
            Ok(written) => {
                if written.replayed {
                    self.asking.repetition.replay();
                }
                Ok(Outcome::of(written))
            }
            Err(error) => Ok(Outcome::refused(refusals(error)?)),
        }
    }
}

/// What the sender of a mutation can change; everything else is an error.
fn refusals(error: AppError) -> Result<Vec<Refusal>, ApiError> {
    let about_key = |code| vec![Refusal::new(code, &["id"], error.to_string())];
    Ok(match &error {
        AppError::UnknownKey(_) => about_key(RefusalCode::NotFound),
        AppError::DeadKey(_) => about_key(RefusalCode::Invalid),
        AppError::Invalid(violations) => violations.iter().map(of_violation).collect(),
        AppError::Refused(refusal) => vec![refusal.clone()],
        _ => return Err(error.into()),
    })
}

/// The overlap is an argument of its own.
fn of_violation(violation: &domain::Violation) -> Refusal {
    let mut refusal = Refusal::of_violation(violation);
    if violation.field() == "overlap" {
        refusal.path.retain(|step| step != "input");
    }
    refusal
}
