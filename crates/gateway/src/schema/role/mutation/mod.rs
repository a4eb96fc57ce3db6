//! The mutations of roles.

mod desk;
mod input;
mod part;
mod payload;

use app::{Receipt, Refusal, RoleWrite};
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use domain::role::{PublicationState as State, RolePatch};
use gateway_macros::described;

use super::revision::revision as number;
use super::state::PublicationState;
use crate::cost;
use crate::error::ApiError;
use crate::schema::mutation::{COST, Desk, indispensable, payloads};
use crate::schema::node::parse_id;
use crate::schema::scalar::{Locale, Slug};
use input::{RoleContentInput, SourceInput};
pub(crate) use part::PartMutation;
use payload::{RolePayload, RolesUpsertPayload};

/// The mutations of roles.
#[derive(Default)]
pub(crate) struct RoleMutation;

/// A role that is to be added.
#[derive(InputObject)]
struct RoleCreateInput {
    /// The preferred title; at most 200 characters.
    title: String,
    /// The slug; `TAKEN` when another role of the language has or had it. Made from the title,
    /// with a number where that is needed, when it is left out.
    slug: Option<Slug>,
    /// The language of the texts; English when it is left out. It never changes.
    locale: Option<Locale>,
    /// Where the texts come from; named after the key of the caller when it is left out.
    source: Option<SourceInput>,
    /// Who may see the role.
    #[graphql(default_with = "PublicationState::Draft")]
    state: PublicationState,
    #[graphql(flatten)]
    content: RoleContentInput,
}

/// What is to be changed of a role. What is left out stays as it is.
#[derive(InputObject)]
struct RoleUpdateInput {
    /// The preferred title; at most 200 characters. It cannot be cleared.
    title: MaybeUndefined<String>,
    /// The slug by which the role is called from now on; the one before goes on leading to it.
    /// It cannot be cleared.
    slug: MaybeUndefined<Slug>,
    #[graphql(flatten)]
    content: RoleContentInput,
}

/// A role that is to be there as it stands here: source, language and slug name it. What is left
/// out is cleared.
#[derive(InputObject)]
struct RoleUpsertInput {
    /// The slug that names the role among those of its source and language. The role is called by
    /// it unless another one is.
    slug: Slug,
    /// The preferred title; at most 200 characters.
    title: String,
    /// Who may see the role.
    state: PublicationState,
    /// The language of the texts; English when it is left out.
    locale: Option<Locale>,
    /// Where the texts come from; named after the key of the caller when it is left out.
    source: Option<SourceInput>,
    #[graphql(flatten)]
    content: RoleContentInput,
}

payloads! {
    Created = "RoleCreatePayload", "What `roleCreate` tells.";
    Updated = "RoleUpdatePayload", "What `roleUpdate` tells.";
    Published = "RolePublishPayload", "What `rolePublish` tells.";
    Unpublished = "RoleUnpublishPayload", "What `roleUnpublish` tells.";
    Archived = "RoleArchivePayload", "What `roleArchive` tells.";
    Restored = "RoleRestorePayload", "What `roleRestore` tells.";
    Deleted = "RoleDeletePayload", "What `roleDelete` tells.";
}

