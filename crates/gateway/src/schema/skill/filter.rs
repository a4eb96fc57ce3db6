//! How one skill is named, and which skills a list holds.

use async_graphql::{ID, InputObject, OneofObject};
use domain::read;

use super::SkillKind;
use crate::error::ApiError;
use crate::schema::connection::list_input;
use crate::schema::node::parse_id;
use crate::schema::scalar::Slug;

/// Names one skill.
#[derive(OneofObject)]
pub(super) enum SkillBy {
    /// The id of the skill.
    Id(ID),
    /// The slug of the skill.
    Slug(Slug),
}

impl TryFrom<SkillBy> for read::SkillBy {
    type Error = ApiError;

    fn try_from(by: SkillBy) -> Result<Self, ApiError> {
        Ok(match by {
            SkillBy::Id(id) => Self::Id(parse_id(&id)?),
            SkillBy::Slug(Slug(slug)) => Self::Slug(slug),
        })
    }
}

/// Which skills a list holds; all given conditions must hold.
#[derive(InputObject)]
pub(super) struct SkillFilter {
    /// Of one of these kinds; left out or empty means of any.
    kinds: Option<Vec<SkillKind>>,
    /// With this text in the name, in any letter case.
    name_contains: Option<String>,
}

impl TryFrom<SkillFilter> for read::SkillFilter {
    type Error = ApiError;

    fn try_from(filter: SkillFilter) -> Result<Self, ApiError> {
        let SkillFilter {
            kinds,
            name_contains,
        } = filter;
        Ok(Self {
            kinds: list_input("filter.kinds", kinds, Into::into)?,
            name_contains,
        })
    }
}
