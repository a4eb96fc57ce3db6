//! Qualifications: what a role asks for, in groups.

/// The largest number of characters of the term of an item.
const MAX_TERM_CHARS: usize = 60;

/// One item of a qualification group. `S` is the form its skills are known in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualification<S> {
    /// The whole item.
    pub text: String,
    /// The skills that the text names, in order of appearance.
    pub skills: Vec<S>,
}

impl<S> Qualification<S> {
    /// Term and detail of an item of the form `Term: detail`.
    ///
    /// The term has at most 60 characters and none of `. ! ?` as a sentence mark; a dot inside a
    /// word, as in `Python 3.12`, is not one.
    #[must_use]
    pub fn term_and_detail(&self) -> Option<(&str, &str)> {
        let (term, detail) = self.text.split_once(": ")?;
        let (term, detail) = (term.trim(), detail.trim());
        let usable = !term.is_empty()
            && !detail.is_empty()
            && term.chars().count() <= MAX_TERM_CHARS
            && !has_sentence_mark(term);
        usable.then_some((term, detail))
    }
}

/// Whether a mark that ends a sentence stands at the end of a word.
fn has_sentence_mark(text: &str) -> bool {
    text.split(' ').any(|word| word.ends_with(['.', '!', '?']))
}

/// Items under one heading. `Q` is the form the items are known in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualificationGroup<Q> {
    /// The heading without its colon; `None` for items that stand before any heading.
    pub heading: Option<String>,
    /// The items in order.
    pub items: Vec<Q>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Option<(String, String)> {
        let item = Qualification::<()> {
            text: text.to_owned(),
            skills: Vec::new(),
        };
        item.term_and_detail()
            .map(|(term, detail)| (term.to_owned(), detail.to_owned()))
    }

    #[test]
    fn short_terms_are_split_off() {
        assert_eq!(
            split("Python 3.10–3.13: pattern matching, types: more"),
            Some((
                "Python 3.10–3.13".to_owned(),
                "pattern matching, types: more".to_owned()
            ))
        );
    }

    #[test]
    fn sentences_long_terms_and_plain_items_stay_whole() {
        assert_eq!(split("Contract testing for service boundaries"), None);
        assert_eq!(split("He asked. Then: nothing"), None);
        assert_eq!(split(&format!("{}: detail", "x".repeat(61))), None);
        assert_eq!(split("12:30 shift"), None);
    }
}
