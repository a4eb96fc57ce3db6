//! Pay in prose: amounts, what they are amounts of, and what time they are paid for.
//!
//! Only texts about pay are read; letters and answers mention money for other reasons.

mod amount;
mod clause;
mod number;
mod period;
mod wording;

use domain::money::Money;
use domain::role::salary::{
    Origin, PayPeriod, SalaryObservation, SalaryStatistic, Seniority, ValueQuality,
};
use domain::role::{FactKey, OutlineKind, RoleDraft, SectionKind};

use amount::Amount;

/// From this many units of a currency on, an amount without a period is paid for a year.
const YEARLY_FROM_UNITS: i64 = 10_000;

/// The observations in the texts of a role, in the order in which the texts stand.
///
/// Reading stops after more than `limit` of them: such a role is refused anyway.
pub(crate) fn of(draft: &RoleDraft, limit: usize) -> Vec<SalaryObservation> {
    let mut found = Vec::new();
    for entry in &draft.outline.entries {
        let kind = match entry.kind {
            OutlineKind::Facts => {
                let pay = draft
                    .facts
                    .iter()
                    .filter(|fact| fact.key == FactKey::TypicalPay);
                pay.for_each(|fact| in_fact(&fact.text, limit, &mut found));
                continue;
            }
            OutlineKind::CareerOutlook => SectionKind::CareerOutlook,
            OutlineKind::Pay => SectionKind::Pay,
            _ => continue,
        };
        let sections = draft.sections.iter().filter(|section| section.kind == kind);
        sections.for_each(|section| in_prose(&section.body, limit, &mut found));
    }
    found
}

/// Adds the observations in prose; each quotes its clause.
fn in_prose(text: &str, limit: usize, found: &mut Vec<SalaryObservation>) {
    clause::clauses(text).for_each(|clause| in_clause(clause, clause, limit, found));
}

/// Adds the observations in the text of a fact; each quotes the whole text.
fn in_fact(text: &str, limit: usize, found: &mut Vec<SalaryObservation>) {
    clause::clauses(text).for_each(|clause| in_clause(clause, text, limit, found));
}

fn in_clause(clause: &str, source: &str, limit: usize, found: &mut Vec<SalaryObservation>) {
    let amounts = amount::find_all(clause);
    let first = amounts.first().and_then(|first| clause.get(..first.start));
    let period_before = first.and_then(period::announced);
    let mut average = SalaryStatistic::Typical;
    let mut gap_start = 0;
    for (i, amount) in amounts.iter().enumerate() {
        if found.len() > limit {
            return;
        }
        let next_start = amounts.get(i + 1).map_or(clause.len(), |next| next.start);
        let gap = clause.get(gap_start..amount.start).unwrap_or_default();
        let after = clause.get(amount.end..next_start).unwrap_or_default();
        gap_start = amount.end;
        average = wording::average(gap).unwrap_or(average);
        let level = wording::level(gap);
        let period = period::following(after)
            .or(period_before)
            .or_else(|| implied_period(amount));
        let single = wording::statistic(gap, after).unwrap_or(average);
        for (statistic, money) in statistics(amount, single) {
            found.push(observation(level, statistic, money, period, source));
        }
    }
}

/// A range is a minimum and a maximum; one amount is what the words around it say.
fn statistics(amount: &Amount, single: SalaryStatistic) -> Vec<(SalaryStatistic, Money)> {
    match amount.high {
        Some(high) => vec![
            (SalaryStatistic::Minimum, amount.low),
            (SalaryStatistic::Maximum, high),
        ],
        None => vec![(single, amount.low)],
    }
}

fn implied_period(amount: &Amount) -> Option<PayPeriod> {
    let largest = amount.high.unwrap_or(amount.low);
    let scale = 10_i64.checked_pow(largest.currency.exponent())?;
    let is_yearly = amount.is_abbreviated || largest.minor_units / scale >= YEARLY_FROM_UNITS;
    is_yearly.then_some(PayPeriod::Year)
}

fn observation(
    level: Seniority,
    statistic: SalaryStatistic,
    amount: Money,
    period: Option<PayPeriod>,
    source: &str,
) -> SalaryObservation {
    SalaryObservation {
        level,
        statistic,
        amount,
        period,
        quality: ValueQuality::Estimated,
        origin: Origin::Parsed,
        source_text: Some(source.strip_suffix('.').unwrap_or(source).to_owned()),
    }
}

#[cfg(test)]
mod tests;
