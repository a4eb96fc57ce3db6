//! What a selection of a skill needs.

use domain::read::{Merge, SkillParts};

use super::page::nested;
use super::{Field, role};
use crate::schema::role::{Role, RolesArguments};

/// The parts of a skill that `field` selects.
pub(crate) fn skill(field: Field<'_>) -> SkillParts {
    let mut parts = SkillParts::default();
    for child in field.children("Skill") {
        match child.name() {
            "aliases" => parts.aliases = true,
            "roles" => parts
                .roles
                .merge(nested::<Role<'_>, RolesArguments, _>(child, role)),
            _ => {}
        }
    }
    parts
}
