//! Where the mutations of one caller are written.

use std::sync::Arc;

use app::{Attempt, Catalogue, CategoryWrite, Receipt, RoleWrite, SkillWrite, StoreOptions};
use async_graphql::Context;
use domain::access::{Author, Scope};
use ingest::skill::Dictionary;

use super::{Repetition, attempt};
use crate::error::ApiError;
use crate::execute::Asking;
use crate::write::GraphContext as _;

/// Where the mutations of one caller are written.
pub(crate) struct Desk<'c> {
    catalogue: &'c Catalogue,
    /// Finds the skills that texts name.
    pub(crate) dictionary: &'c Dictionary,
    repetition: &'c Repetition,
    /// Who writes.
    pub(crate) author: Author<'c>,
    attempt: Option<Attempt>,
    /// Whether nothing is to be written.
    pub(crate) dry_run: bool,
}

impl<'c> Desk<'c> {
    /// The desk of the caller, if there is one for it.
    pub(crate) fn of(ctx: &'c Context<'_>, key: Option<&str>) -> Result<Self, ApiError> {
        let call = ctx.call();
        call.require(Scope::RolesWrite)?;
        let repetition = &*call.asking.repetition;
        Ok(Self {
            catalogue: ctx.data_unchecked(),
            dictionary: ctx.data_unchecked::<Arc<Dictionary>>(),
            attempt: attempt(ctx, key, repetition)?,
            repetition,
            author: ctx.data_unchecked::<Asking>().caller().author(),
            dry_run: false,
        })
    }

    /// Writes roles.
    pub(crate) async fn write_roles(&self, writes: &[RoleWrite<'_>]) -> Result<Receipt, ApiError> {
        let (options, attempt) = (self.options(), self.attempt.as_ref());
        let written = self.catalogue.write_roles(writes, options, attempt);
        Ok(self.heard(written.await?))
    }

    /// Writes a category.
    pub(crate) async fn write_category(
        &self,
        write: CategoryWrite<'_>,
    ) -> Result<Receipt, ApiError> {
        let (options, attempt) = (self.options(), self.attempt.as_ref());
        let written = self.catalogue.write_category(write, options, attempt);
        Ok(self.heard(written.await?))
    }

    /// Writes a skill.
    pub(crate) async fn write_skill(&self, write: SkillWrite<'_>) -> Result<Receipt, ApiError> {
        let (options, attempt) = (self.options(), self.attempt.as_ref());
        let written = self.catalogue.write_skill(write, options, attempt);
        Ok(self.heard(written.await?))
    }

    fn options(&self) -> StoreOptions<'_> {
        StoreOptions {
            author: self.author,
            dry_run: self.dry_run,
        }
    }

    /// Notes whether a receipt is one of before.
    fn heard(&self, receipt: Receipt) -> Receipt {
        if receipt.replayed {
            self.repetition.replay();
        }
        receipt
    }
}
