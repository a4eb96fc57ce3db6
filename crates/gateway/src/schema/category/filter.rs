//! How one category is named, and which categories a list holds.

use async_graphql::{ID, InputObject, OneofObject};
use domain::read;

use crate::error::ApiError;
use crate::schema::node::parse_id;
use crate::schema::scalar::Slug;

/// Names one category.
#[derive(OneofObject)]
pub(crate) enum CategoryBy {
    /// The id of the category.
    Id(ID),
    /// The slug of the category.
    Slug(Slug),
}

impl TryFrom<CategoryBy> for read::CategoryBy {
    type Error = ApiError;

    fn try_from(by: CategoryBy) -> Result<Self, ApiError> {
        Ok(match by {
            CategoryBy::Id(id) => Self::Id(parse_id(&id)?),
            CategoryBy::Slug(Slug(slug)) => Self::Slug(slug),
        })
    }
}

/// Which categories a list holds; all given conditions must hold.
#[derive(InputObject)]
pub(super) struct CategoryFilter {
    /// True for categories without a parent only; false says nothing.
    top_level: Option<bool>,
    /// With this text in the name, in any letter case.
    name_contains: Option<String>,
}

impl From<CategoryFilter> for read::CategoryFilter {
    fn from(filter: CategoryFilter) -> Self {
        let CategoryFilter {
            top_level,
            name_contains,
        } = filter;
        Self {
            top_level: top_level.unwrap_or_default(),
            name_contains,
        }
    }
}
