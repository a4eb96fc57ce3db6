//! Skills and how roles need them.

use crate::id::SkillId;
use crate::limits::ContentLimits;
use crate::role::salary::Origin;
use crate::rules::Rules;
use crate::text_enum::text_enum;
use crate::{Estimate, PartialDate, Slug, Violation};

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

impl SkillTerm {
    /// Every rule that the names of a skill break, in the order of its fields.
    #[must_use]
    pub fn violations(&self, limits: &ContentLimits) -> Vec<Violation> {
        let mut rules = Rules::new(limits);
        rules.line(format_args!("name"), &self.name, limits.title_chars);
        rules.callable(format_args!("name"), &self.name);
        rules.count(format_args!("aliases"), self.aliases.len(), limits.aliases);
        for (place, alias) in self.aliases.iter().enumerate() {
            let field = format_args!("aliases[{place}]");
            rules.line(field, alias, limits.title_chars);
        }
        let names = self.aliases.iter().map(|alias| alias.to_lowercase());
        rules.distinct(format_args!("aliases"), names);
        rules.found
    }
}

/// What an edit puts in the place of what is known of a skill; `None` keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkillPatch {
    /// The name in the spelling of its makers.
    pub name: Option<String>,
    /// What sort of thing it is.
    pub kind: Option<SkillKind>,
    /// Other spellings and synonyms.
    pub aliases: Option<Vec<String>>,
}

impl SkillPatch {
    /// The skill as the edit leaves it.
    #[must_use]
    pub fn applied_to(&self, term: SkillTerm) -> SkillTerm {
        let Self {
            name,
            kind,
            aliases,
        } = self.clone();
        SkillTerm {
            name: name.unwrap_or(term.name),
            kind: kind.unwrap_or(term.kind),
            aliases: aliases.unwrap_or(term.aliases),
        }
    }
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
    /// What the source has measured, when it measures skills.
    pub measures: Option<Box<SkillMeasures>>,
}

impl<S> RoleSkill<S> {
    /// A skill of which nothing is measured.
    #[must_use]
    pub fn new(skill: S, requirement: Requirement, origin: Origin) -> Self {
        Self {
            skill,
            requirement,
            origin,
            measures: None,
        }
    }

    /// The same with the skill known in another form.
    #[must_use]
    pub fn with_skill<T>(&self, skill: T) -> RoleSkill<T> {
        RoleSkill {
            skill,
            requirement: self.requirement,
            origin: self.origin,
            measures: self.measures.clone(),
        }
    }
}

/// What a source has measured of a skill in a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkillMeasures {
    /// How important the skill is in the role.
    pub importance: Option<Estimate>,
    /// How much of the skill the role takes.
    pub level: Option<Estimate>,
    /// Whether the skill matters in the role at all, when the source says so.
    pub relevant: Option<bool>,
    /// Whether employers of all kinds often ask for it.
    pub hot: bool,
    /// Whether employers often ask for it in this role.
    pub in_demand: bool,
    /// The kind of product that the skill is, when it is one.
    pub commodity: Option<Commodity>,
    /// When it was measured.
    pub as_of: Option<PartialDate>,
    /// Who was asked, such as "Incumbent" or "Analyst".
    pub collected_from: Option<String>,
}

/// A kind of product in a classification of goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commodity {
    /// The code in the United Nations Standard Products and Services Code.
    pub code: String,
    /// What goods of this code are.
    pub title: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(name: &str, aliases: &[&str]) -> SkillTerm {
        SkillTerm {
            name: name.to_owned(),
            kind: SkillKind::Tool,
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        }
    }

    #[test]
    fn a_skill_has_a_name_and_other_ones_once_each() {
        let limits = ContentLimits {
            title_chars: 5,
            ..ContentLimits::default()
        };
        let broken = |term: &SkillTerm| {
            let violations = term.violations(&limits);
            let fields = violations.iter();
            fields
                .map(|violation| (violation.field().to_owned(), violation.code()))
                .collect::<Vec<_>>()
        };
        assert_eq!(broken(&term("Saw", &["Saws"])), []);
        let wrong = term("***", &["Handsaws", " ", "saw", "Saw"]);
        let wanted = [
            ("name", "INVALID"),
            ("aliases[0]", "LIMIT_EXCEEDED"),
            ("aliases[1]", "BLANK"),
            ("aliases", "REPEATED"),
        ];
        assert_eq!(
            broken(&wrong),
            wanted.map(|(field, code)| (field.to_owned(), code))
        );
    }

    #[test]
    fn an_edit_keeps_what_it_does_not_name() {
        let patch = SkillPatch {
            kind: Some(SkillKind::Technology),
            aliases: Some(Vec::new()),
            name: None,
        };
        let wanted = SkillTerm {
            kind: SkillKind::Technology,
            ..term("Saw", &[])
        };
        assert_eq!(patch.applied_to(term("Saw", &["Saws"])), wanted);
    }
}
