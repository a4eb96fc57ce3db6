//! Forms of occupation words that say a gender, and the neutral form they are compared by.

/// Forms that no rule finds, sorted by the form.
const NEUTRAL: &[(&str, &str)] = &[
    ("actress", "actor"),
    ("alderman", "councilperson"),
    ("anchorman", "anchor"),
    ("anchorwoman", "anchor"),
    ("authoress", "author"),
    ("ballerina", "dancer"),
    ("barmaid", "bartender"),
    ("barman", "bartender"),
    ("barperson", "bartender"),
    ("barwoman", "bartender"),
    ("coiffeuse", "coiffeur"),
    ("comedienne", "comedian"),
    ("draftsman", "drafter"),
    ("draftsperson", "drafter"),
    ("draftswoman", "drafter"),
    ("fireman", "firefighter"),
    ("fireperson", "firefighter"),
    ("firewoman", "firefighter"),
    ("fisher", "fisherperson"),
    ("governess", "governor"),
    ("headmaster", "headteacher"),
    ("headmistress", "headteacher"),
    ("hostess", "host"),
    ("huntress", "hunter"),
    ("lineman", "lineworker"),
    ("lineperson", "lineworker"),
    ("linewoman", "lineworker"),
    ("manageress", "manager"),
    ("masseuse", "masseur"),
    ("milkmaid", "milker"),
    ("proprietress", "proprietor"),
    ("saleslady", "salesperson"),
    ("seamstress", "sewer"),
    ("sempstress", "sewer"),
    ("stewardess", "steward"),
    ("usherette", "usher"),
    ("waiter", "waiter"),
    ("waitperson", "waiter"),
    ("waitress", "waiter"),
    ("waitron", "waiter"),
];

/// Endings that name a man, a woman or a person.
const PERSONS: &[&str] = &[
    "persons", "person", "people", "women", "woman", "men", "man",
];

/// Words that only look like such compounds.
const NO_PERSONS: &[&str] = &[
    "abdomen", "acumen", "brahman", "german", "human", "norman", "ottoman", "regimen", "roman",
    "shaman", "specimen", "talisman", "woman", "women",
];

/// The endings of female forms in German, which lose an `in`.
const FEMALE: &[&str] = &["erin", "eurin", "istin", "torin"];
const SHORTEST_FEMALE: usize = 7;

/// What stands behind a sign to make a word name another gender as well: `Engineer/in`.
pub(super) const ADDED: &[&str] = &[
    "e", "ere", "ess", "euse", "frau", "in", "innen", "man", "mann", "men", "ne", "person", "r",
    "ress", "rin", "rinnen", "se", "trice", "woman", "women",
];

/// The letters and words of markers such as `(m/w/d)`.
pub(super) const MARKS: &[&str] = &[
    "a", "d", "div", "divers", "f", "gn", "h", "i", "m", "male", "female", "mf", "mwd", "n", "v",
    "w", "wmd", "x",
];

/// The neutral form of a singular word, when it has another one.
pub(super) fn neutral(word: &str) -> Option<String> {
    if let Ok(at) = NEUTRAL.binary_search_by_key(&word, |(form, _)| form) {
        let (_, neutral) = NEUTRAL.get(at)?;
        return Some((*neutral).to_owned());
    }
    let female = word.len() >= SHORTEST_FEMALE && FEMALE.iter().any(|end| word.ends_with(end));
    if female {
        return word.strip_suffix("in").map(str::to_owned);
    }
    let stem = PERSONS.iter().find_map(|end| word.strip_suffix(end))?;
    let compound = stem.len() > 2 && !NO_PERSONS.contains(&word);
    compound.then(|| format!("{stem}person"))
}

/// All forms that have this neutral form.
pub(super) fn forms(neutral: &str) -> Vec<String> {
    let listed = NEUTRAL.iter().filter(|(_, form)| *form == neutral);
    let mut forms: Vec<String> = listed.map(|(form, _)| (*form).to_owned()).collect();
    if let Some(stem) = neutral.strip_suffix("person").filter(|stem| stem.len() > 2) {
        forms.extend(PERSONS.iter().map(|end| format!("{stem}{end}")));
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(NEUTRAL.is_sorted_by_key(|(form, _)| form));
    }

    #[test]
    fn forms_of_one_occupation_meet() {
        for (one, other) in [
            ("salesman", "saleswoman"),
            ("salesmen", "salespeople"),
            ("fireman", "firewoman"),
            ("draftsman", "draftsperson"),
        ] {
            assert_eq!(neutral(one), neutral(other), "{one} {other}");
        }
        assert_eq!(neutral("entwicklerin").as_deref(), Some("entwickler"));
        assert_eq!(neutral("human"), None);
        assert_eq!(neutral("engineer"), None);
        assert!(forms("salesperson").contains(&"saleswoman".to_owned()));
    }
}
