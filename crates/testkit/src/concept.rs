//! Concepts to start a test from.

use app::{Catalogue, StoreOptions};
use domain::concept::{
    ConceptDraft, ConceptKind, ConceptRelationKind, ConceptStatus, Label, LabelKind, Note,
    NoteKind, RelatedCode, ReleaseDraft, SchemeDraft,
};
use domain::{Locale, PartialDate};

/// A concept with a name in English.
#[must_use]
pub fn concept(code: &str, kind: ConceptKind, name: &str) -> ConceptDraft {
    let label = label("en", LabelKind::Preferred, name);
    ConceptDraft::new(code.to_owned(), kind, label)
}

/// A scheme of which nothing but its key is known.
#[must_use]
pub fn scheme(key: &str) -> SchemeDraft {
    SchemeDraft {
        key: key.to_owned(),
        name: key.to_uppercase(),
        ..SchemeDraft::default()
    }
}

/// A release of which nothing but its name is known.
#[must_use]
pub fn release(name: &str) -> ReleaseDraft {
    ReleaseDraft {
        name: name.to_owned(),
        released_on: None,
    }
}

/// Stores two small schemes: one of occupations, some of whose codes roles of the demo catalogue
/// have, and one of groups above them.
pub async fn store_schemes(catalogue: &Catalogue) {
    let options = StoreOptions::new("demo");
    let groups = [
        concept("7", ConceptKind::Group, "Craft and related trades"),
        ConceptDraft {
            relations: vec![related(ConceptRelationKind::Broader, None, "7")],
            ..concept("71", ConceptKind::Group, "Building trades")
        },
    ];
    let (isco, first) = (scheme("isco-08"), release("2008"));
    let stored = catalogue.store_concepts(&isco, &first, &groups, options);
    stored.await.expect("the groups are stored");
    let onet = SchemeDraft {
        name: "Occupations of the tests".to_owned(),
        homepage: Some("https://example.org/onet".to_owned()),
        licence: Some("CC0-1.0".to_owned()),
        attribution: Some("Made up for the tests.".to_owned()),
        uri_prefix: Some("https://example.org/onet/".to_owned()),
        ..scheme("onet-soc")
    };
    let former = release("29.2");
    let retired = [concept(
        "47-2153.00",
        ConceptKind::Occupation,
        "Pipe layers",
    )];
    let stored = catalogue.store_concepts(&onet, &former, &retired, options);
    stored.await.expect("the former release is stored");
    let newest = ReleaseDraft {
        released_on: PartialDate::month(2025, 5),
        ..release("29.3")
    };
    let occupations = occupations();
    let stored = catalogue.store_concepts(&onet, &newest, &occupations, options);
    stored.await.expect("the newest release is stored");
    let retired = catalogue.retire_concepts("onet-soc", "29.3", options);
    retired.await.expect("the former concept is retired");
}

fn occupations() -> Vec<ConceptDraft> {
    use ConceptRelationKind::{Broader, Related};
    let plumbers = ConceptDraft {
        code: "47-2152.00".to_owned(),
        uri: Some("https://example.org/onet/47-2152.00".to_owned()),
        kind: ConceptKind::Occupation,
        status: ConceptStatus::Active,
        labels: vec![
            label("en", LabelKind::Preferred, "Plumbing occupations"),
            label("fr", LabelKind::Preferred, "Métiers de la plomberie"),
            label("de-AT", LabelKind::Preferred, "Installateurberufe"),
            label("en", LabelKind::Alternate, "Pipefitters"),
            label("en", LabelKind::Hidden, "Plumers"),
        ],
        notes: vec![Note {
            locale: Locale::english(),
            kind: NoteKind::Definition,
            text: "People who lay and mend pipes.".to_owned(),
        }],
        modified_on: PartialDate::month(2024, 11),
        predecessors: vec!["47-2153.00".to_owned()],
        relations: vec![
            related(Broader, Some("isco-08"), "71"),
            related(Related, None, "47-2111.00"),
            related(Related, None, "47-9999.00"),
        ],
    };
    let electricians = ConceptDraft {
        relations: vec![
            related(Broader, Some("isco-08"), "71"),
            related(Related, None, "47-2152.00"),
        ],
        ..concept(
            "47-2111.00",
            ConceptKind::Occupation,
            "Electrical occupations",
        )
    };
    vec![plumbers, electricians]
}

fn related(kind: ConceptRelationKind, scheme: Option<&str>, code: &str) -> RelatedCode {
    RelatedCode {
        kind,
        scheme: scheme.map(str::to_owned),
        code: code.to_owned(),
    }
}

fn label(locale: &str, kind: LabelKind, text: &str) -> Label {
    Label {
        locale: Locale::parse(locale).expect("the test names a locale"),
        kind,
        text: text.to_owned(),
    }
}
