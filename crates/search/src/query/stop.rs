//! Words that mean nothing in a query.

use super::{Clause, Term, Wanted};

/// Words that questions are made of, and words for what every role is.
///
/// Verbs and adjectives that narrow a question (`work`, `needs`) are not among them, and neither
/// are single letters that name something (`c`, `r`).
const STOP_WORDS: &str = "\
    a about also am an and any anybody anyone are as at be become becoming been being but by can \
    could did do does doing everybody everyone find for from get had has have having how i if im \
    in into is it its job jobs like may me might must my not of on onto or our people person \
    persons please role roles shall should so some somebody someone such than that the their \
    them then there these they this those to us want wants was we were what whats when where \
    which while who whom whos whose why will with would you your";

/// Words that questions begin with.
const QUESTION_WORDS: &[&str] = &[
    "are", "can", "could", "do", "does", "how", "is", "should", "what", "whats", "when", "where",
    "which", "who", "whom", "whose", "why",
];

/// Words that fill questions and would say something between other words.
const IN_QUESTIONS: &str = "\
    after again all always back before both decide decides each first give gives go \
    goes good help helps keep keeps know knows let lets look looks make makes many \
    much need needs next other over put puts see sees show shows still take takes \
    tell tells through until up use uses using very way well without work working \
    works";

/// Leaves out the words that mean nothing, unless there is no other.
pub(super) fn leave_out(clauses: &mut Vec<Clause>, text: &str) {
    let is_question = clauses
        .first()
        .is_some_and(|first| is_among(first, text, QUESTION_WORDS));
    let stop_words: Vec<&str> = STOP_WORDS.split(' ').collect();
    retain(clauses, |clause| !is_among(clause, text, &stop_words));
    if is_question {
        let fillers: Vec<&str> = IN_QUESTIONS.split(' ').collect();
        retain(clauses, |clause| !is_among(clause, text, &fillers));
    }
}

/// Retains some of the clauses, or all if there were none.
fn retain(clauses: &mut Vec<Clause>, wanted: impl Fn(&Clause) -> bool) {
    if clauses.iter().any(&wanted) {
        clauses.retain(wanted);
    }
}

fn is_among(clause: &Clause, text: &str, words: &[&str]) -> bool {
    let [term] = clause.any.as_slice() else {
        return false;
    };
    let Term {
        field: None,
        wanted: Wanted::Word { text: word, .. },
        span,
    } = term
    else {
        return false;
    };
    words.contains(&word.as_str()) && !is_abbreviation(text.get(span.clone()))
}

/// Information technology, the United States and the bus of a car are written in capitals.
fn is_abbreviation(written: Option<&str>) -> bool {
    matches!(written, Some("IT" | "US" | "CAN"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;
    use crate::word::fold;

    fn looked_for(text: &str) -> Vec<String> {
        let query = Query::parse(text).unwrap();
        let spans = query
            .wanted()
            .filter_map(|term| text.get(term.span.clone()));
        spans.map(str::to_owned).collect()
    }

    #[test]
    fn words_that_mean_nothing_are_left_out_when_others_remain() {
        assert_eq!(looked_for("Who fixes the planes?"), ["fixes", "planes"]);
        assert_eq!(looked_for("how to become a nurse"), ["nurse"]);
        assert_eq!(looked_for("What's a teacher’s job"), ["teacher’s"]);
        assert_eq!(looked_for("nurse OR"), ["nurse"]);
        assert_eq!(
            looked_for("people who do it"),
            ["people", "who", "do", "it"]
        );
        assert_eq!(looked_for("who -nurse"), ["who"]);
    }

    #[test]
    fn questions_are_more_than_their_fillers() {
        assert_eq!(looked_for("who keeps a website up"), ["website"]);
        assert_eq!(looked_for("keeps a website up"), ["keeps", "website", "up"]);
        assert_eq!(looked_for("who knows"), ["knows"]);
    }

    #[test]
    fn words_that_mean_something_in_their_place_remain() {
        assert_eq!(looked_for("keep it running"), ["keep", "running"]);
        assert_eq!(looked_for("the IT manager"), ["IT", "manager"]);
        assert_eq!(looked_for("CAN bus"), ["CAN", "bus"]);
        assert_eq!(looked_for("R and C"), ["R", "C"]);
        assert_eq!(looked_for("\"the\" nurse"), ["the", "nurse"]);
        assert_eq!(looked_for("title:people nurse"), ["people", "nurse"]);
        assert_eq!(looked_for("a OR an nurse"), ["a", "an", "nurse"]);
        assert_eq!(looked_for("the* nurse"), ["the", "nurse"]);
        assert_eq!(Query::parse("nurse -the").unwrap().none.len(), 1);
    }

    #[test]
    fn stop_words_are_folded_and_apart() {
        for list in [STOP_WORDS, IN_QUESTIONS] {
            let words: Vec<_> = list.split(' ').collect();
            assert!(words.is_sorted_by(|a, b| a < b));
            let folded = |word: &str| !word.is_empty() && fold(word) == word;
            assert!(words.into_iter().all(folded));
        }
    }
}
