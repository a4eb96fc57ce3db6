//! Ids as clients send them.

use async_graphql::ID;
use domain::id::{CategoryId, ConceptId, FaqId, Id, RoleId, SchemeId, SkillId};

use crate::error::{ApiError, Reason};

/// An id of one kind.
pub(crate) fn parse_id<I: Id>(id: &ID) -> Result<I, ApiError> {
    I::parse(id).map_err(|error| ApiError::bad_input(Reason::IdInvalid, error.to_string()))
}

/// The id of anything that can be looked up as a node; its prefix says what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeId {
    /// Names a role.
    Role(RoleId),
    /// Names a category.
    Category(CategoryId),
    /// Names a skill.
    Skill(SkillId),
    /// Names a question.
    Faq(FaqId),
    /// Names a concept.
    Concept(ConceptId),
    /// Names a scheme.
    Scheme(SchemeId),
}

impl NodeId {
    /// Reads the text form.
    pub(super) fn parse(id: &ID) -> Result<Self, ApiError> {
        let prefix = id.split_once('_').map_or("", |(prefix, _)| prefix);
        match prefix {
            RoleId::PREFIX => parse_id(id).map(Self::Role),
            CategoryId::PREFIX => parse_id(id).map(Self::Category),
            SkillId::PREFIX => parse_id(id).map(Self::Skill),
            FaqId::PREFIX => parse_id(id).map(Self::Faq),
            ConceptId::PREFIX => parse_id(id).map(Self::Concept),
            SchemeId::PREFIX => parse_id(id).map(Self::Scheme),
            _ => Err(ApiError::bad_input(
                Reason::IdInvalid,
                format!(
                    "\"{}\" is not the id of a role, category, skill, question, concept or scheme",
                    id.as_str()
                ),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_says_what_an_id_names() {
        let uuid = "0190d9a4-0000-7000-8000-000000000001";
        let parse = |prefix: &str| NodeId::parse(&ID(format!("{prefix}_{uuid}")));
        assert!(matches!(parse("role"), Ok(NodeId::Role(_))));
        assert!(matches!(parse("cat"), Ok(NodeId::Category(_))));
        assert!(matches!(parse("skill"), Ok(NodeId::Skill(_))));
        assert!(matches!(parse("faq"), Ok(NodeId::Faq(_))));
        assert!(matches!(parse("con"), Ok(NodeId::Concept(_))));
        assert!(matches!(parse("scheme"), Ok(NodeId::Scheme(_))));
        for foreign in ["duty", "Role", "", "src"] {
            assert!(parse(foreign).is_err(), "{foreign}");
        }
        assert!(NodeId::parse(&ID("role_7".to_owned())).is_err());
    }
}
