//! What sources have measured of roles.

use async_graphql::Object;
use gateway_macros::written;

use super::state::DatePrecision;
use crate::cost;
use crate::schema::scalar::{Date, fraction, int};

/// A measured value and how sure it is.
pub(super) struct Estimate<'t>(pub(super) &'t domain::Estimate);

/// A measured value and how sure it is.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl Estimate<'_> {
    /// The value, on the scale that the field says.
    fn value(&self) -> f64 {
        fraction(self.0.value)
    }

    /// How many answered; null when the source does not say.
    fn sample_size(&self) -> Option<i32> {
        self.0.sample_size.map(int)
    }

    /// The standard error of the value; null when the source does not say.
    fn standard_error(&self) -> Option<f64> {
        self.0.standard_error.map(fraction)
    }

    /// The lower bound of the 95 % confidence interval; null when the source does not say.
    fn lower_bound(&self) -> Option<f64> {
        self.0.lower_bound.map(fraction)
    }

    /// The upper bound of the 95 % confidence interval; null when the source does not say.
    fn upper_bound(&self) -> Option<f64> {
        self.0.upper_bound.map(fraction)
    }

    /// Whether the source advises against showing the value, because it is too uncertain.
    fn suppressed(&self) -> bool {
        self.0.suppressed
    }
}

/// A kind of product.
pub(super) struct Commodity<'t>(pub(super) &'t domain::skill::Commodity);

/// A kind of product in the United Nations Standard Products and Services Code (UNSPSC).
#[written]
#[Object(directive = cost::cost::apply(0))]
impl Commodity<'_> {
    /// The code, a text of eight digits.
    fn code(&self) -> &str {
        &self.0.code
    }

    /// What goods of this code are.
    fn title(&self) -> &str {
        &self.0.title
    }
}

/// How the people in a role spread over the answers to a question.
pub(super) struct Distribution<'t>(pub(super) &'t domain::role::Distribution);

/// How the people in a role spread over the answers to a question.
#[written]
#[Object]
impl Distribution<'_> {
    /// The scale of the answers as the source calls it, such as `RL`.
    fn scale(&self) -> &str {
        &self.0.scale
    }

    /// What was asked, such as "Required Level of Education".
    fn label(&self) -> &str {
        &self.0.label
    }

    /// The answers in their order.
    #[graphql(directive = cost::BoundedList::apply())]
    fn shares(&self) -> Vec<Share<'_>> {
        self.0.shares.iter().map(Share).collect()
    }

    /// The day on which it was asked; the first day of the period when only the month or the year
    /// is known, and null when nothing is known.
    fn measured_on(&self) -> Option<Date> {
        Some(Date(self.0.as_of?.first_day()))
    }

    /// How precisely `measuredOn` is known; null when it is null.
    fn measured_on_precision(&self) -> Option<DatePrecision> {
        Some(self.0.as_of?.precision().into())
    }

    /// Whom the source asked, such as "Incumbent"; null when it does not say.
    fn collected_from(&self) -> Option<&str> {
        self.0.collected_from.as_deref()
    }
}

/// How many gave one answer.
pub(super) struct Share<'t>(&'t domain::role::Share);

/// How many gave one answer.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl Share<'_> {
    /// The number of the answer on its scale, from 1.
    fn category(&self) -> i32 {
        self.0.category.into()
    }

    /// The answer, such as "Bachelor's Degree".
    fn label(&self) -> &str {
        &self.0.label
    }

    /// How many per cent gave the answer.
    fn percent(&self) -> Estimate<'_> {
        Estimate(&self.0.percent)
    }
}
