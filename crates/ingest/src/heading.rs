//! Which lines are headings.

use domain::role::OutlineKind;

use crate::text::comparison_key;

/// The largest number of characters of a heading that is not known by its words.
const MAX_HEADING_CHARS: usize = 60;

/// The level of Markdown lines that are headings only because all of them is bold.
pub(crate) const BOLD_LEVEL: u8 = 7;

/// Known headings by their comparison keys.
const KNOWN: &[(OutlineKind, &[&str])] = &[
    (
        OutlineKind::Facts,
        &[
            "role at a glance",
            "at a glance",
            "quick facts",
            "key facts",
        ],
    ),
    (
        OutlineKind::Duties,
        &[
            "duties and responsibilities",
            "duties & responsibilities",
            "duties",
            "responsibilities",
            "key responsibilities",
            "main duties",
        ],
    ),
    (
        OutlineKind::Overview,
        &[
            "overview",
            "role overview",
            "position overview",
            "about the role",
        ],
    ),
    (
        OutlineKind::Qualifications,
        &[
            "qualifications",
            "requirements",
            "skills and qualifications",
            "qualifications and skills",
        ],
    ),
    (
        OutlineKind::CareerOutlook,
        &["career outlook", "job outlook", "outlook"],
    ),
    (
        OutlineKind::Pay,
        &[
            "salary",
            "pay",
            "compensation",
            "salary and compensation",
            "pay and benefits",
        ],
    ),
    (
        OutlineKind::WorkEnvironment,
        &["work environment", "working conditions"],
    ),
    (OutlineKind::HowToBecome, &["how to become one"]),
    (
        OutlineKind::CoverLetter,
        &[
            "sample cover letter",
            "cover letter",
            "cover letter example",
        ],
    ),
    (
        OutlineKind::Faqs,
        &[
            "frequently asked questions",
            "faq",
            "faqs",
            "common questions",
        ],
    ),
];

/// What stands under a heading with these words; `None` when the words are not known.
pub(crate) fn known(text: &str) -> Option<OutlineKind> {
    let key = comparison_key(text);
    let listed = KNOWN.iter().find(|(_, keys)| keys.contains(&key.as_str()));
    listed.map(|(kind, _)| *kind).or_else(|| {
        let open_ended = key.strip_prefix("how to become a ");
        let open_ended = open_ended.or_else(|| key.strip_prefix("how to become an "));
        let is_short = key.chars().count() <= MAX_HEADING_CHARS;
        let is_sentence = key.ends_with(['.', '!', '…', ',', ';', ':']);
        (open_ended.is_some() && is_short && !is_sentence).then_some(OutlineKind::HowToBecome)
    })
}

/// Whether a line that stands alone between blank lines reads as a heading.
pub(crate) fn is_plausible(text: &str) -> bool {
    text.chars().count() <= MAX_HEADING_CHARS
        && text.contains(char::is_alphabetic)
        && !text.ends_with(['.', '!', '?', ',', ';', ':'])
        && !text.starts_with('[')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_headings_are_found_in_any_letter_case() {
        for (text, kind) in [
            ("ROLE AT A GLANCE", OutlineKind::Facts),
            ("Duties & Responsibilities:", OutlineKind::Duties),
            ("About the role", OutlineKind::Overview),
            ("Frequently asked questions (FAQs)", OutlineKind::Faqs),
            ("How to become an electrician", OutlineKind::HowToBecome),
            ("How to Become One", OutlineKind::HowToBecome),
            ("pay", OutlineKind::Pay),
        ] {
            assert_eq!(known(text), Some(kind), "{text}");
        }
        for text in [
            "Dutiful",
            "Requirements::",
            "How to become a",
            "How to become a nurse depends on where you live.",
        ] {
            assert_eq!(known(text), None, "{text}");
        }
    }

    #[test]
    fn other_headings_are_short_and_no_sentences() {
        assert!(is_plausible("Tools of the trade"));
        for text in [
            "A sentence.",
            "Ends so:",
            "[Company]",
            "2026",
            &"x".repeat(61),
        ] {
            assert!(!is_plausible(text), "{text}");
        }
    }
}
