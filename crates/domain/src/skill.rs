//! Skills and how roles need them.

use crate::Slug;
use crate::id::SkillId;
use crate::role::salary::Origin;
use crate::text_enum::text_enum;

text_enum! {
    /// What sort of thing a skill is.
    pub enum SkillKind {
        /// A competence: something a person can do.
        Skill = "SKILL",
        /// A field of knowledge.
        Knowledge = "KNOWLEDGE",
        /// An enduring ability.
        Ability = "ABILITY",
        /// Software, a language, a framework or a protocol.
        Technology = "TECHNOLOGY",
        /// A physical tool or instrument.
        Tool = "TOOL",
        /// A human language.
        Language = "LANGUAGE",
        /// A way of working.
        WorkStyle = "WORK_STYLE",
        /// A licence, certificate or degree.
        Credential = "CREDENTIAL",
        /// A field of interest.
        Interest = "INTEREST",
    }
}

text_enum! {
    /// How strongly a role needs a skill.
    pub enum Requirement {
        /// The work cannot be done without it.
        Essential = "ESSENTIAL",
        /// It is asked for and can be replaced.
        Preferred = "PREFERRED",
        /// It helps.
        Optional = "OPTIONAL",
        /// The source does not say.
        Unspecified = "UNSPECIFIED",
    }
}

/// A skill of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// The id of the skill.
    pub id: SkillId,
    /// The slug, unique among all skills.
    pub slug: Slug,
    /// The name in the spelling of its makers.
    pub name: String,
    /// What sort of thing it is.
    pub kind: SkillKind,
}

/// A skill as a document or the dictionary names it, before it has an id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SkillTerm {
    /// The name in the spelling of its makers.
    pub name: String,
    /// What sort of thing it is.
    pub kind: SkillKind,
    /// Other spellings and synonyms.
    pub aliases: Vec<String>,
}

/// How a role needs a skill. `S` is the form the skill is known in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleSkill<S> {
    /// The skill.
    pub skill: S,
    /// How strongly it is needed.
    pub requirement: Requirement,
    /// `Stated` by a document or `Parsed` from duties and qualification items.
    pub origin: Origin,
}
