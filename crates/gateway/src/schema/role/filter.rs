//! Which roles a list holds, and in which order.

use async_graphql::{Enum, InputObject};
use domain::read::{self, RolesRequest};

use super::lookup::CodeInput;
use super::state::PublicationState;
use crate::error::ApiError;
use crate::plan::Arguments;
use crate::schema::category::CategoryBy;
use crate::schema::connection::{OrderDirection, PageArguments, list_input};
use crate::schema::scalar::{DateTime, Locale, Slug};
use crate::selection::{Field, Unreadable};

/// Which roles a list holds; all given conditions must hold.
#[derive(InputObject)]
pub(crate) struct RoleFilter {
    /// In this category or one below it. A category that is not there holds no roles.
    category: Option<CategoryBy>,
    /// Needing these skills.
    skills: Option<SkillMatch>,
    /// With this text in the title, in any letter case.
    title_contains: Option<String>,
    /// With this code in an outside scheme.
    code: Option<CodeInput>,
    /// Written in exactly this language.
    locale: Option<Locale>,
    /// Changed after this moment.
    updated_after: Option<DateTime>,
    /// In this state. Callers without the scope `roles:write` see published roles only, so that
    /// every other state gives them an empty list.
    state: Option<PublicationState>,
}

/// Which skills a role needs; both conditions must hold where both are given.
#[derive(InputObject)]
struct SkillMatch {
    /// At least one of the skills with these slugs; at most 250. Left out or empty it says
    /// nothing.
    any: Option<Vec<Slug>>,
    /// All of the skills with these slugs; at most 250. Left out or empty it says nothing.
    all: Option<Vec<Slug>>,
}

/// The order of a list of roles. Equal roles are ordered by id.
#[derive(InputObject)]
pub(crate) struct RoleOrder {
    /// What the roles are ordered by.
    #[graphql(default)]
    field: RoleOrderField,
    /// Whether the smallest or the largest comes first.
    #[graphql(default)]
    direction: OrderDirection,
}

/// What a list of roles is ordered by.
#[derive(Clone, Copy, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "read::RoleOrderField")]
enum RoleOrderField {
    /// The title, letter case aside.
    #[default]
    Title,
    /// The moment of the last change.
    UpdatedAt,
    /// The moment of the last publication.
    PublishedAt,
}

/// The arguments of a list of roles.
pub(crate) struct RolesArguments {
    /// Which roles.
    pub(crate) filter: Option<RoleFilter>,
    /// In which order.
    pub(crate) order_by: Option<RoleOrder>,
    /// Which page.
    pub(crate) page: PageArguments,
}

impl Arguments for RolesArguments {
    type Request = RolesRequest;

    fn of(field: Field<'_>) -> Result<Self, Unreadable> {
        Ok(Self {
            filter: field.argument("filter")?,
            order_by: field.argument("orderBy")?,
            page: PageArguments::of(field)?,
        })
    }

    fn request(self) -> Result<RolesRequest, ApiError> {
        let Self {
            filter,
            order_by,
            page,
        } = self;
        Ok(RolesRequest {
            filter: filter
                .map(TryInto::try_into)
                .transpose()?
                .unwrap_or_default(),
            order: order_by.map(Into::into).unwrap_or_default(),
            page: page.request()?,
        })
    }
}

impl TryFrom<RoleFilter> for read::RoleFilter {
    type Error = ApiError;

    fn try_from(filter: RoleFilter) -> Result<Self, ApiError> {
        let RoleFilter {
            category,
            skills,
            title_contains,
            code,
            locale,
            updated_after,
            state,
        } = filter;
        let (any, all) = skills.map_or((None, None), |SkillMatch { any, all }| (any, all));
        Ok(Self {
            category: category.map(TryInto::try_into).transpose()?,
            skills_any: list_input("filter.skills.any", any, |Slug(slug)| slug)?,
            skills_all: list_input("filter.skills.all", all, |Slug(slug)| slug)?,
            title_contains,
            code: code.map(Into::into),
            locale: locale.map(|Locale(locale)| locale),
            updated_after: updated_after.map(|DateTime(moment)| moment),
            state: state.map(Into::into),
        })
    }
}

impl From<RoleOrder> for read::RoleOrder {
    fn from(order: RoleOrder) -> Self {
        let RoleOrder { field, direction } = order;
        Self {
            field: field.into(),
            descending: direction == OrderDirection::Desc,
        }
    }
}
