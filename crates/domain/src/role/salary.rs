//! Salary observations: one amount each, with everything that says how far to trust it.

use crate::money::Money;
use crate::text_enum::text_enum;

text_enum! {
    /// The career level that an amount is for.
    pub enum Seniority {
        /// Interns, trainees and apprentices.
        Intern = "INTERN",
        /// The first years.
        Junior = "JUNIOR",
        /// Mid-career.
        Mid = "MID",
        /// Senior and experienced people.
        Senior = "SENIOR",
        /// People who lead a team.
        Lead = "LEAD",
        /// Principals.
        Principal = "PRINCIPAL",
        /// Directors.
        Director = "DIRECTOR",
        /// Vice presidents.
        Vp = "VP",
        /// Executives.
        Executive = "EXECUTIVE",
        /// The source does not say.
        Unspecified = "UNSPECIFIED",
    }
}

text_enum! {
    /// Which statistic an amount is.
    pub enum SalaryStatistic {
        /// The arithmetic mean.
        Mean = "MEAN",
        /// The 10th percentile.
        P10 = "P10",
        /// The 25th percentile.
        P25 = "P25",
        /// The median.
        Median = "MEDIAN",
        /// The 75th percentile.
        P75 = "P75",
        /// The 90th percentile.
        P90 = "P90",
        /// The lower end of a range, or "at least".
        Minimum = "MINIMUM",
        /// The upper end of a range, or "at most".
        Maximum = "MAXIMUM",
        /// A usual amount; the source does not say which statistic.
        Typical = "TYPICAL",
    }
}

text_enum! {
    /// What time an amount is paid for.
    pub enum PayPeriod {
        /// One hour.
        Hour = "HOUR",
        /// One day.
        Day = "DAY",
        /// One week.
        Week = "WEEK",
        /// Two weeks.
        Biweek = "BIWEEK",
        /// One month.
        Month = "MONTH",
        /// One year.
        Year = "YEAR",
        /// One piece of work.
        Piece = "PIECE",
        /// Paid once.
        Once = "ONCE",
        /// Not paid.
        Unpaid = "UNPAID",
    }
}

text_enum! {
    /// How good a value is.
    pub enum ValueQuality {
        /// As published.
        Ok = "OK",
        /// Estimated.
        Estimated = "ESTIMATED",
        /// Predicted by a model.
        Predicted = "PREDICTED",
        /// Held back by its source.
        Suppressed = "SUPPRESSED",
        /// Not available.
        NotAvailable = "NOT_AVAILABLE",
        /// At or above this value.
        TopCoded = "TOP_CODED",
    }
}

text_enum! {
    /// How a value came to be known.
    pub enum Origin {
        /// Its source states it as data.
        Stated = "STATED",
        /// Read from a text.
        Parsed = "PARSED",
        /// From a survey.
        Survey = "SURVEY",
        /// Estimated.
        Estimated = "ESTIMATED",
        /// Predicted by a model.
        Predicted = "PREDICTED",
    }
}

/// One amount that people in the role earn.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SalaryObservation {
    /// The career level.
    pub level: Seniority,
    /// Which statistic the amount is.
    pub statistic: SalaryStatistic,
    /// The amount.
    pub amount: Money,
    /// What time it is paid for; `None` when the source does not say.
    pub period: Option<PayPeriod>,
    /// How good the value is.
    pub quality: ValueQuality,
    /// How the value came to be known.
    pub origin: Origin,
    /// The words it was read from.
    pub source_text: Option<String>,
}
