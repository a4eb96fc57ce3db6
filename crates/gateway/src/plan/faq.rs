//! What a selection of a question needs.

use domain::read::{FaqParts, Merge};

use super::{Field, role};

/// The parts of a question that `field` selects.
pub(crate) fn faq(field: Field<'_>) -> FaqParts {
    let mut parts = FaqParts::default();
    for child in field.children("Faq") {
        if child.name() == "role" {
            parts.role.merge(Some(Box::new(role(child))));
        }
    }
    parts
}
