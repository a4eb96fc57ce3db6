//! Whatever has an id of its own.

mod found;
mod id;
mod query;

use async_graphql::{ID, Interface};

use super::category::Category;
use super::concept::{Concept, Scheme};
use super::faq::Faq;
use super::role::Role;
use super::skill::Skill;
use crate::selection::Selected;
use crate::write::{Output, Writer, Wrote};

pub(crate) use found::Found;
pub(crate) use id::{NodeId, parse_id};
pub(crate) use query::{MAX_NODES, NodeQuery};

/// Whatever has an id of its own, under which it can be looked up again.
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "The id; its form is of no meaning to clients."
))]
pub(crate) enum Node {
    /// A role.
    Role(Box<Role<'static>>),
    /// A category.
    Category(Category<'static>),
    /// A skill.
    Skill(Skill<'static>),
    /// A question.
    Faq(Faq<'static>),
    /// A concept of an outside scheme.
    Concept(Box<Concept<'static>>),
    /// An outside scheme.
    Scheme(Box<Scheme<'static>>),
}

impl Output for Node {
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote {
        match self {
            Self::Role(role) => role.write(field, writer),
            Self::Category(category) => category.write(field, writer),
            Self::Skill(skill) => skill.write(field, writer),
            Self::Faq(faq) => faq.write(field, writer),
            Self::Concept(concept) => concept.write(field, writer),
            Self::Scheme(scheme) => scheme.write(field, writer),
        }
    }
}
