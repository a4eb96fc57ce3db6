//! What the hits of a search are narrowed down by.

use async_graphql::InputObject;
use search::request;

use super::value::{EmploymentOutlook, SalaryBand};
use crate::error::ApiError;
use crate::schema::connection::list_input;
use crate::schema::role::RoleFilter;

/// Which of the roles that answer a query count as hits; all given conditions must hold.
#[derive(InputObject)]
pub(super) struct SearchFilter {
    /// The conditions of every list of roles.
    #[graphql(flatten)]
    roles: RoleFilter,
    /// Paid within one of these bands; left out or empty means in any, also unknown.
    salary_band: Option<Vec<SalaryBand>>,
    /// With one of these outlooks; left out or empty means with any, also unknown.
    employment_outlook: Option<Vec<EmploymentOutlook>>,
}

impl TryFrom<SearchFilter> for request::SearchFilter {
    type Error = ApiError;

    fn try_from(filter: SearchFilter) -> Result<Self, ApiError> {
        let SearchFilter {
            roles,
            salary_band,
            employment_outlook,
        } = filter;
        Ok(Self {
            roles: roles.try_into()?,
            salary_bands: list_input("filter.salaryBand", salary_band, Into::into)?,
            outlooks: list_input("filter.employmentOutlook", employment_outlook, Into::into)?,
        })
    }
}
