//! What people in a role earn, as schema.org says it.
//!
//! Medians and percentiles are a `MonetaryAmountDistribution`; ends of ranges and single amounts
//! are a `MonetaryAmount` whose value has a unit of time.

use std::collections::BTreeMap;

use domain::money::Money;
use domain::role::SalaryObservation;
use domain::role::salary::{Origin, PayPeriod, SalaryStatistic, Seniority};
use serde_json::{Map, Number, Value, json};

type Object = Map<String, Value>;

/// Observations of one group share an object.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    level: Seniority,
    currency: &'static str,
    unit: Unit,
    single: bool,
}

/// A length of time, as the two vocabularies write it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Unit {
    duration: &'static str,
    text: &'static str,
}

/// One object per level, currency and period; nothing without usable pay.
///
/// Predicted amounts are not published as pay, nor are amounts whose period is unknown or is no
/// length of time.
pub(super) fn estimated_salary(salaries: &[SalaryObservation]) -> Option<Value> {
    let mut groups: BTreeMap<Group, Object> = BTreeMap::new();
    for salary in salaries
        .iter()
        .filter(|salary| salary.origin != Origin::Predicted)
    {
        let Some(unit) = salary.period.and_then(unit) else {
            continue;
        };
        let (property, single) = property(salary.statistic);
        let currency = salary.amount.currency.code();
        let group = Group {
            level: salary.level,
            currency,
            unit,
            single,
        };
        if let Some(amount) = amount(salary.amount) {
            groups
                .entry(group)
                .or_default()
                .insert(property.to_owned(), amount);
        }
    }
    let objects: Vec<Value> = groups
        .into_iter()
        .map(|(group, values)| group.object(values))
        .collect();
    (!objects.is_empty()).then_some(Value::Array(objects))
}

impl Group {
    fn object(self, values: Object) -> Value {
        let name = match self.level {
            Seniority::Unspecified => "base".to_owned(),
            level => format!("base, {} level", level.as_str().to_lowercase()),
        };
        if self.single {
            let mut value = Object::new();
            value.insert("@type".to_owned(), json!("QuantitativeValue"));
            value.insert("unitText".to_owned(), json!(self.unit.text));
            value.extend(values);
            return json!({
                "@type": "MonetaryAmount",
                "name": name,
                "currency": self.currency,
                "value": value,
            });
        }
        let mut distribution = Object::new();
        distribution.insert("@type".to_owned(), json!("MonetaryAmountDistribution"));
        distribution.insert("name".to_owned(), json!(name));
        distribution.insert("currency".to_owned(), json!(self.currency));
        distribution.insert("duration".to_owned(), json!(self.unit.duration));
        distribution.extend(values);
        Value::Object(distribution)
    }
}

const fn unit(period: PayPeriod) -> Option<Unit> {
    let (duration, text) = match period {
        PayPeriod::Hour => ("PT1H", "HOUR"),
        PayPeriod::Day => ("P1D", "DAY"),
        PayPeriod::Week => ("P1W", "WEEK"),
        PayPeriod::Biweek => ("P2W", "BIWEEK"),
        PayPeriod::Month => ("P1M", "MONTH"),
        PayPeriod::Year => ("P1Y", "YEAR"),
        PayPeriod::Piece | PayPeriod::Once | PayPeriod::Unpaid => return None,
    };
    Some(Unit { duration, text })
}

/// The property of a statistic, and whether it belongs to a single amount.
const fn property(statistic: SalaryStatistic) -> (&'static str, bool) {
    match statistic {
        SalaryStatistic::P10 => ("percentile10", false),
        SalaryStatistic::P25 => ("percentile25", false),
        SalaryStatistic::Median => ("median", false),
        SalaryStatistic::P75 => ("percentile75", false),
        SalaryStatistic::P90 => ("percentile90", false),
        SalaryStatistic::Minimum => ("minValue", true),
        SalaryStatistic::Maximum => ("maxValue", true),
        SalaryStatistic::Mean | SalaryStatistic::Typical => ("value", true),
    }
}

/// The amount in whole units of its currency, exact to the last digit.
fn amount(money: Money) -> Option<Value> {
    let text = money.to_string();
    let (digits, _code) = text.split_once(' ')?;
    let trimmed = match digits.split_once('.') {
        Some((whole, part)) if part.chars().all(|c| c == '0') => whole,
        Some(_) => digits.trim_end_matches('0'),
        None => digits,
    };
    trimmed.parse::<Number>().ok().map(Value::Number)
}
