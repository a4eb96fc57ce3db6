//! Whatever ids name, looked up with one statement for each kind.

use std::borrow::Cow;

use domain::read::{CategoryTree, ConceptTree, FaqTree, RoleTree, SchemeTree, SkillTree};

use super::id::NodeId;
use super::{Category, Concept, Faq, Node, Role, Scheme, Skill};
use crate::cache::Reading;
use crate::error::ApiError;
use crate::plan::NodeParts;

/// What was found, by kind and in no particular order.
pub(crate) struct Found {
    roles: Vec<RoleTree>,
    categories: Vec<CategoryTree>,
    skills: Vec<SkillTree>,
    faqs: Vec<FaqTree>,
    concepts: Vec<ConceptTree>,
    schemes: Vec<SchemeTree>,
}

impl Found {
    /// Runs one statement for each kind that the ids name.
    pub(crate) async fn load(
        reads: &Reading,
        ids: impl IntoIterator<Item = NodeId>,
        parts: &NodeParts,
    ) -> Result<Self, ApiError> {
        let (mut roles, mut categories) = (Vec::new(), Vec::new());
        let (mut skills, mut faqs) = (Vec::new(), Vec::new());
        let (mut concepts, mut schemes) = (Vec::new(), Vec::new());
        for id in ids {
            match id {
                NodeId::Role(id) => roles.push(id),
                NodeId::Category(id) => categories.push(id),
                NodeId::Skill(id) => skills.push(id),
                NodeId::Faq(id) => faqs.push(id),
                NodeId::Concept(id) => concepts.push(id),
                NodeId::Scheme(id) => schemes.push(id),
            }
        }
        let (roles, categories, skills, faqs, concepts, schemes) = tokio::try_join!(
            Box::pin(reads.visible_roles_of_ids(&roles, &parts.role)),
            Box::pin(reads.categories_of_ids(&categories, &parts.category)),
            Box::pin(reads.skills_of_ids(&skills, &parts.skill)),
            Box::pin(reads.visible_faqs_of_ids(&faqs, &parts.faq)),
            Box::pin(reads.concepts_of_ids(&concepts, &parts.concept)),
            Box::pin(reads.schemes_of_ids(&schemes, &parts.scheme)),
        )?;
        Ok(Self {
            roles,
            categories,
            skills,
            faqs,
            concepts,
            schemes,
        })
    }

    /// What the id names. Trees are copied, because an id may have been asked for twice.
    pub(crate) fn node(&self, id: NodeId) -> Option<Node> {
        match id {
            NodeId::Role(id) => {
                let found = self.roles.iter().find(|tree| tree.role.id == id)?;
                Some(Node::Role(Box::new(Role(Cow::Owned(found.clone())))))
            }
            NodeId::Category(id) => {
                let found = self.categories.iter().find(|tree| tree.category.id == id)?;
                Some(Node::Category(Category(Cow::Owned(found.clone()))))
            }
            NodeId::Skill(id) => {
                let found = self.skills.iter().find(|tree| tree.skill.id == id)?;
                Some(Node::Skill(Skill(Cow::Owned(found.clone()))))
            }
            NodeId::Faq(id) => {
                let found = self.faqs.iter().find(|tree| tree.faq.id == id)?;
                Some(Node::Faq(Faq(Cow::Owned(found.clone()))))
            }
            NodeId::Concept(id) => {
                let found = self.concepts.iter().find(|tree| tree.concept.id == id)?;
                Some(Node::Concept(Box::new(Concept(Cow::Owned(found.clone())))))
            }
            NodeId::Scheme(id) => {
                let found = self.schemes.iter().find(|tree| tree.scheme.id == id)?;
                Some(Node::Scheme(Box::new(Scheme(Cow::Owned(found.clone())))))
            }
        }
    }
}
