//! Occupations as concepts of the O*NET-SOC taxonomy.

use dataset::onet::{Profile, Release};
use domain::Locale;
use domain::concept::{
    ConceptDraft, ConceptKind, Label, LabelKind, Note, NoteKind, ReleaseDraft, SchemeDraft,
};

use super::{SCHEME, source};

/// The taxonomy.
pub(super) fn scheme(release: Option<&str>) -> SchemeDraft {
    let source = source(release);
    SchemeDraft {
        key: SCHEME.to_owned(),
        name: "O*NET-SOC Taxonomy".to_owned(),
        homepage: Some("https://www.onetcenter.org/taxonomy.html".to_owned()),
        licence: source.licence,
        attribution: source.attribution,
        uri_prefix: None,
    }
}

/// The release of the database, which the taxonomy comes with.
pub(super) fn release(release: &Release, name: &str) -> ReleaseDraft {
    ReleaseDraft {
        name: name.to_owned(),
        released_on: release.released(),
    }
}

/// The concept that an occupation is. Its other names and its tasks are those of its role.
pub(super) fn concept(profile: &Profile) -> ConceptDraft {
    let occupation = &profile.occupation;
    let label = Label {
        locale: Locale::english(),
        kind: LabelKind::Preferred,
        text: occupation.title.clone(),
    };
    let code = occupation.code.as_str().to_owned();
    ConceptDraft {
        notes: vec![Note {
            locale: Locale::english(),
            kind: NoteKind::Description,
            text: occupation.description.clone(),
        }],
        ..ConceptDraft::new(code, ConceptKind::Occupation, label)
    }
}
