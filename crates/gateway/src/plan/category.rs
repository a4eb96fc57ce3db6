//! What a selection of a category needs.

use domain::read::{CategoryParts, Merge};

use super::page::nested;
use super::{Field, role};
use crate::schema::category::Category;
use crate::schema::connection::PageArguments;
use crate::schema::role::{Role, RolesArguments};

/// The parts of a category that `field` selects.
pub(crate) fn category(field: Field<'_>) -> CategoryParts {
    let mut parts = CategoryParts::default();
    for child in field.children("Category") {
        parts.merge(selected(child));
    }
    parts
}

/// The parts that one field of a category needs; scalars need none.
fn selected(field: Field<'_>) -> CategoryParts {
    let mut parts = CategoryParts::default();
    match field.name() {
        "path" => parts.path = true,
        "parent" => parts.parent = Some(Box::new(category(field))),
        "children" => {
            parts.children = nested::<Category<'_>, PageArguments, _>(field, category);
        }
        "roles" => parts.roles = nested::<Role<'_>, RolesArguments, _>(field, role),
        _ => {}
    }
    parts
}
