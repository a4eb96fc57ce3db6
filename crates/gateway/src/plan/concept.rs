//! What selections of schemes and concepts need.

use domain::read::{ConceptParts, Merge, SchemeParts};

use super::page::nested;
use super::{Field, role};
use crate::schema::concept::{Concept, ConceptsArguments};
use crate::schema::connection::PageArguments;
use crate::schema::role::{Role, RolesArguments};

/// The parts of a scheme that `field` selects.
pub(crate) fn scheme(field: Field<'_>) -> SchemeParts {
    let mut parts = SchemeParts::default();
    for child in field.children("Scheme") {
        if child.name() == "concepts" {
            let concepts = nested::<Concept<'_>, ConceptsArguments, _>(child, concept);
            parts.concepts.merge(concepts);
        }
    }
    parts
}

/// The parts of a concept that `field` selects.
pub(crate) fn concept(field: Field<'_>) -> ConceptParts {
    let mut parts = ConceptParts::default();
    for child in field.children("Concept") {
        parts.merge(selected(child));
    }
    parts
}

/// The parts that one field of a concept needs; scalars need none.
fn selected(field: Field<'_>) -> ConceptParts {
    let mut parts = ConceptParts::default();
    match field.name() {
        "label" | "labels" => parts.labels = true,
        "notes" => parts.notes = true,
        "scheme" => parts.scheme = Some(Box::new(scheme(field))),
        "broader" => parts.broader = Some(Box::new(concept(field))),
        "narrower" => parts.narrower = nested::<Concept<'_>, PageArguments, _>(field, concept),
        "related" => parts.related = nested::<Concept<'_>, PageArguments, _>(field, concept),
        "roles" => parts.roles = nested::<Role<'_>, RolesArguments, _>(field, role),
        _ => {}
    }
    parts
}

/// What the codes of a role need that `field` selects: their concepts.
pub(super) fn of_codes(field: Field<'_>) -> Option<Box<ConceptParts>> {
    let mut parts: Option<Box<ConceptParts>> = None;
    for child in field.children("ExternalCode") {
        if child.name() == "concept" {
            parts.merge(Some(Box::new(concept(child))));
        }
    }
    parts
}
