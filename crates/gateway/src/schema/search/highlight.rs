//! Places where a query was found.

use async_graphql::{Enum, Object};
use gateway_macros::{Written, written};
use search::document::Part;
use search::request;

use crate::cost;

/// Places of one kind where a query was found.
pub(super) struct Highlight<'t>(pub(super) &'t request::Highlight);

/// Places in one field of a role where a query was found.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl Highlight<'_> {
    /// What of the role the places are in.
    fn field(&self) -> HighlightField {
        self.0.part.into()
    }

    /// At most 3 pieces of about 160 characters, in the order of the text. Each is one line that is
    /// safe to put into HTML and into Markdown as it is: found words stand between `<mark>` and
    /// `</mark>`, everything else is escaped, and `…` stands where the text goes on.
    fn fragments(&self) -> &[String] {
        &self.0.fragments
    }
}

/// What of a role a place is in.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
enum HighlightField {
    /// The preferred title.
    Title,
    /// Another name of the role.
    AlternateTitle,
    /// A skill, or another spelling of it.
    Skill,
    /// The summary.
    Summary,
    /// A fact at a glance.
    Fact,
    /// A duty.
    Duty,
    /// A qualification.
    Qualification,
    /// The prose of a section.
    Section,
    /// A question that people ask.
    Question,
    /// The answer to a question.
    Answer,
    /// A category of the role, or one above.
    Category,
}

impl From<Part> for HighlightField {
    fn from(part: Part) -> Self {
        match part {
            Part::Title => Self::Title,
            Part::AlternateTitle => Self::AlternateTitle,
            Part::EssentialSkill | Part::Skill | Part::SkillAlias => Self::Skill,
            Part::Category => Self::Category,
            Part::Summary => Self::Summary,
            Part::Fact => Self::Fact,
            Part::Duty => Self::Duty,
            Part::Qualification => Self::Qualification,
            Part::Question => Self::Question,
            Part::Answer => Self::Answer,
            Part::Section => Self::Section,
        }
    }
}
