//! The mutations of categories.

use std::borrow::Cow;

use app::CategoryWrite;
use async_graphql::{Context, Description, ID, InputObject, MaybeUndefined, Object, TypeName};
use domain::id::EntityId;
use domain::read::CategoryBy;
use gateway_macros::described;

use super::Category;
use crate::cost;
use crate::error::ApiError;
use crate::plan;
use crate::schema::mutation::{
    COST, Desk, Named, Told, WriteAction, WriteUserError, cleared, errors, payloads,
    position as place, told_payload, version,
};
use crate::schema::node::parse_id;
use crate::schema::scalar::{BigInt, Slug};
use crate::write::GraphContext as _;

/// The mutations of categories.
#[derive(Default)]
pub(crate) struct CategoryMutation;

/// A category that is to be added.
#[derive(InputObject)]
struct CategoryCreateInput {
    /// The name as people read it, the only one of its kind below the parent; at most 200
    /// characters.
    name: String,
    /// The slug; `TAKEN` when another category has or had it. Made from the name, with a number
    /// where that is needed, when it is left out.
    slug: Option<Slug>,
    /// The category above; the category stands at the top of the tree when it is left out. The
    /// tree has at most 16 levels.
    parent: Option<ID>,
    /// The place among the categories with the same parent, from 0; the end when it is left out.
    position: Option<i32>,
}

/// What is to be changed of a category. What is left out stays as it is.
#[derive(InputObject)]
struct CategoryUpdateInput {
    /// The name as people read it; at most 200 characters. It cannot be cleared.
    name: MaybeUndefined<String>,
    /// The slug by which the category is called from now on; the one before goes on leading to
    /// it. It cannot be cleared.
    slug: MaybeUndefined<Slug>,
}

payloads! {
    Created = "CategoryCreatePayload", "What `categoryCreate` tells.";
    Updated = "CategoryUpdatePayload", "What `categoryUpdate` tells.";
    Moved = "CategoryMovePayload", "What `categoryMove` tells.";
    Deleted = "CategoryDeletePayload", "What `categoryDelete` tells.";
}

#[described]
#[Object]
impl CategoryMutation {
    /// Adds a category.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn category_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the category is.")] input: CategoryCreateInput,
        idempotency_key: Option<String>,
    ) -> Result<CategoryPayload<Created>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let CategoryCreateInput {
            name,
            slug,
            parent,
            position,
        } = input;
        let create = CategoryWrite::Create {
            name: &name,
            slug: slug.as_ref().map(|Slug(slug)| slug),
            parent: parent.as_ref().map(parse_id).transpose()?,
            position: position.map(place),
        };
        Ok(CategoryPayload(Told::new(
            desk.write_category(create).await?,
        )))
    }

    /// Calls a category otherwise. Roles stay in it, and documents that name it by its former
    /// path name another category.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn category_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which category.")] id: ID,
        #[graphql(desc = "What is to be changed.")] input: CategoryUpdateInput,
        idempotency_key: Option<String>,
    ) -> Result<CategoryPayload<Updated>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let category = parse_id(&id)?;
        let CategoryUpdateInput { name, slug } = input;
        let nulls = [(name.is_null(), "name"), (slug.is_null(), "slug")];
        if let Some(receipt) = cleared(category, &nulls) {
            return Ok(CategoryPayload(Told::new(receipt)));
        }
        let update = CategoryWrite::Update {
            category,
            name: name.value().map(String::as_str),
            slug: slug.value().map(|Slug(slug)| slug),
        };
        Ok(CategoryPayload(Told::new(
            desk.write_category(update).await?,
        )))
    }

    /// Puts a category with everything below it elsewhere in the tree.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn category_move(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which category.")] id: ID,
        #[graphql(
            desc = "The category above from now on, or null for the top of the tree; it stays as it is when it is left out."
        )]
        parent: MaybeUndefined<ID>,
        #[graphql(
            desc = "The place among the categories with the same parent, from 0; when it is left out the end, or the place of before below the same parent."
        )]
        position: Option<i32>,
        idempotency_key: Option<String>,
    ) -> Result<CategoryPayload<Moved>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let parent = match &parent {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(parent) => Some(Some(parse_id(parent)?)),
        };
        let to = CategoryWrite::Move {
            category: parse_id(&id)?,
            parent,
            position: position.map(place),
        };
        Ok(CategoryPayload(Told::new(desk.write_category(to).await?)))
    }

    /// Takes a category out of the tree: `IN_USE` while other categories stand below it or roles
    /// are in it. The change feed keeps its tombstone.
    #[graphql(directive = cost::cost::apply(COST))]
    async fn category_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which category.")] id: ID,
        idempotency_key: Option<String>,
    ) -> Result<CategoryPayload<Deleted>, ApiError> {
        let desk = Desk::of(ctx, idempotency_key.as_deref())?;
        let category = parse_id(&id)?;
        let delete = CategoryWrite::Delete { category };
        Ok(CategoryPayload(Told::new(
            desk.write_category(delete).await?,
        )))
    }
}

told_payload!(CategoryPayload { category: Category by CategoryBy, find_category, "The category as it is after the mutation, also when that was refused; null when there is none or it is gone." });
