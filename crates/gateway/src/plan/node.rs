//! What a selection of whatever has an id needs.

use domain::read::{CategoryParts, FaqParts, Merge, RoleParts, SkillParts};

use super::{Field, category, faq, role, skill};

/// The parts of whatever may turn up, by kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct NodeParts {
    pub(crate) role: RoleParts,
    pub(crate) category: CategoryParts,
    pub(crate) skill: SkillParts,
    pub(crate) faq: FaqParts,
}

impl Merge for NodeParts {
    fn merge(&mut self, other: Self) {
        let Self {
            role,
            category,
            skill,
            faq,
        } = other;
        self.role.merge(role);
        self.category.merge(category);
        self.skill.merge(skill);
        self.faq.merge(faq);
    }
}

/// The parts that `field` selects, whatever it leads to.
pub(crate) fn node(field: Field<'_>) -> NodeParts {
    NodeParts {
        role: role(field),
        category: category(field),
        skill: skill(field),
        faq: faq(field),
    }
}
