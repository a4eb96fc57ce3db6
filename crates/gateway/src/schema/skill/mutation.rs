//! The mutations of skills.

use std::borrow::Cow;

use app::SkillWrite;
use async_graphql::{Context, Description, ID, InputObject, MaybeUndefined, Object, TypeName};
use domain::id::EntityId;
use domain::read::SkillBy;
use domain::skill::{SkillPatch, SkillTerm};
use gateway_macros::described;

use super::{Skill, SkillKind};
use crate::cost;
use crate::error::ApiError;
use crate::plan;
use crate::schema::mutation::{
    COST, Desk, Named, Told, WriteAction, WriteUserError, cleared, errors, payloads, told_payload,
    version,
};
use crate::schema::node::parse_id;
use crate::schema::scalar::{BigInt, Slug};
use crate::write::GraphContext as _;

/// The mutations of skills.
#[derive(Default)]
pub(crate) struct SkillMutation;

/// A skill that is to be added.
#[derive(InputObject)]
struct SkillCreateInput {
    /// The name in the spelling of its makers; `TAKEN` when another skill is or was called so. At
    /// most 200 characters.
    name: String,
    /// The slug; `TAKEN` when another skill has or had it. Made from the name, with a number where
    /// that is needed, when it is left out.
    slug: Option<Slug>,
    /// What sort of thing the skill is.
    kind: SkillKind,
    /// Other spellings and synonyms, by which searches find it; at most 100.
    #[graphql(default)]
    aliases: Vec<String>,
}

/// What is to be changed of a skill. What is left out stays as it is.
#[derive(InputObject)]
struct SkillUpdateInput {
    /// The name in the spelling of its makers; documents that name the skill as before go on
    /// meaning it. It cannot be cleared.
    name: MaybeUndefined<String>,
    /// The slug by which the skill is called from now on; the one before goes on leading to it. It
    /// cannot be cleared.
    slug: MaybeUndefined<Slug>,
    /// What sort of thing the skill is. It cannot be cleared.
    kind: MaybeUndefined<SkillKind>,
    /// Other spellings and synonyms, by which searches find it; at most 100. The list is replaced
    /// whole.
    aliases: MaybeUndefined<Vec<String>>,
}

payloads! {
    Created = "SkillCreatePayload", "What `skillCreate` tells.";
    Updated = "SkillUpdatePayload", "What `skillUpdate` tells.";
    Merged = "SkillMergePayload", "What `skillMerge` tells.";
    Deleted = "SkillDeletePayload", "What `skillDelete` tells.";
}

#[described]
#[Object]
impl SkillMutation {
    /// Adds a skill.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn skill_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the skill is.")] input: SkillCreateInput,
        idempotency_key: Option<String>,
    ) -> Result<SkillPayload<Created>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let SkillCreateInput {
            name,
            slug,
            kind,
            aliases,
        } = input;
        let term = SkillTerm {
            name,
            kind: kind.into(),
            aliases,
        };
        let create = SkillWrite::Create {
            term: &term,
            slug: slug.as_ref().map(|Slug(slug)| slug),
        };
        Ok(SkillPayload(Told::new(desk.write_skill(create).await?)))
    }

    /// Changes a skill. What the input leaves out stays as it is.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn skill_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which skill.")] id: ID,
        #[graphql(desc = "What is to be changed.")] input: SkillUpdateInput,
        idempotency_key: Option<String>,
    ) -> Result<SkillPayload<Updated>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let skill = parse_id(&id)?;
        let SkillUpdateInput {
            name,
            slug,
            kind,
            aliases,
        } = input;
        let nulls = [
            (name.is_null(), "name"),
            (slug.is_null(), "slug"),
            (kind.is_null(), "kind"),
        ];
        if let Some(receipt) = cleared(skill, &nulls) {
            return Ok(SkillPayload(Told::new(receipt)));
        }
        let patch = SkillPatch {
            name: name.take(),
            kind: kind.take().map(Into::into),
            aliases: match aliases {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(Vec::new()),
                MaybeUndefined::Value(aliases) => Some(aliases),
            },
        };
        let update = SkillWrite::Update {
            skill,
            patch: &patch,
            slug: slug.value().map(|Slug(slug)| slug),
        };
        Ok(SkillPayload(Told::new(desk.write_skill(update).await?)))
    }

    /// Puts a skill in the place of another one in all of its roles, at most 1,000, and takes the
    /// other one out; slug and names of the other one lead to the skill from now on. Each of the
    /// roles gets a revision.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn skill_merge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The skill that is gone afterwards.")] from: ID,
        #[graphql(desc = "The skill in its place.")] into: ID,
        idempotency_key: Option<String>,
    ) -> Result<SkillPayload<Merged>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let merge = SkillWrite::Merge {
            from: parse_id(&from)?,
            into: parse_id(&into)?,
        };
        Ok(SkillPayload(Told::new(desk.write_skill(merge).await?)))
    }

    /// Takes a skill out of the catalogue: `IN_USE` while a role has it. The change feed keeps its
    /// tombstone.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn skill_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which skill.")] id: ID,
        idempotency_key: Option<String>,
    ) -> Result<SkillPayload<Deleted>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let skill = parse_id(&id)?;
        let delete = SkillWrite::Delete { skill };
        Ok(SkillPayload(Told::new(desk.write_skill(delete).await?)))
    }
}

told_payload!(SkillPayload { skill: Skill by SkillBy, find_skill, "The skill as it is after the mutation, also when that was refused; null when there is none or it is gone." });
