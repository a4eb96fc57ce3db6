//! What people earn.

use async_graphql::{Enum, ID, Object, SimpleObject};
use domain::Stored;
use domain::id::SalaryId;
use gateway_macros::{Written, written};

use crate::cost;
use crate::schema::scalar::{BigInt, CurrencyCode};
use crate::schema::skill::Origin;

/// One amount that people in the role earn.
pub(super) struct SalaryObservation<'t>(
    pub(super) &'t Stored<SalaryId, domain::role::SalaryObservation>,
);

/// One amount that people in the role earn, with everything that says how far to trust it.
#[written]
#[Object]
impl SalaryObservation<'_> {
    /// The id of the observation.
    fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The career level that the amount is for.
    fn level(&self) -> Seniority {
        self.0.level.into()
    }

    /// Which statistic the amount is.
    fn statistic(&self) -> SalaryStatistic {
        self.0.statistic.into()
    }

    /// The amount.
    fn amount(&self) -> Money {
        Money {
            minor_units: BigInt(self.0.amount.minor_units),
            currency: CurrencyCode(self.0.amount.currency),
        }
    }

    /// What time the amount is paid for; null when the source does not say.
    fn period(&self) -> Option<PayPeriod> {
        self.0.period.map(PayPeriod::from)
    }

    /// How good the value is.
    fn quality(&self) -> ValueQuality {
        self.0.quality.into()
    }

    /// How the value came to be known.
    fn origin(&self) -> Origin {
        self.0.origin.into()
    }

    /// The words that the amount was read from; null when it did not come from a text.
    fn source_text(&self) -> Option<&str> {
        self.0.source_text.as_deref()
    }
}

/// An amount of money.
#[derive(SimpleObject, Written)]
#[graphql(directive = cost::cost::apply(0))]
struct Money {
    /// The amount in whole minor units of the currency, never negative: 11800000 USD is
    /// $118,000.00, and 5000000 JPY is ¥5,000,000.
    minor_units: BigInt,
    /// The currency.
    currency: CurrencyCode,
}

/// The career level that an amount is for.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::salary::Seniority")]
pub(super) enum Seniority {
    /// Interns, trainees and apprentices.
    Intern,
    /// People in their first years.
    Junior,
    /// People in mid-career.
    Mid,
    /// Senior and experienced people.
    Senior,
    /// People who lead a team.
    Lead,
    /// Principals.
    Principal,
    /// Directors.
    Director,
    /// Vice presidents.
    Vp,
    /// Executives.
    Executive,
    /// The source does not say.
    Unspecified,
}

/// Which statistic an amount is.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::salary::SalaryStatistic")]
pub(super) enum SalaryStatistic {
    /// The arithmetic mean.
    Mean,
    /// The 10th percentile.
    P10,
    /// The 25th percentile.
    P25,
    /// The median.
    Median,
    /// The 75th percentile.
    P75,
    /// The 90th percentile.
    P90,
    /// The lower end of a range, or "at least".
    Minimum,
    /// The upper end of a range, or "at most".
    Maximum,
    /// A usual amount; the source does not say which statistic.
    Typical,
}

/// What time an amount is paid for.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::salary::PayPeriod")]
pub(super) enum PayPeriod {
    /// One hour.
    Hour,
    /// One day.
    Day,
    /// One week.
    Week,
    /// Two weeks.
    Biweek,
    /// One month.
    Month,
    /// One year.
    Year,
    /// One piece of work.
    Piece,
    /// The amount is paid once.
    Once,
    /// The work is not paid.
    Unpaid,
}

/// How good a value is.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::salary::ValueQuality")]
pub(super) enum ValueQuality {
    /// The value is as published.
    Ok,
    /// The value is estimated.
    Estimated,
    /// The value is predicted by a model.
    Predicted,
    /// The value is held back by its source.
    Suppressed,
    /// The value is not available.
    NotAvailable,
    /// The true value is this one or above.
    TopCoded,
}
