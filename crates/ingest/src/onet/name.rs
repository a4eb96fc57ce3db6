//! What rated elements are called as skills.

use std::collections::HashMap;

use dataset::onet::{References, TableKind};
use domain::skill::SkillKind;

use super::RATED;

/// Names of elements as skills: a name stands for one skill of the catalogue, so that an element
/// that is called like one of an earlier table says what it is, such as "Mathematics (knowledge)".
#[derive(Debug)]
pub(super) struct SkillNames<'r> {
    references: &'r References,
    /// Which table names belong to first.
    owners: HashMap<String, usize>,
}

impl<'r> SkillNames<'r> {
    pub(super) fn new(references: &'r References) -> Self {
        let mut owners = HashMap::new();
        for (place, table) in RATED.iter().enumerate() {
            let branch = branch(*table);
            let elements = references.elements.values();
            for element in elements.filter(|element| element.id.starts_with(branch)) {
                owners.entry(element.name.to_lowercase()).or_insert(place);
            }
        }
        Self { references, owners }
    }

    /// The name of an element, whatever it shares it with; its id when the release does not explain
    /// it.
    pub(super) fn name(&self, element: &str) -> String {
        let known = self.references.elements.get(element);
        known.map_or_else(|| element.to_owned(), |known| known.name.clone())
    }

    /// The name of an element of a table; its id when the release does not explain it.
    pub(super) fn of(&self, table: TableKind, element: &str) -> String {
        let Some(known) = self.references.elements.get(element) else {
            return element.to_owned();
        };
        let owner = self.owners.get(&known.name.to_lowercase());
        let owner = owner.and_then(|place| RATED.get(*place));
        if owner.is_none_or(|owner| *owner == table) {
            return known.name.clone();
        }
        let kind = kind(table).as_str().replace('_', " ").to_lowercase();
        format!("{} ({kind})", known.name)
    }
}

/// What the elements of a table are as skills.
pub(super) fn kind(table: TableKind) -> SkillKind {
    match table {
        TableKind::Knowledge => SkillKind::Knowledge,
        TableKind::Abilities => SkillKind::Ability,
        TableKind::WorkStyles => SkillKind::WorkStyle,
        TableKind::Interests => SkillKind::Interest,
        _ => SkillKind::Skill,
    }
}

/// Where the elements of a table stand in the content model.
fn branch(table: TableKind) -> &'static str {
    match table {
        TableKind::Knowledge => "2.C.",
        TableKind::Abilities => "1.A.",
        TableKind::WorkStyles => "1.C.",
        TableKind::Interests => "1.B.1.",
        _ => "2.",
    }
}
