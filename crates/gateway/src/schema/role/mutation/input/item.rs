//! The parts of a role as a mutation gives them.

use async_graphql::InputObject;
use domain::money::Money;
use domain::role::salary::{Origin, SalaryObservation};
use domain::role::{self, Fact, Faq, QualificationGroup, Section};
use domain::skill::{RoleSkill, SkillTerm};
use domain::source::SourceName;

use crate::schema::role::code::MatchKind;
use crate::schema::role::duty::DutyKind;
use crate::schema::role::fact::FactKey;
use crate::schema::role::relation::RelationKind;
use crate::schema::role::salary::{PayPeriod, SalaryStatistic, Seniority, ValueQuality};
use crate::schema::role::section::{SectionKind, TextFormat};
use crate::schema::role::skill::Requirement;
use crate::schema::role::title::TitleKind;
use crate::schema::scalar::{BigInt, CurrencyCode, Slug};
use crate::schema::skill::SkillKind;

/// A fact of the role at a glance.
#[derive(InputObject)]
pub(super) struct FactInput {
    /// What the fact is about.
    key: FactKey,
    /// The words in front of the fact; made from `key` when they are left out.
    label: Option<String>,
    /// The fact; at most 2,000 characters.
    text: String,
    /// The year up to which the statement looks.
    horizon_year: Option<i32>,
}

/// A duty.
#[derive(InputObject)]
pub(super) struct DutyInput {
    /// The duty in one sentence; at most 2,000 characters.
    text: String,
    /// How central it is.
    #[graphql(default_with = "DutyKind::Unspecified")]
    kind: DutyKind,
}

/// Prose under one heading.
#[derive(InputObject)]
pub(super) struct SectionInput {
    /// What the section is about.
    kind: SectionKind,
    /// The heading; made from `kind` when it is left out.
    heading: Option<String>,
    /// The prose, with blank lines between paragraphs; at most 64 KiB.
    body: String,
    /// How the prose is written.
    #[graphql(default_with = "TextFormat::Plain")]
    format: TextFormat,
}

/// Items under one heading.
#[derive(InputObject)]
pub(super) struct QualificationGroupInput {
    /// The heading without a colon; null for items that stand before any heading.
    heading: Option<String>,
    /// The items in order; at most 200, of at most 2,000 characters.
    items: Vec<String>,
}

/// A question and its answer.
#[derive(InputObject)]
pub(super) struct FaqInput {
    /// The question with its question mark; at most 300 characters.
    question: String,
    /// The answer, with blank lines between paragraphs; at most 16 KiB.
    answer: String,
}

/// An amount that people in the role earn.
#[derive(InputObject)]
pub(super) struct SalaryInput {
    /// The career level.
    #[graphql(default_with = "Seniority::Unspecified")]
    level: Seniority,
    /// Which statistic the amount is.
    statistic: SalaryStatistic,
    /// The amount in the smallest unit of its currency, such as cents; at least 0.
    minor_units: BigInt,
    /// The currency.
    currency: CurrencyCode,
    /// What time it is paid for; null when that is not known.
    period: Option<PayPeriod>,
    /// How good the value is.
    #[graphql(default_with = "ValueQuality::Ok")]
    quality: ValueQuality,
    /// The words in which the source says it.
    source_text: Option<String>,
}

/// Another name of a role.
#[derive(InputObject)]
pub(super) struct RoleTitleInput {
    /// The name; at most 200 characters.
    text: String,
    /// What sort of name it is.
    #[graphql(default_with = "TitleKind::Alternate")]
    kind: TitleKind,
}

/// A skill that a role states.
#[derive(InputObject)]
pub(super) struct RoleSkillInput {
    /// The name of the skill; one that the dictionary knows gets its spelling and kind.
    name: String,
    /// What sort of thing it is, for a skill that is new.
    #[graphql(default_with = "SkillKind::Skill")]
    kind: SkillKind,
    /// How strongly it is needed.
    #[graphql(default_with = "Requirement::Unspecified")]
    requirement: Requirement,
}

/// A related role.
#[derive(InputObject)]
pub(super) struct RelatedRoleInput {
    /// The slug of the other role, in the same language.
    slug: Slug,
    /// How the other role relates to this one.
    #[graphql(default_with = "RelationKind::Similar")]
    kind: RelationKind,
}

/// A code in an outside scheme.
#[derive(InputObject)]
pub(super) struct ExternalCodeInput {
    /// The key of the scheme, such as `onet-soc`.
    scheme: String,
    /// The release of the scheme, such as `29.3`; null when it is not known.
    release: Option<String>,
    /// The code as the scheme writes it.
    code: String,
    /// The address of the concept; null when it has none.
    uri: Option<String>,
    /// How the role and the concept relate.
    #[graphql(name = "match", default_with = "MatchKind::Exact")]
    match_kind: MatchKind,
}

