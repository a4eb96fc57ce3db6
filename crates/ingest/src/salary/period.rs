//! What time an amount is paid for.

use domain::role::salary::PayPeriod;

/// Within how many characters after an amount its period stands.
const REACH_CHARS: usize = 24;

/// Words that tie a unit of time to an amount.
const TIES: &[&str] = &["a", "an", "per", "each", "every", "one", "/"];

/// The period in the words that follow an amount.
pub(super) fn following(after: &str) -> Option<PayPeriod> {
    let reach = after
        .char_indices()
        .nth(REACH_CHARS)
        .map_or(after.len(), |(at, _)| at);
    let mut words = words(after);
    words.retain(|(at, word)| at + word.len() <= reach);
    words.iter().enumerate().find_map(|(i, (_, word))| {
        let tied = words.get(i + 1).filter(|_| TIES.contains(&word.as_str()));
        tied.and_then(|(_, unit)| period_of_unit(unit))
            .or_else(|| period_of_adverb(word))
    })
}

/// The length of the period that the text starts with.
pub(super) fn at_start(text: &str) -> Option<usize> {
    let reach = text
        .char_indices()
        .nth(REACH_CHARS)
        .map_or(text.len(), |(at, _)| at);
    let words = words(text.get(..reach)?);
    let [(_, tie), (unit_at, unit), ..] = words.as_slice() else {
        return None;
    };
    let is_period = TIES.contains(&tie.as_str()) && period_of_unit(unit).is_some();
    is_period.then(|| unit_at + unit.len())
}

/// The period that stands before the amounts of a clause, as in `hourly rates of`.
pub(super) fn announced(before: &str) -> Option<PayPeriod> {
    words(before)
        .iter()
        .rev()
        .find_map(|(_, word)| period_of_adverb(word))
}

fn period_of_unit(word: &str) -> Option<PayPeriod> {
    match word {
        "hour" | "hr" | "h" => Some(PayPeriod::Hour),
        "day" => Some(PayPeriod::Day),
        "week" | "wk" => Some(PayPeriod::Week),
        "fortnight" => Some(PayPeriod::Biweek),
        "month" | "mo" => Some(PayPeriod::Month),
        "year" | "yr" | "annum" => Some(PayPeriod::Year),
        _ => None,
    }
}

fn period_of_adverb(word: &str) -> Option<PayPeriod> {
    match word {
        "hourly" => Some(PayPeriod::Hour),
        "daily" => Some(PayPeriod::Day),
        "weekly" => Some(PayPeriod::Week),
        "biweekly" | "fortnightly" => Some(PayPeriod::Biweek),
        "monthly" => Some(PayPeriod::Month),
        "annual" | "annually" | "yearly" | "p.a" => Some(PayPeriod::Year),
        _ => None,
    }
}

/// The words in lower case with their places; a slash is a word of its own.
fn words(text: &str) -> Vec<(usize, String)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_inside = c.is_alphanumeric() || (c == '.' && start.is_some());
        if is_inside {
            start.get_or_insert(at);
            continue;
        }
        if let Some(word) = start
            .take()
            .and_then(|start| Some((start, text.get(start..at)?)))
        {
            words.push((word.0, word.1.trim_end_matches('.').to_lowercase()));
        }
        if c == '/' {
            words.push((at, "/".to_owned()));
        }
    }
    words
}
