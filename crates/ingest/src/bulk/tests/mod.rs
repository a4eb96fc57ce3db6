//! What is written is read again, and what cannot be read is refused by name.

mod draft;

use domain::role::RoleDraft;
use domain::source::SourceName;
use proptest::prelude::*;

use super::line::read;
use super::{Cut, Lines, Place, RoleDocument};
use crate::Format;

const START: Place = Place { line: 0, offset: 0 };

fn sender() -> SourceName {
    SourceName {
        name: "Partner".to_owned(),
        licence: None,
        attribution: None,
    }
}

fn round_trip(draft: &RoleDraft) -> RoleDraft {
    let text = serde_json::to_string(&RoleDocument::of(draft)).unwrap();
    let document: RoleDocument = serde_json::from_str(&text).unwrap();
    document.into_draft(&sender())
}

#[test]
fn the_documents_of_the_demo_catalogue_say_all_that_their_drafts_say() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/roles");
    let dictionary = crate::skill::Dictionary::embedded().unwrap();
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read(&path).unwrap();
        let name = path.display().to_string();
        let limits = domain::limits::ContentLimits::default();
        let document = crate::read_document(&name, &text, Format::Markdown, &limits);
        let mut draft = document.draft.unwrap();
        assert_eq!(round_trip(&draft), draft, "{name}");
        crate::skill::enrich(&mut draft, &dictionary);
        assert_eq!(round_trip(&draft), draft, "{name}");
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn a_document_without_an_outline_gets_one_and_has_the_source_of_its_sender() {
    let text =
        r#"{"slug": "chef", "title": "Chef", "state": "DRAFT", "duties": [{"text": "Cook"}]}"#;
    let document: RoleDocument = serde_json::from_str(text).unwrap();
    let draft = document.into_draft(&sender());
    assert_eq!(draft.source, sender());
    assert_eq!(draft.locale.as_str(), "en");
    assert_eq!(draft.outline.entries.len(), 1);
}

#[test]
fn what_cannot_be_read_says_what_was_expected() {
    let refused = |text: &str| {
        let error = read(text.as_bytes()).unwrap_err();
        (error.message, error.column)
    };
    let role = |rest: &str| {
        format!(r#"{{"type":"role","document":{{"slug":"a","title":"A","state":"DRAFT"{rest}}}}}"#)
    };
    for (text, message) in [
        ("{", "EOF while parsing an object"),
        ("[]", "expected a JSON object, all of it on one line"),
        (r#"{"type":"job"}"#, "unknown variant `job`"),
        (r#"{"type":"role"}"#, "missing field `document`"),
        (&role(r#","salary":1"#), "unknown field `salary`"),
        (&role(r#","title":"B""#), "duplicate field `title`"),
        (
            &role(r#","locale":"english""#),
            "\"english\" is not a BCP 47",
        ),
        (
            &role(r#","duties":[{"text":"x","kind":"MAIN"}]"#),
            "\"MAIN\" is none of CORE, ",
        ),
        (
            &role(r#","categories":[[]]"#),
            "a category is the list of names",
        ),
        (
            r#"{"type":"header","format":"rolegraph","formatVersion":2,"catalogueVersion":1,"cursor":"x","states":[]}"#,
            "the version of the format is 2: expected 1",
        ),
    ] {
        let (found, _column) = refused(text);
        assert!(found.starts_with(message), "{text}: {found}");
    }
    assert_eq!(refused(&role(r#","salary":1"#)).1, Some(74));
}

#[test]
fn lines_have_numbers_and_ends() {
    let mut lines = Lines::after(START, 5);
    let place = |line, offset| Place { line, offset };
    let text = |line, offset, text: &str| Cut::Line(place(line, offset), text.into());
    assert_eq!(lines.push(b"ab"), []);
    assert_eq!(
        lines.push(b"c\r\n\n \nlonger than that\nde"),
        [text(1, 5, "abc"), Cut::TooLong(place(4, 25))]
    );
    assert_eq!(lines.finish(), Some(text(5, 27, "de")));
    assert_eq!(lines.finish(), None);
    let mut rest = Lines::after(place(4, 25), 5);
    assert_eq!(rest.push(b"de\n"), [text(5, 28, "de")]);
}

proptest! {
    #[test]
    fn a_document_reads_what_it_writes(draft in draft::draft()) {
        prop_assert_eq!(round_trip(&draft), draft);
    }

    #[test]
    fn lines_are_the_same_however_they_arrive(
        text in "[ab\r\n]{0,60}",
        sizes in prop::collection::vec(1_usize..9, 1..60),
    ) {
        let mut whole = Lines::after(START, 6);
        let mut expected = whole.push(text.as_bytes());
        expected.extend(whole.finish());

        let mut pieces = Lines::after(START, 6);
        let mut found = Vec::new();
        let mut rest = text.as_bytes();
        for size in sizes {
            let (piece, behind) = rest.split_at(size.min(rest.len()));
            found.extend(pieces.push(piece));
            rest = behind;
        }
        found.extend(pieces.push(rest));
        found.extend(pieces.finish());
        prop_assert_eq!(&found, &expected);

        let number = |cut: &Cut| match cut {
            Cut::Line(place, _) | Cut::TooLong(place) => *place,
        };
        for cut in &found {
            let Place { line, offset } = number(cut);
            let before = text.get(..usize::try_from(offset).unwrap()).unwrap();
            prop_assert_eq!(line, u64::try_from(before.lines().count()).unwrap());
        }
    }
}
