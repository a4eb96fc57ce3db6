//! Where the mutations of one caller are written.

use std::sync::Arc;

use app::{
    Attempt, Catalogue, Edit, Edited, Receipt, Refusal, RefusalCode, RoleWrite, StoreOptions,
};
use async_graphql::{Context, ID};
use domain::access::Scope;
use domain::id::RoleId;
use domain::role::{PublicationState, RoleDraft, RolePatch};
use domain::source::SourceName;
use ingest::skill::{Dictionary, enrich};

use super::super::revision::revision;
use super::input::{RoleContentInput, SourceInput};
use super::payload::RolePayload;
use super::{RoleCreateInput, RoleUpsertInput};
use crate::error::ApiError;
use crate::schema::mutation::{Repetition, attempt};
use crate::schema::node::parse_id;
use crate::schema::scalar::{Locale, Slug};
use crate::write::GraphContext as _;

/// Where the mutations of one caller are written.
pub(super) struct Desk<'c> {
    catalogue: &'c Catalogue,
    dictionary: &'c Dictionary,
    repetition: &'c Repetition,
    actor: &'c str,
    attempt: Option<Attempt>,
    pub(super) dry_run: bool,
}

impl<'c> Desk<'c> {
    /// The desk of the caller, if there is one for it.
    pub(super) fn of(ctx: &'c Context<'_>, key: Option<&str>) -> Result<Self, ApiError> {
        let call = ctx.call();
        call.require(Scope::RolesWrite)?;
        let repetition = &*call.asking.repetition;
        Ok(Self {
            catalogue: ctx.data_unchecked(),
            dictionary: ctx.data_unchecked::<Arc<Dictionary>>(),
            attempt: attempt(ctx, key, repetition)?,
            repetition,
            actor: &call.principal.name,
            dry_run: false,
        })
    }

    pub(super) async fn write(&self, writes: &[RoleWrite<'_>]) -> Result<Receipt, ApiError> {
        let options = StoreOptions {
            actor: self.actor,
            dry_run: self.dry_run,
        };
        let attempt = self.attempt.as_ref();
        let receipt = self.catalogue.write_roles(writes, options, attempt).await?;
        if receipt.replayed {
            self.repetition.replay();
        }
        Ok(receipt)
    }

    pub(super) async fn edit(
        &self,
        role: RoleId,
        expected: Option<i32>,
        slug: Option<domain::Slug>,
        patch: &RolePatch,
    ) -> Result<Receipt, ApiError> {
        let edit = |draft: &mut RoleDraft| {
            patch.clone().apply(draft);
            enrich(draft, self.dictionary);
            Vec::new()
        };
        let edit: Edit<'_> = &edit;
        let edit = RoleWrite::Edit {
            role,
            expected: expected.map(revision),
            slug: slug.as_ref(),
            edit,
        };
        self.write(&[edit]).await
    }

    pub(super) async fn to_state<M>(
        &self,
        id: &ID,
        expected: Option<i32>,
        state: PublicationState,
    ) -> Result<RolePayload<M>, ApiError> {
        let patch = RolePatch::to_state(state);
        let receipt = self.edit(parse_id(id)?, expected, None, &patch).await?;
        Ok(RolePayload::new(receipt))
    }

    /// Writes the drafts that could be read; the others tell why they could not.
    pub(super) async fn upsert(
        &self,
        drafts: Vec<Result<RoleDraft, Vec<Refusal>>>,
    ) -> Result<Receipt, ApiError> {
        let writes = drafts.iter().flatten().map(RoleWrite::Upsert);
        let writes: Vec<RoleWrite<'_>> = writes.collect();
        let mut receipt = self.write(&writes).await?;
        if receipt.refusals.is_empty() {
            let mut edited = std::mem::take(&mut receipt.edited).into_iter();
            let edited = drafts.into_iter().map(|draft| match draft {
                Ok(_) => edited.next().unwrap_or_default(),
                Err(refusals) => Edited::refused(refusals),
            });
            receipt.edited = edited.enumerate().map(at_its_place).collect();
        }
        Ok(receipt)
    }

    pub(super) fn draft(&self, input: RoleCreateInput) -> Result<RoleDraft, Vec<Refusal>> {
        let RoleCreateInput {
            title,
            slug,
            locale,
            source,
            state,
            content,
        } = input;
        let slug = match slug {
            Some(Slug(slug)) => slug,
            None => domain::Slug::from_title(&title).map_err(|_no_letters| vec![nameless()])?,
        };
        let mut draft = RoleDraft::new(self.source(source), slug, title);
        draft.state = state.into();
        self.fill(&mut draft, locale, content)?;
        Ok(draft)
    }

    pub(super) fn upserted(&self, input: RoleUpsertInput) -> Result<RoleDraft, Vec<Refusal>> {
        let RoleUpsertInput {
            slug: Slug(slug),
            title,
            state,
            locale,
            source,
            content,
        } = input;
        let mut draft = RoleDraft::new(self.source(source), slug, title);
        draft.state = state.into();
        self.fill(&mut draft, locale, content)?;
        Ok(draft)
    }

    fn fill(
        &self,
        draft: &mut RoleDraft,
        locale: Option<Locale>,
        content: RoleContentInput,
    ) -> Result<(), Vec<Refusal>> {
        if let Some(Locale(locale)) = locale {
            draft.locale = locale;
        }
        content.into_patch()?.apply(draft);
        enrich(draft, self.dictionary);
        Ok(())
    }

    fn source(&self, source: Option<SourceInput>) -> SourceName {
        source.map_or_else(
            || SourceName {
                name: self.actor.to_owned(),
                licence: None,
                attribution: None,
            },
            SourceName::from,
        )
    }
}

/// What became of one of several roles, with the place of the role in what it tells.
fn at_its_place((index, edited): (usize, Edited)) -> Edited {
    let outer = ["roles".to_owned(), index.to_string()];
    let refusals = edited.refusals.into_iter().map(|mut refusal| {
        refusal.path.retain(|step| step != "input");
        refusal.inside_of(&outer)
    });
    Edited {
        refusals: refusals.collect(),
        ..edited
    }
}

fn nameless() -> Refusal {
    let message = "a slug cannot be made from this title: give a slug";
    Refusal::new(RefusalCode::Invalid, &["input", "slug"], message)
}
