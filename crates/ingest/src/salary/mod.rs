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
pub(crate) fn of(draft: &RoleDraft) -> Vec<SalaryObservation> {
    let mut found = Vec::new();
    for entry in &draft.outline.entries {
        let kind = match entry.kind {
            OutlineKind::Facts => {
                let pay = draft
                    .facts
                    .iter()
                    .filter(|fact| fact.key == FactKey::TypicalPay);
                found.extend(pay.flat_map(|fact| in_fact(&fact.text)));
                continue;
            }
            OutlineKind::CareerOutlook => SectionKind::CareerOutlook,
            OutlineKind::Pay => SectionKind::Pay,
            _ => continue,
        };
        let sections = draft.sections.iter().filter(|section| section.kind == kind);
        found.extend(sections.flat_map(|section| in_prose(&section.body)));
    }
    found
}

/// The observations in prose; each quotes its clause.
fn in_prose(text: &str) -> Vec<SalaryObservation> {
    clause::clauses(text)
        .flat_map(|clause| in_clause(clause, clause))
        .collect()
}

/// The observations in the text of a fact; each quotes the whole text.
fn in_fact(text: &str) -> Vec<SalaryObservation> {
    clause::clauses(text)
        .flat_map(|clause| in_clause(clause, text))
        .collect()
}

fn in_clause(clause: &str, source: &str) -> Vec<SalaryObservation> {
    let amounts = amount::find_all(clause);
    let Some(first) = amounts.first() else {
        return Vec::new();
    };
    let period_before = period::announced(clause.get(..first.start).unwrap_or_default());
    let mut found = Vec::new();
    let mut gap_start = 0;
    for (i, amount) in amounts.iter().enumerate() {
        let next_start = amounts.get(i + 1).map_or(clause.len(), |next| next.start);
        let gap = clause.get(gap_start..amount.start).unwrap_or_default();
        let after = clause.get(amount.end..next_start).unwrap_or_default();
        gap_start = amount.end;
        let level = wording::level(gap);
        let period = period::following(after)
            .or(period_before)
            .or_else(|| implied_period(amount));
        let before = clause.get(..amount.start).unwrap_or_default();
        for (statistic, money) in statistics(amount, before, gap, after) {
            found.push(observation(level, statistic, money, period, source));
        }
    }
    found
}

/// A range is a minimum and a maximum; one amount is what the words around it say.
fn statistics(
    amount: &Amount,
    before: &str,
    gap: &str,
    after: &str,
) -> Vec<(SalaryStatistic, Money)> {
    match amount.high {
        Some(high) => vec![
            (SalaryStatistic::Minimum, amount.low),
            (SalaryStatistic::Maximum, high),
        ],
        None => vec![(wording::statistic(before, gap, after), amount.low)],
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