#[described]
#[Object]
impl RoleMutation {
    /// Adds a role.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn role_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the role says.")] input: RoleCreateInput,
        idempotency_key: Option<String>,
    ) -> Result<RolePayload<Created>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let any_slug = input.slug.is_none();
        let receipt = match desk.draft(input) {
            Ok(draft) => {
                let create = RoleWrite::Create {
                    draft: &draft,
                    any_slug,
                };
                desk.write_roles(&[create]).await?
            }
            Err(refusals) => refused(refusals),
        };
        Ok(RolePayload::new(receipt))
    }

    /// Changes what a role says. What the input leaves out stays as it is, and null clears.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn role_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] id: ID,
        #[graphql(desc = "What is to be changed.")] input: RoleUpdateInput,
        expected_revision: Option<i32>,
        idempotency_key: Option<String>,
    ) -> Result<RolePayload<Updated>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let role = parse_id(&id)?;
        let receipt = match input.into_edit() {
            Ok((patch, slug)) => desk.edit(role, expected_revision, slug, &patch).await?,
            Err(refusals) => refused(refusals),
        };
        Ok(RolePayload::new(receipt))
    }

    /// Lets everyone see a role.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn role_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] id: ID,
        expected_revision: Option<i32>,
        idempotency_key: Option<String>,
    ) -> Result<RolePayload<Published>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let state = State::Published;
        desk.to_state(&id, expected_revision, state).await
    }

    /// Makes a role a draft again, which only editors see.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn role_unpublish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] id: ID,
        expected_revision: Option<i32>,
        idempotency_key: Option<String>,
    ) -> Result<RolePayload<Unpublished>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        desk.to_state(&id, expected_revision, State::Draft).await
    }

    /// Withdraws a role: it is kept, and only editors see it.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn role_archive(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] id: ID,
        expected_revision: Option<i32>,
        idempotency_key: Option<String>,
    ) -> Result<RolePayload<Archived>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let state = State::Archived;
        desk.to_state(&id, expected_revision, state).await
    }

    /// Lets a role say again what it said in a revision that everyone could see, as a new revision.
    /// Its slug, its source and who may see it stay as they are.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn role_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] id: ID,
        #[graphql(
            desc = "Which revision: `NOT_FOUND` when it is not among the `revisions` of the role."
        )]
        revision: i32,
        expected_revision: Option<i32>,
        idempotency_key: Option<String>,
    ) -> Result<RolePayload<Restored>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let restore = RoleWrite::Restore {
            role: parse_id(&id)?,
            revision: number(revision),
            expected: expected_revision.map(number),
        };
        Ok(RolePayload::new(desk.write_roles(&[restore]).await?))
    }

    /// Takes a role out of the catalogue with everything that it owns, its history included. The
    /// change feed keeps its tombstone.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn role_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] id: ID,
        expected_revision: Option<i32>,
        idempotency_key: Option<String>,
    ) -> Result<RolePayload<Deleted>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let delete = RoleWrite::Delete {
            role: parse_id(&id)?,
            expected: expected_revision.map(number),
        };
        Ok(RolePayload::new(desk.write_roles(&[delete]).await?))
    }

    /// Adds roles or changes them, whichever it takes, all in one transaction. One that is refused
    /// keeps none of the others back.
    #[graphql(
        directive = cost::cost::apply(COST),
        directive = cost::SizedBy::apply("roles", Some(1))
    )]
    async fn roles_upsert(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The roles as they are to be; at most 250.")] roles: Vec<RoleUpsertInput>,
        #[graphql(desc = "Tells what would happen and writes nothing.", default = false)]
        dry_run: bool,
        idempotency_key: Option<String>,
    ) -> Result<RolesUpsertPayload, ApiError> {
        let mut desk = Desk::of(ctx, idempotency_key.as_deref())?;
        desk.dry_run = dry_run;
        let drafts = roles.into_iter().map(|role| desk.upserted(role)).collect();
        Ok(RolesUpsertPayload::new(desk.upsert(drafts).await?))
    }
}

impl RoleUpdateInput {
    /// The edit that this is and the slug that it asks for, or what of it cannot be read.
    fn into_edit(self) -> Result<(RolePatch, Option<domain::Slug>), Vec<Refusal>> {
        let Self {
            title,
            slug,
            content,
        } = self;
        let mut cleared = Vec::new();
        if title == MaybeUndefined::Null {
            cleared.push(indispensable("title"));
        }
        if slug == MaybeUndefined::Null {
            cleared.push(indispensable("slug"));
        }
        match content.into_patch() {
            Ok(patch) if cleared.is_empty() => {
                let title = title.take();
                let slug = slug.take().map(|Slug(slug)| slug);
                Ok((RolePatch { title, ..patch }, slug))
            }
            Ok(_) => Err(cleared),
            Err(refusals) => Err([cleared, refusals].concat()),
        }
    }
}

fn refused(refusals: Vec<Refusal>) -> Receipt {
    Receipt {
        refusals,
        ..Receipt::default()
    }
}
