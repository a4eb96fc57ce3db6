//! What concepts are called, in every language of their scheme.

use crate::Locale;
use crate::text_enum::text_enum;

text_enum! {
    /// What sort of name a label is.
    pub enum LabelKind {
        /// The name that the scheme prefers.
        Preferred = "PREFERRED",
        /// Another name.
        Alternate = "ALTERNATE",
        /// A name that is there to be found and not to be shown, such as a misspelling.
        Hidden = "HIDDEN",
    }
}

text_enum! {
    /// What a note is about.
    pub enum NoteKind {
        /// What the concept is.
        Description = "DESCRIPTION",
        /// What the concept means, strictly.
        Definition = "DEFINITION",
        /// What belongs to the concept and what does not.
        Scope = "SCOPE",
    }
}

/// What a concept is called in one language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// The language.
    pub locale: Locale,
    /// What sort of name it is.
    pub kind: LabelKind,
    /// The name.
    pub text: String,
}

/// What is said about a concept in one language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Note {
    /// The language.
    pub locale: Locale,
    /// What it is about.
    pub kind: NoteKind,
    /// The text.
    pub text: String,
}

/// How well a label suits a reader; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Suits {
    Exactly,
    ByLanguage,
    AsEnglish,
    ByAnyMeans,
}

/// The preferred label for a reader of `wanted`: in that locale, else in its language, else in
/// English, else in whatever language comes first; `None` when no label is preferred. Of equals,
/// the plain language wins, then the first one.
#[must_use]
pub fn called<'l>(labels: &'l [Label], wanted: &Locale) -> Option<&'l Label> {
    let preferred = labels
        .iter()
        .filter(|label| label.kind == LabelKind::Preferred);
    preferred.min_by_key(|label| {
        let suits = suits(&label.locale, wanted);
        let is_regional = suits != Suits::ByAnyMeans && label.locale.as_str().contains('-');
        (suits, is_regional)
    })
}

fn suits(locale: &Locale, wanted: &Locale) -> Suits {
    if locale == wanted {
        Suits::Exactly
    } else if locale.language() == wanted.language() {
        Suits::ByLanguage
    } else if locale.language() == Locale::english().language() {
        Suits::AsEnglish
    } else {
        Suits::ByAnyMeans
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn label(locale: &str, kind: LabelKind) -> Label {
        Label {
            locale: Locale::parse(locale).unwrap(),
            kind,
            text: format!("{kind} in {locale}"),
        }
    }

    fn found(locales: &[&str], wanted: &str) -> Option<String> {
        let labels = locales.iter();
        let labels: Vec<_> = labels
            .map(|locale| label(locale, LabelKind::Preferred))
            .collect();
        let found = called(&labels, &Locale::parse(wanted).unwrap());
        found.map(|label| label.locale.to_string())
    }

    #[test]
    fn the_nearest_language_is_taken() {
        let of = |locales: &[&str], wanted| found(locales, wanted).unwrap();
        assert_eq!(of(&["en", "fr", "fr-CA"], "fr-CA"), "fr-CA");
        assert_eq!(of(&["en", "fr-BE", "fr"], "fr-CA"), "fr");
        assert_eq!(of(&["en", "fr-BE"], "fr"), "fr-BE");
        assert_eq!(of(&["bg", "en-GB", "en"], "fr"), "en");
        assert_eq!(of(&["pt-BR", "bg"], "fr"), "pt-BR");
        assert_eq!(found(&[], "fr"), None);
    }

    fn locale() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec!["en", "en-GB", "fr", "fr-CA", "fr-BE", "de", "pt-BR"])
    }

    proptest! {
        #[test]
        fn a_preferred_label_is_found_and_none_suits_better(
            labels in prop::collection::vec(
                (locale(), prop::sample::select(LabelKind::ALL)), 0..8
            ),
            wanted in locale(),
        ) {
            let wanted = Locale::parse(wanted).unwrap();
            let labels: Vec<_> = labels.into_iter().map(|(at, kind)| label(at, kind)).collect();
            let found = called(&labels, &wanted);
            let mut preferred = labels.iter().filter(|label| label.kind == LabelKind::Preferred);
            prop_assert_eq!(found.is_some(), preferred.clone().next().is_some());
            if let Some(found) = found {
                prop_assert_eq!(found.kind, LabelKind::Preferred);
                let rank = suits(&found.locale, &wanted);
                prop_assert!(preferred.all(|label| suits(&label.locale, &wanted) >= rank));
            }
        }
    }
}
