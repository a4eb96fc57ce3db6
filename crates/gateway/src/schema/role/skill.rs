//! The skills of a role.

use std::borrow::Cow;

use async_graphql::{Enum, InputObject, Object};
use domain::read::{RoleSkillsRequest, SkillTree};
use domain::skill::SkillMeasures;
use gateway_macros::{Written, written};

use super::measure::{Commodity, Estimate};
use super::state::DatePrecision;
use crate::cost;
use crate::error::ApiError;
use crate::plan::Arguments;
use crate::schema::connection::{Listed, PageArguments, list_input};
use crate::schema::scalar::Date;
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

    /// How important the skill is in the role, on the scale of the source: 1 to 5 in O*NET. Null
    /// when it was not measured.
    fn importance(&self) -> Option<Estimate<'_>> {
        self.measures()?.importance.as_ref().map(Estimate)
    }

    /// How much of the skill the role takes, on the scale of the source: 0 to 7 in O*NET. Null when
    /// it was not measured.
    fn level(&self) -> Option<Estimate<'_>> {
        self.measures()?.level.as_ref().map(Estimate)
    }

    /// Whether the skill matters in the role at all; null when the source does not say.
    fn relevant(&self) -> Option<bool> {
        self.measures()?.relevant
    }

    /// Whether employers of all kinds often ask for the skill; false when the source does not say.
    fn hot(&self) -> bool {
        self.measures().is_some_and(|measures| measures.hot)
    }

    /// Whether employers often ask for the skill in this role; false when the source does not say.
    fn in_demand(&self) -> bool {
        self.measures().is_some_and(|measures| measures.in_demand)
    }

    /// The kind of product that the skill is; null when it is none or the source does not say.
    fn commodity(&self) -> Option<Commodity<'_>> {
        self.measures()?.commodity.as_ref().map(Commodity)
    }

    /// The day on which it was measured; the first day of the period when only the month or the
    /// year is known, and null when nothing is known.
    fn measured_on(&self) -> Option<Date> {
        Some(Date(self.measures()?.as_of?.first_day()))
    }

    /// How precisely `measuredOn` is known; null when it is null.
    fn measured_on_precision(&self) -> Option<DatePrecision> {
        Some(self.measures()?.as_of?.precision().into())
    }

    /// Who was asked, such as "Incumbent" or "Analyst"; null when the source does not say.
    fn collected_from(&self) -> Option<&str> {
        self.measures()?.collected_from.as_deref()
    }
}

impl RoleSkill<'_> {
    fn measures(&self) -> Option<&SkillMeasures> {
        self.0.measures.as_deref()
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
