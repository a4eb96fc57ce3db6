//! What a selection of whatever has an id needs.

use domain::read::{
    CategoryParts, ConceptParts, FaqParts, Merge, RoleParts, SchemeParts, SkillParts,
};

use super::{Field, category, concept, faq, role, scheme, skill};

/// The parts of whatever may turn up, by kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct NodeParts {
    pub(crate) role: RoleParts,
    pub(crate) category: CategoryParts,
    pub(crate) skill: SkillParts,
    pub(crate) faq: FaqParts,
    pub(crate) concept: ConceptParts,
    pub(crate) scheme: SchemeParts,
}

impl Merge for NodeParts {
    fn merge(&mut self, other: Self) {
        let Self {
            role,
            category,
            skill,
            faq,
            concept,
            scheme,
        } = other;
        self.role.merge(role);
        self.category.merge(category);
        self.skill.merge(skill);
        self.faq.merge(faq);
        self.concept.merge(concept);
        self.scheme.merge(scheme);
    }
}

/// The parts that `field` selects, whatever it leads to.
pub(crate) fn node(field: Field<'_>) -> NodeParts {
    NodeParts {
        role: role(field),
        category: category(field),
        skill: skill(field),
        faq: faq(field),
        concept: concept(field),
        scheme: scheme(field),
    }
}
