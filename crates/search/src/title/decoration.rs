//! What titles of postings carry beside the occupation.

/// Where a phrase is a decoration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    /// Wherever it stands.
    Anywhere,
    /// At the beginning or the end of a part that has other words.
    Edge,
    /// At the end of a part that has other words.
    Last,
    /// As a whole part: in brackets, or behind a comma, dash or bar.
    Apart,
}

use Where::{Anywhere, Apart, Edge, Last};

/// The decorations, as plain words; sorted.
const PHRASES: &[(&[&str], Where)] = &[
    (&["all", "gender"], Anywhere),
    (&["all", "genders"], Anywhere),
    (&["any", "gender"], Anywhere),
    (&["apply", "now"], Anywhere),
    (&["asap"], Anywhere),
    (&["autumn"], Apart),
    (&["b2b"], Apart),
    (&["bs", "ms"], Apart),
    (&["bsc"], Apart),
    (&["casual"], Apart),
    (&["contract"], Apart),
    (&["contract", "to", "hire"], Anywhere),
    (&["contractor"], Apart),
    (&["day", "shift"], Anywhere),
    (&["days"], Apart),
    (&["evening", "shift"], Anywhere),
    (&["evenings"], Apart),
    (&["experienced", "hire"], Anywhere),
    (&["fall"], Apart),
    (&["fixed", "term"], Anywhere),
    (&["flexible"], Apart),
    (&["flexible", "hours"], Anywhere),
    (&["freelance"], Anywhere),
    (&["freelancer"], Apart),
    (&["ft"], Apart),
    (&["ftc"], Apart),
    (&["full", "time"], Anywhere),
    (&["fulltime"], Anywhere),
    (&["fully", "remote"], Anywhere),
    (&["help", "wanted"], Anywhere),
    (&["hiring"], Edge),
    (&["hiring", "now"], Anywhere),
    (&["home", "based"], Anywhere),
    (&["home", "office"], Anywhere),
    (&["homeoffice"], Anywhere),
    (&["hybrid"], Anywhere),
    (&["hybrid", "remote"], Anywhere),
    (&["immediate", "start"], Anywhere),
    (&["immediately"], Edge),
    (&["job"], Last),
    (&["job", "opening"], Anywhere),
    (&["jobs"], Last),
    (&["locum"], Edge),
    (&["long", "term"], Apart),
    (&["masters"], Apart),
    (&["maternity", "cover"], Anywhere),
    (&["mba"], Apart),
    (&["month", "contract"], Apart),
    (&["month", "ftc"], Apart),
    (&["msc"], Apart),
    (&["multiple", "locations"], Anywhere),
    (&["needed"], Last),
    (&["night", "shift"], Anywhere),
    (&["nights"], Apart),
    (&["no", "experience", "needed"], Anywhere),
    (&["no", "experience", "required"], Anywhere),
    (&["now", "hiring"], Anywhere),
    (&["office", "based"], Anywhere),
    (&["on", "site"], Anywhere),
    (&["onsite"], Anywhere),
    (&["opening"], Last),
    (&["opportunity"], Last),
    (&["overnight"], Apart),
    (&["part", "time"], Anywhere),
    (&["parttime"], Anywhere),
    (&["per", "diem"], Anywhere),
    (&["permanent"], Anywhere),
    (&["phd"], Apart),
    (&["position"], Last),
    (&["position", "available"], Anywhere),
    (&["prn"], Apart),
    (&["relocation"], Apart),
    (&["remote"], Edge),
    (&["remote", "first"], Anywhere),
    (&["remote", "possible"], Anywhere),
    (&["remotely"], Edge),
    (&["required"], Last),
    (&["role"], Last),
    (&["seasonal"], Anywhere),
    (&["short", "term"], Apart),
    (&["sign", "on", "bonus"], Anywhere),
    (&["spring"], Apart),
    (&["start", "immediately"], Anywhere),
    (&["summer"], Apart),
    (&["teilzeit"], Anywhere),
    (&["temp"], Edge),
    (&["temp", "to", "perm"], Anywhere),
    (&["temporary"], Anywhere),
    (&["unbefristet"], Anywhere),
    (&["urgent"], Edge),
    (&["urgent", "hiring"], Anywhere),
    (&["urgently", "hiring"], Anywhere),
    (&["urgently", "needed"], Anywhere),
    (&["urgently", "required"], Anywhere),
    (&["vacancy"], Last),
    (&["visa", "sponsorship"], Anywhere),
    (&["vollzeit"], Anywhere),
    (&["vollzeit", "teilzeit"], Anywhere),
    (&["volunteer"], Apart),
    (&["wanted"], Last),
    (&["we", "are", "hiring"], Anywhere),
    (&["weekend", "shift"], Anywhere),
    (&["weekends"], Apart),
    (&["wfh"], Anywhere),
    (&["winter"], Apart),
    (&["work", "at", "home"], Anywhere),
    (&["work", "from", "home"], Anywhere),
];

