//! Which questions a list holds.

use async_graphql::InputObject;
use domain::read;

use crate::error::ApiError;
use crate::schema::category::CategoryBy;
use crate::schema::scalar::Locale;

/// Which questions a list holds; all given conditions must hold.
#[derive(InputObject)]
pub(super) struct FaqFilter {
    /// About a role of this category or one below it. A category that is not there holds none.
    category: Option<CategoryBy>,
    /// With this text in the question, in any letter case.
    question_contains: Option<String>,
    /// About a role that is written in exactly this language.
    locale: Option<Locale>,
}

impl TryFrom<FaqFilter> for read::FaqFilter {
    type Error = ApiError;

    fn try_from(filter: FaqFilter) -> Result<Self, ApiError> {
        let FaqFilter {
            category,
            question_contains,
            locale,
        } = filter;
        Ok(Self {
            category: category.map(TryInto::try_into).transpose()?,
            question_contains,
            locale: locale.map(|Locale(locale)| locale),
        })
    }
}
