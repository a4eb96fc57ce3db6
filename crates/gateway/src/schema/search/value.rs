//! What roles are counted and narrowed down by, besides categories, skills and languages.

use async_graphql::Enum;
use gateway_macros::Written;

/// What people in a role usually earn in a year of full-time work, in whole units of the currency
/// that the document of the role has; amounts are not converted.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "search::facet::SalaryBand")]
pub(super) enum SalaryBand {
    /// Less than 30,000.
    #[graphql(name = "UNDER_30K")]
    Under30,
    /// 30,000 to less than 50,000.
    #[graphql(name = "FROM_30K")]
    From30,
    /// 50,000 to less than 75,000.
    #[graphql(name = "FROM_50K")]
    From50,
    /// 75,000 to less than 100,000.
    #[graphql(name = "FROM_75K")]
    From75,
    /// 100,000 to less than 150,000.
    #[graphql(name = "FROM_100K")]
    From100,
    /// 150,000 to less than 200,000.
    #[graphql(name = "FROM_150K")]
    From150,
    /// 200,000 or more.
    #[graphql(name = "FROM_200K")]
    From200,
}

/// How the number of people in a role develops, as the facts of the role say it: in words, or else
/// by a percentage over ten years.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "search::facet::EmploymentOutlook")]
pub(super) enum EmploymentOutlook {
    /// It falls.
    Declining,
    /// It stays about the same.
    LittleChange,
    /// It grows more slowly than that of all occupations.
    SlowerThanAverage,
    /// It grows like that of all occupations.
    Average,
    /// It grows faster than that of all occupations.
    FasterThanAverage,
    /// It grows much faster than that of all occupations.
    MuchFasterThanAverage,
}