/// Where texts come from.
#[derive(InputObject)]
pub(in super::super) struct SourceInput {
    /// The name of the source; at most 200 characters. What it says of its licence counts for all
    /// of its roles.
    name: String,
    /// The SPDX identifier of the licence of the texts; what is known is kept when it is left out.
    licence: Option<String>,
    /// The credit line that must be shown with the texts; what is known is kept when it is left
    /// out.
    attribution: Option<String>,
}

impl From<SourceInput> for SourceName {
    fn from(source: SourceInput) -> Self {
        let SourceInput {
            name,
            licence,
            attribution,
        } = source;
        Self {
            name,
            licence,
            attribution,
        }
    }
}

impl FactInput {
    /// The fact; `None` when its year is none.
    pub(super) fn into_domain(self) -> Option<Fact> {
        let Self {
            key,
            label,
            text,
            horizon_year,
        } = self;
        let key = role::FactKey::from(key);
        Some(Fact {
            key,
            label: label.unwrap_or_else(|| words(key.as_str())),
            text,
            horizon_year: horizon_year.map(u16::try_from).transpose().ok()?,
        })
    }
}

impl DutyInput {
    pub(super) fn into_domain(self) -> role::Duty<SkillTerm> {
        let Self { text, kind } = self;
        role::Duty {
            text,
            kind: kind.into(),
            skills: Vec::new(),
        }
    }
}

impl SectionInput {
    pub(super) fn into_domain(self) -> Section {
        let Self {
            kind,
            heading,
            body,
            format,
        } = self;
        let kind = role::SectionKind::from(kind);
        Section {
            kind,
            heading: heading.unwrap_or_else(|| words(kind.as_str())),
            body,
            format: format.into(),
        }
    }
}

impl QualificationGroupInput {
    pub(super) fn into_domain(self) -> QualificationGroup<role::Qualification<SkillTerm>> {
        let Self { heading, items } = self;
        let items = items.into_iter().map(|text| role::Qualification {
            text,
            skills: Vec::new(),
        });
        QualificationGroup {
            heading,
            items: items.collect(),
        }
    }
}

impl FaqInput {
    pub(super) fn into_domain(self) -> Faq {
        let Self { question, answer } = self;
        Faq { question, answer }
    }
}

impl SalaryInput {
    pub(super) fn into_domain(self) -> SalaryObservation {
        let Self {
            level,
            statistic,
            minor_units: BigInt(minor_units),
            currency: CurrencyCode(currency),
            period,
            quality,
            source_text,
        } = self;
        SalaryObservation {
            level: level.into(),
            statistic: statistic.into(),
            amount: Money {
                minor_units,
                currency,
            },
            period: period.map(Into::into),
            quality: quality.into(),
            origin: Origin::Stated,
            source_text,
        }
    }
}

impl RoleTitleInput {
    pub(super) fn into_domain(self) -> role::RoleTitle {
        let Self { text, kind } = self;
        role::RoleTitle {
            text,
            kind: kind.into(),
        }
    }
}

impl RoleSkillInput {
    pub(super) fn into_domain(self) -> RoleSkill<SkillTerm> {
        let Self {
            name,
            kind,
            requirement,
        } = self;
        RoleSkill {
            skill: SkillTerm {
                name,
                kind: kind.into(),
                aliases: Vec::new(),
            },
            requirement: requirement.into(),
            origin: Origin::Stated,
        }
    }
}

impl RelatedRoleInput {
    pub(super) fn into_domain(self) -> role::RelatedSlug {
        let Self {
            slug: Slug(slug),
            kind,
        } = self;
        role::RelatedSlug {
            kind: kind.into(),
            slug,
        }
    }
}

impl ExternalCodeInput {
    pub(super) fn into_domain(self) -> role::ExternalCode {
        let Self {
            scheme,
            release,
            code,
            uri,
            match_kind,
        } = self;
        role::ExternalCode {
            scheme,
            release,
            code,
            uri,
            match_kind: match_kind.into(),
        }
    }
}

/// The words of a name in capitals: `KEY_CERTIFICATIONS` is `Key certifications`.
fn words(name: &str) -> String {
    let words = name.replace('_', " ");
    let (first, rest) = words.split_at_checked(1).unwrap_or(("", &words));
    format!("{first}{}", rest.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_are_words() {
        assert_eq!(words("KEY_CERTIFICATIONS"), "Key certifications");
        assert_eq!(words("PAY"), "Pay");
    }
}
