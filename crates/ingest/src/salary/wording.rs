//! The words around an amount: which statistic it is and for which career level.

use domain::role::salary::{SalaryStatistic, Seniority};

use super::period;

/// Phrases that make the amount after them an upper end; longer ones come first.
const MAXIMUM: &[&str] = &[
    "up to",
    "as much as",
    "no more than",
    "not exceed",
    "below",
    "under",
    "less than",
    "at most",
];

/// Phrases that make the amount after them a lower end.
const MINIMUM: &[&str] = &[
    "exceed",
    "exceeds",
    "exceeding",
    "above",
    "over",
    "more than",
    "at least",
    "from",
    "start at",
    "starts at",
    "starting at",
    "upwards of",
];

/// Words between such a phrase and the amount that change nothing.
const FILLERS: &[&str] = &[
    "about",
    "around",
    "roughly",
    "approximately",
    "nearly",
    "almost",
    "some",
    "circa",
];

/// Words for career levels.
const LEVELS: &[(Seniority, &[&str])] = &[
    (Seniority::Intern, &["intern", "trainee", "apprentice"]),
    (
        Seniority::Junior,
        &[
            "junior",
            "entry-level",
            "early-career",
            "graduate",
            "newly qualified",
        ],
    ),
    (Seniority::Mid, &["mid-level", "mid-career", "intermediate"]),
    (Seniority::Senior, &["senior", "experienced"]),
    (
        Seniority::Lead,
        &["lead", "team leader", "head", "supervisor"],
    ),
    (Seniority::Principal, &["principal"]),
    (Seniority::Director, &["director"]),
    (Seniority::Executive, &["executive", "chief"]),
];

/// Which end of a range a single amount is by the words right before and after it.
///
/// `gap` reaches back to the amount before this one, `after` on to the next one.
pub(super) fn statistic(gap: &str, after: &str) -> Option<SalaryStatistic> {
    let words = words(gap);
    let fillers = words
        .iter()
        .rev()
        .take_while(|word| FILLERS.contains(&word.as_str()))
        .count();
    let told = words
        .get(..words.len() - fillers)
        .unwrap_or_default()
        .join(" ");
    if MAXIMUM.iter().any(|phrase| ends_with_words(&told, phrase)) {
        return Some(SalaryStatistic::Maximum);
    }
    let is_minimum = MINIMUM.iter().any(|phrase| ends_with_words(&told, phrase));
    (is_minimum || is_open_ended(after)).then_some(SalaryStatistic::Minimum)
}

/// The career level that the words before an amount name last.
pub(super) fn level(gap: &str) -> Seniority {
    let text = words(gap).join(" ").replace('-', " ");
    let mut last = (0, Seniority::Unspecified);
    for (level, names) in LEVELS {
        for name in *names {
            let place = last_mention(&text, &name.replace('-', " "));
            if let Some(end) = place.filter(|end| *end >= last.0) {
                last = (end, *level);
            }
        }
    }
    last.1
}

/// The end of the last place where the text has the name, also in the plural.
fn last_mention(text: &str, name: &str) -> Option<usize> {
    let mentions = text.match_indices(name).filter_map(|(at, _)| {
        let before = text.get(..at)?;
        let after = text.get(at + name.len()..)?;
        let after = after.strip_prefix('s').unwrap_or(after);
        let is_word = (before.is_empty() || before.ends_with(' '))
            && (after.is_empty() || after.starts_with(' '));
        // "These skills lead to" is no career level.
        let is_verb = name == "lead" && after.starts_with(" to");
        (is_word && !is_verb).then_some(text.len() - after.len())
    });
    mentions.last()
}

/// Whether the amount before these words is a lower end: `+` or "or more".
fn is_open_ended(after: &str) -> bool {
    let unit = period::at_start(after)
        .and_then(|length| after.get(length..))
        .unwrap_or(after);
    after.starts_with('+') || unit.starts_with('+') || unit.starts_with(" or more")
}

/// The kind of average that the words before an amount name last.
pub(super) fn average(gap: &str) -> Option<SalaryStatistic> {
    words(gap)
        .iter()
        .rev()
        .find_map(|word| match word.as_str() {
            "median" => Some(SalaryStatistic::Median),
            "average" | "averages" | "mean" => Some(SalaryStatistic::Mean),
            _ => None,
        })
}

fn ends_with_words(text: &str, phrase: &str) -> bool {
    text.strip_suffix(phrase)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
}

/// The words in lower case; hyphens stay inside of words.
fn words(text: &str) -> Vec<String> {
    let text = crate::text::straightened(text).to_lowercase();
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '-'));
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
