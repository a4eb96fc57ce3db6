//! Names that somebody may be typing.

use std::borrow::Cow;

use async_graphql::{Enum, Object};
use gateway_macros::{Written, written};
use search::request::{self, Named};

use crate::cost;
use crate::schema::category::Category;
use crate::schema::role::Role;
use crate::schema::skill::Skill;

/// A name that somebody may be typing.
pub(super) struct Suggestion(pub(super) request::Suggestion);

/// A name that somebody may be typing. Exactly one of `role`, `skill` and `category` is not null.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl Suggestion {
    /// The whole name.
    fn text(&self) -> &str {
        &self.0.text
    }

    /// What sort of name it is.
    fn kind(&self) -> SuggestionKind {
        self.0.kind.into()
    }

    /// The role that has the name; null for names of skills and categories.
    fn role(&self) -> Option<Role<'_>> {
        match &self.0.named {
            Named::Role(tree) => Some(Role(Cow::Borrowed(tree))),
            Named::Skill(_) | Named::Category(_) => None,
        }
    }

    /// The skill that has the name; null for names of roles and categories.
    fn skill(&self) -> Option<Skill<'_>> {
        match &self.0.named {
            Named::Skill(tree) => Some(Skill(Cow::Borrowed(tree))),
            Named::Role(_) | Named::Category(_) => None,
        }
    }

    /// The category that has the name; null for names of roles and skills.
    fn category(&self) -> Option<Category<'_>> {
        match &self.0.named {
            Named::Category(tree) => Some(Category(Cow::Borrowed(tree))),
            Named::Role(_) | Named::Skill(_) => None,
        }
    }
}

/// What sort of name a suggestion is.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "request::NameKind")]
enum SuggestionKind {
    /// The preferred title of a role.
    Title,
    /// Another name of a role.
    AlternateTitle,
    /// The name of a skill.
    Skill,
    /// The name of a category.
    Category,
}
