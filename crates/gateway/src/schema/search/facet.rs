//! What hits have in common.

use std::borrow::Cow;

use async_graphql::{Object, SimpleObject};
use gateway_macros::{Written, written};
use search::request::{Bucket, Facet, Facets};

use super::size;
use super::value::{EmploymentOutlook, SalaryBand};
use crate::cost;
use crate::error::ApiError;
use crate::schema::category::Category;
use crate::schema::connection::Count;
use crate::schema::scalar::{Locale, int};
use crate::schema::skill::Skill;

/// How many values a facet has when nobody says it.
const DEFAULT_FACET_SIZE: u32 = 20;
/// The largest number of values of a facet.
const MAX_FACET_SIZE: u32 = 100;

/// The number of values that the `first` of a facet asks for.
pub(crate) fn facet_size(first: Option<i32>) -> Result<usize, ApiError> {
    size("first", first, DEFAULT_FACET_SIZE, MAX_FACET_SIZE)
}

/// What hits are counted by.
pub(super) struct SearchFacets<'t>(pub(super) &'t Facets);

/// What hits are counted by. A value that no hit has is left out, and the most frequent one comes
/// first.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl SearchFacets<'_> {
    /// Which categories the hits belong to; a role counts for each of its categories and for those
    /// above.
    #[graphql(
        directive = cost::cost::apply(5),
        directive = cost::ListsBelow::apply("first", DEFAULT_FACET_SIZE, &["values"])
    )]
    fn category(
        &self,
        #[graphql(desc = "How many categories, the most frequent ones: 1 to 100, 20 by default.")]
        first: Option<i32>,
    ) -> Result<CategoryFacet<'_>, ApiError> {
        let size = facet_size(first)?;
        Ok(CategoryFacet::of(self.0.category.get()?, size))
    }

    /// Which skills the hits need.
    #[graphql(
        directive = cost::cost::apply(5),
        directive = cost::ListsBelow::apply("first", DEFAULT_FACET_SIZE, &["values"])
    )]
    fn skill(
        &self,
        #[graphql(desc = "How many skills, the most frequent ones: 1 to 100, 20 by default.")]
        first: Option<i32>,
    ) -> Result<SkillFacet<'_>, ApiError> {
        let size = facet_size(first)?;
        Ok(SkillFacet::of(self.0.skill.get()?, size))
    }

    /// What people in the roles earn; a role whose pay for a time is not known counts for no
    /// band.
    #[graphql(directive = cost::cost::apply(5))]
    fn salary_band(&self) -> Result<SalaryBandFacet, ApiError> {
        Ok(SalaryBandFacet::of(self.0.salary_band.get()?, usize::MAX))
    }

    /// How the number of people in the roles develops; a role that says nothing about it counts for
    /// no outlook.
    #[graphql(directive = cost::cost::apply(5))]
    fn employment_outlook(&self) -> Result<EmploymentOutlookFacet, ApiError> {
        let facet = self.0.outlook.get()?;
        Ok(EmploymentOutlookFacet::of(facet, usize::MAX))
    }

    /// Which languages the hits are written in.
    #[graphql(directive = cost::cost::apply(5))]
    fn locale(&self) -> Result<LocaleFacet, ApiError> {
        Ok(LocaleFacet::of(self.0.locale.get()?, usize::MAX))
    }
}

/// Declares the two types of a facet: its values and how many hits were counted, and one value
/// with its count.
macro_rules! facet {
    (
        $(#[doc = $facet_doc:literal])+ $facet:ident $(<$life:lifetime>)?,
        $(#[doc = $count_doc:literal])+ $count:ident,
        $(#[doc = $value_doc:literal])+ $value:ident: $ty:ty = $of:expr, of $inner:ty
        $(, with values $values:meta)?
    ) => {
        $(#[doc = $facet_doc])+
        #[derive(SimpleObject, Written)]
        #[graphql(directive = cost::cost::apply(0))]
        struct $facet $(<$life>)? {
            /// The values with the numbers of hits that have them, the most frequent first.
            $(#[$values])?
            values: Vec<$count $(<$life>)?>,
            /// How many hits were counted, which are all of them or 10,000; the numbers of the
            /// values are of those.
            counted: Count,
        }

        $(#[doc = $count_doc])+
        #[derive(SimpleObject, Written)]
        #[graphql(directive = cost::cost::apply(0))]
        struct $count $(<$life>)? {
            $(#[doc = $value_doc])+
            $value: $ty,
            /// How many of the counted hits have it.
            count: i32,
        }

        impl $(<$life>)? $facet $(<$life>)? {
            /// The first values of a facet.
            fn of(facet: & $($life)? Facet<$inner>, first: usize) -> Self {
                let wrap = $of;
                let buckets = facet.buckets.iter().take(first);
                let values = buckets.map(|Bucket { value, count }| $count {
                    $value: wrap(value),
                    count: int(*count),
                });
                Self {
                    values: values.collect(),
                    counted: facet.counted.into(),
                }
            }
        }
    };
}

facet! {
    /// Which categories hits belong to.
    CategoryFacet<'t>,
    /// A category and how many hits belong to it.
    CategoryCount,
    /// The category.
    category: Category<'t> = |tree: &'t _| Category(Cow::Borrowed(tree)),
    of domain::read::CategoryTree
}

facet! {
    /// Which skills hits need.
    SkillFacet<'t>,
    /// A skill and how many hits need it.
    SkillCount,
    /// The skill.
    skill: Skill<'t> = |tree: &'t _| Skill(Cow::Borrowed(tree)),
    of domain::read::SkillTree
}

facet! {
    /// What people in the hits earn.
    SalaryBandFacet,
    /// A salary band and how many hits are paid within it.
    SalaryBandCount,
    /// The band.
    salary_band: SalaryBand = |band: &search::facet::SalaryBand| SalaryBand::from(*band),
    of search::facet::SalaryBand,
    with values graphql(directive = cost::BoundedList::apply())
}

facet! {
    /// How the number of people in the hits develops.
    EmploymentOutlookFacet,
    /// An outlook and how many hits have it.
    EmploymentOutlookCount,
    /// The outlook.
    employment_outlook: EmploymentOutlook =
        |outlook: &search::facet::EmploymentOutlook| EmploymentOutlook::from(*outlook),
    of search::facet::EmploymentOutlook,
    with values graphql(directive = cost::BoundedList::apply())
}

facet! {
    /// Which languages hits are written in.
    LocaleFacet,
    /// A language and how many hits are written in it.
    LocaleCount,
    /// The language.
    locale: Locale = |locale: &domain::Locale| Locale(locale.clone()),
    of domain::Locale,
    with values graphql(directive = cost::BoundedList::apply())
}
