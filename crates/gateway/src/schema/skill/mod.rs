//! Skills.

mod filter;
mod mutation;
mod query;

use std::borrow::Cow;

use async_graphql::{Enum, ID, Object};
use domain::read::SkillTree;
use gateway_macros::{Written, written};

use super::connection::{Connection, Listed, PageArguments};
use super::role::{Role, RoleFilter, RoleOrder, RolesArguments};
use super::scalar::Slug;
use crate::cost;
use crate::error::ApiError;

pub(crate) use mutation::SkillMutation;
pub(crate) use query::SkillQuery;

/// A skill of the catalogue.
pub(crate) struct Skill<'t>(pub(crate) Cow<'t, SkillTree>);

impl<'t> From<Cow<'t, SkillTree>> for Skill<'t> {
    fn from(tree: Cow<'t, SkillTree>) -> Self {
        Self(tree)
    }
}

impl Listed for Skill<'_> {
    const CONNECTION: &'static str = "SkillConnection";
    const CONNECTION_DESCRIPTION: &'static str = "A page of a list of skills.";
    const EDGE: &'static str = "SkillEdge";
    const EDGE_DESCRIPTION: &'static str = "A skill and its place in a list.";
}

/// A skill, in the widest sense: whatever a role may ask of a person.
#[written]
#[Object]
impl Skill<'_> {
    /// The id of the skill; it never changes.
    pub(crate) async fn id(&self) -> ID {
        self.0.skill.id.to_string().into()
    }

    /// The readable name for addresses, unique among all skills.
    fn slug(&self) -> Slug {
        Slug(self.0.skill.slug.clone())
    }

    /// The name in the spelling of its makers.
    fn name(&self) -> &str {
        &self.0.skill.name
    }

    /// What sort of thing the skill is.
    fn kind(&self) -> SkillKind {
        self.0.skill.kind.into()
    }

    /// Other spellings and synonyms, in the order of the skill dictionary.
    fn aliases(&self) -> Result<&[String], ApiError> {
        Ok(self.0.aliases.get()?)
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a connection with filter and order"
    )]
    /// The roles that need the skill and that the caller may see, by title unless `orderBy` says otherwise.
    #[graphql(directive = cost::Page::apply())]
    fn roles(
        &self,
        #[graphql(desc = "Which roles; all of them when it is left out.")] filter: Option<
            RoleFilter,
        >,
        #[graphql(desc = "In which order; by title when it is left out.")] order_by: Option<
            RoleOrder,
        >,
        #[graphql(desc = "The size of a page from the start: 0 to 100, 20 by default.")]
        first: Option<i32>,
        #[graphql(desc = "Start behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The size of a page from the end, in place of `first`: 0 to 100.")]
        last: Option<i32>,
        #[graphql(desc = "End before this cursor; goes together with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<'_, Role<'_>>, ApiError> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        let arguments = RolesArguments {
            filter,
            order_by,
            page,
        };
        Connection::planned(&self.0.roles, arguments)
    }
}

/// What sort of thing a skill is.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::skill::SkillKind")]
pub(crate) enum SkillKind {
    /// A competence: something that a person can do.
    Skill,
    /// A field of knowledge.
    Knowledge,
    /// An enduring ability.
    Ability,
    /// Software, a language, a framework or a protocol.
    Technology,
    /// A physical tool or instrument.
    Tool,
    /// A human language.
    Language,
    /// A way of working.
    WorkStyle,
    /// A licence, a certificate or a degree.
    Credential,
    /// A field of interest.
    Interest,
}

/// How a value came to be known.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::salary::Origin")]
pub(crate) enum Origin {
    /// Its source states it as data.
    Stated,
    /// It was read from a text.
    Parsed,
    /// It comes from a survey.
    Survey,
    /// It is estimated.
    Estimated,
    /// It is predicted by a model.
    Predicted,
}