/// What follows `remote` in names of occupations.
const NOT_AT_HOME: &[&str] = &["control", "pilot", "sensing"];

/// Words before the number of a requisition.
const NUMBERED: &[&str] = &[
    "id",
    "job",
    "jobid",
    "jr",
    "no",
    "nr",
    "number",
    "r",
    "ref",
    "reference",
    "req",
    "reqid",
    "requisition",
];

/// Words around an amount of money.
const PAY: &[&str] = &[
    "an", "annum", "annual", "annually", "day", "eur", "gbp", "hour", "hourly", "hr", "k", "month",
    "p", "a", "per", "salary", "to", "up", "usd", "week", "year", "yr",
];

/// How many of the words at `at` are a decoration.
pub(super) fn phrase(words: &[&str], at: usize, is_apart: bool) -> Option<usize> {
    let ahead = words.get(at..)?;
    let first = ahead.first()?;
    let from = PHRASES.partition_point(|(phrase, _)| phrase.first() < Some(first));
    let same_start = PHRASES.iter().skip(from);
    let same_start = same_start.take_while(|(phrase, _)| phrase.first() == Some(first));
    let fits = |(phrase, place): &&(&[&str], Where)| {
        let whole = phrase.len() == words.len();
        let last = phrase.len() == ahead.len();
        ahead.starts_with(phrase)
            && match place {
                Anywhere => true,
                Edge => is_apart || ((at == 0 || last) && !whole),
                Last => last && (is_apart || !whole),
                Apart => is_apart,
            }
    };
    let longest = same_start
        .filter(fits)
        .map(|(phrase, _)| phrase.len())
        .max()?;
    let next = ahead.get(1);
    let occupation = *first == "remote" && next.is_some_and(|next| NOT_AT_HOME.contains(next));
    (!occupation).then_some(longest)
}

/// Whether a number behind this word counts requisitions.
pub(super) fn numbers(word: &str) -> bool {
    NUMBERED.contains(&word)
}

/// Whether a word beside an amount of money belongs to it.
pub(super) fn is_about_pay(word: &str) -> bool {
    PAY.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(PHRASES.is_sorted_by_key(|(phrase, _)| phrase));
    }

    #[test]
    fn a_phrase_is_a_decoration_in_its_place() {
        assert_eq!(phrase(&["full", "time", "nurse"], 0, false), Some(2));
        assert_eq!(phrase(&["contract", "manager"], 0, false), None);
        assert_eq!(phrase(&["contract"], 0, true), Some(1));
        assert_eq!(phrase(&["nurse", "job"], 1, false), Some(1));
        assert_eq!(phrase(&["job"], 0, false), None);
        assert_eq!(phrase(&["job", "coach"], 0, false), None);
        assert_eq!(phrase(&["remote", "sensing", "scientist"], 0, false), None);
    }
}
