//! What a search page counts its hits by, besides categories, skills and languages.

use domain::role::salary::{PayPeriod, SalaryStatistic};
use domain::role::{Fact, FactKey, SalaryObservation};

/// How the number of people in a role develops, in the words of official forecasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EmploymentOutlook {
    /// It falls.
    Declining,
    /// It stays about the same.
    LittleChange,
    /// It grows more slowly than that of all occupations.
    SlowerThanAverage,
    /// It grows like that of all occupations.
    Average,
    /// It grows faster.
    FasterThanAverage,
    /// It grows much faster.
    MuchFasterThanAverage,
}

impl EmploymentOutlook {
    /// Every value; the place of each is what is stored.
    pub const ALL: [Self; 6] = [
        Self::Declining,
        Self::LittleChange,
        Self::SlowerThanAverage,
        Self::Average,
        Self::FasterThanAverage,
        Self::MuchFasterThanAverage,
    ];

    /// The place among all values.
    #[must_use]
    pub fn place(self) -> usize {
        let all = Self::ALL.iter();
        all.take_while(|value| **value != self).count()
    }

    /// What the facts of a role say: their words, or else their percentage over ten years.
    #[must_use]
    pub fn of(facts: &[Fact]) -> Option<Self> {
        let about = |key| facts.iter().find(move |fact| fact.key == key);
        let fact = about(FactKey::GrowthOutlook).or_else(|| about(FactKey::EmploymentChange))?;
        let text = fact.text.to_lowercase();
        Self::worded(&text).or_else(|| percentage(&text).map(Self::grown))
    }

    fn worded(text: &str) -> Option<Self> {
        const WORDINGS: &[(&str, EmploymentOutlook)] = &[
            ("much faster than", EmploymentOutlook::MuchFasterThanAverage),
            (
                "well above average",
                EmploymentOutlook::MuchFasterThanAverage,
            ),
            (
                "among the fastest",
                EmploymentOutlook::MuchFasterThanAverage,
            ),
            ("faster than", EmploymentOutlook::FasterThanAverage),
            ("slower than", EmploymentOutlook::SlowerThanAverage),
            ("as fast as", EmploymentOutlook::Average),
            ("close to the average", EmploymentOutlook::Average),
            ("little or no change", EmploymentOutlook::LittleChange),
            ("decline", EmploymentOutlook::Declining),
        ];
        let mut found = WORDINGS.iter().filter(|(words, _)| text.contains(words));
        // Of several wordings the one that is said first counts.
        let first = found.by_ref().min_by_key(|(words, _)| text.find(words))?;
        Some(first.1)
    }

    fn grown(percent: f64) -> Self {
        match percent {
            percent if percent <= -0.5 => Self::Declining,
            percent if percent < 0.5 => Self::LittleChange,
            percent if percent < 2.5 => Self::SlowerThanAverage,
            percent if percent < 4.5 => Self::Average,
            percent if percent < 6.5 => Self::FasterThanAverage,
            _ => Self::MuchFasterThanAverage,
        }
    }
}

/// The first number that stands before `%` or `percent`.
fn percentage(text: &str) -> Option<f64> {
    let end = [text.find('%'), text.find("percent")];
    let before = text.get(..end.into_iter().flatten().min()?)?.trim_end();
    let number = before.rsplit(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '−')));
    let number = number.map(|number| number.replace('−', "-")).next()?;
    number.parse().ok()
}

/// What people in a role usually earn in a year, in thousands of the currency of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SalaryBand {
    /// Less than 30.
    Under30,
    /// 30 to less than 50.
    From30,
    /// 50 to less than 75.
    From50,
    /// 75 to less than 100.
    From75,
    /// 100 to less than 150.
    From100,
    /// 150 to less than 200.
    From150,
    /// 200 or more.
    From200,
}

impl SalaryBand {
    /// Every value; the place of each is what is stored.
    pub const ALL: [Self; 7] = [
        Self::Under30,
        Self::From30,
        Self::From50,
        Self::From75,
        Self::From100,
        Self::From150,
        Self::From200,
    ];

    /// The place among all values.
    #[must_use]
    pub fn place(self) -> usize {
        let all = Self::ALL.iter();
        all.take_while(|value| **value != self).count()
    }

    /// The band of the middle one of what people earn; `None` when no amount is for a time.
    #[must_use]
    pub fn of(salaries: &[SalaryObservation]) -> Option<Self> {
        const MIDDLE: [SalaryStatistic; 5] = [
            SalaryStatistic::Median,
            SalaryStatistic::Typical,
            SalaryStatistic::Mean,
            SalaryStatistic::Minimum,
            SalaryStatistic::Maximum,
        ];
        let yearly = MIDDLE.iter().find_map(|statistic| {
            let mut of_statistic = salaries.iter().filter(|pay| pay.statistic == *statistic);
            of_statistic.find_map(yearly)
        });
        yearly.map(Self::holding)
    }

    fn holding(amount: i64) -> Self {
        match amount {
            ..30_000 => Self::Under30,
            30_000..50_000 => Self::From30,
            50_000..75_000 => Self::From50,
            75_000..100_000 => Self::From75,
            100_000..150_000 => Self::From100,
            150_000..200_000 => Self::From150,
            200_000.. => Self::From200,
        }
    }
}

/// What is earned in a year of full-time work, in whole units of the currency.
fn yearly(pay: &SalaryObservation) -> Option<i64> {
    let times = match pay.period? {
        PayPeriod::Hour => 2_080,
        PayPeriod::Day => 260,
        PayPeriod::Week => 52,
        PayPeriod::Biweek => 26,
        PayPeriod::Month => 12,
        PayPeriod::Year => 1,
        PayPeriod::Piece | PayPeriod::Once | PayPeriod::Unpaid => return None,
    };
    let unit = 10_i64.checked_pow(pay.amount.currency.exponent())?;
    Some(pay.amount.minor_units.checked_mul(times)? / unit)
}
