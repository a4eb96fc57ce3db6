//! The skills of a role.

use std::borrow::Cow;

use async_graphql::{Enum, InputObject, Object};
use domain::read::{RoleSkillsRequest, SkillTree};
use gateway_macros::{Written, written};

use crate::cost;
use crate::error::ApiError;
use crate::plan::Arguments;
use crate::schema::connection::{Listed, PageArguments, list_input};
use crate::schema::skill::{Origin, Skill, SkillKind};
use crate::selection::{Field, Unreadable};

type Needed = domain::skill::RoleSkill<SkillTree>;

/// A skill and how a role needs it.
pub(crate) struct RoleSkill<'t>(Cow<'t, Needed>);

impl<'t> From<Cow<'t, Needed>> for RoleSkill<'t> {
    fn from(needed: Cow<'t, Needed>) -> Self {
        Self(needed)
    }
}

impl Listed for RoleSkill<'_> {
    const CONNECTION: &'static str = "RoleSkillConnection";
    const CONNECTION_DESCRIPTION: &'static str = "A page of the skills of a role.";
    const EDGE: &'static str = "RoleSkillEdge";
    const EDGE_DESCRIPTION: &'static str = "A skill of a role and its place in a list.";
}

/// A skill and how a role needs it.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl RoleSkill<'_> {
    /// The skill.
    fn skill(&self) -> Skill<'_> {
        Skill(Cow::Borrowed(&self.0.skill))
    }

    /// How strongly the role needs the skill.
    fn requirement(&self) -> Requirement {
        self.0.requirement.into()
    }

    /// How it is known that the role needs the skill: `STATED` by its document, or `PARSED` from
    /// its duties and qualifications.
    fn origin(&self) -> Origin {
        self.0.origin.into()
    }
}

/// How strongly a role needs a skill.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::skill::Requirement")]
pub(super) enum Requirement {
    /// The work cannot be done without it.
    Essential,
    /// It is asked for and can be replaced.
    Preferred,
    /// It helps.
    Optional,
    /// The source does not say.
    Unspecified,
}

/// Which skills of a role a list holds; all given conditions must hold.
#[derive(InputObject)]
pub(crate) struct RoleSkillFilter {
    /// Needed in one of these ways; left out or empty means in any.
    requirements: Option<Vec<Requirement>>,
    /// Of one of these kinds; left out or empty means of any.
    kinds: Option<Vec<SkillKind>>,
}

/// The arguments of the skills of a role.
pub(crate) struct RoleSkillsArguments {
    /// Which skills.
    pub(crate) filter: Option<RoleSkillFilter>,
    /// Which page.
    pub(crate) page: PageArguments,
}

impl Arguments for RoleSkillsArguments {
    type Request = RoleSkillsRequest;

    fn of(field: Field<'_>) -> Result<Self, Unreadable> {
        Ok(Self {
            filter: field.argument("filter")?,
            page: PageArguments::of(field)?,
        })
    }

    fn request(self) -> Result<RoleSkillsRequest, ApiError> {
        let Self { filter, page } = self;
        Ok(RoleSkillsRequest {
            filter: filter
                .map(TryInto::try_into)
                .transpose()?
                .unwrap_or_default(),
            page: page.request()?,
        })
    }
}

impl TryFrom<RoleSkillFilter> for domain::read::RoleSkillFilter {
    type Error = ApiError;

    fn try_from(filter: RoleSkillFilter) -> Result<Self, ApiError> {
        let RoleSkillFilter {
            requirements,
            kinds,
        } = filter;
        Ok(Self {
            requirements: list_input("filter.requirements", requirements, Into::into)?,
            kinds: list_input("filter.kinds", kinds, Into::into)?,
        })
    }
}
