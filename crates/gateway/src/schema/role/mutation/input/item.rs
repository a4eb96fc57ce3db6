//! The parts of a role as a mutation gives them.

use app::{Refusal, RefusalCode};
use async_graphql::{ID, InputObject};
use domain::money::Money;
use domain::role::part::Part;
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
pub(in super::super) struct FactInput {
    /// In `roleUpdate`, the id of the fact that says this from now on; when it is left out, it is
    /// a fact that said the same before, or a new one.
    id: Option<ID>,
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
pub(in super::super) struct DutyInput {
    /// In `roleUpdate`, the id of the duty that says this from now on; when it is left out, it is
    /// a duty that said the same before, or a new one.
    id: Option<ID>,
    /// The duty in one sentence; at most 2,000 characters.
    text: String,
    /// How central it is.
    #[graphql(default_with = "DutyKind::Unspecified")]
    kind: DutyKind,
}

/// Prose under one heading.
#[derive(InputObject)]
pub(in super::super) struct SectionInput {
    /// In `roleUpdate`, the id of the section that says this from now on; when it is left out, it is
    /// a section that said the same before, or a new one.
    id: Option<ID>,
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
pub(in super::super) struct QualificationGroupInput {
    /// In `roleUpdate`, the id of the group that says this from now on; when it is left out, it is
    /// a group that said the same before, or a new one.
    id: Option<ID>,
    /// The heading without a colon; null for items that stand before any heading.
    heading: Option<String>,
    /// The items in order; at most 200, of at most 2,000 characters.
    items: Vec<String>,
}

/// A question and its answer.
#[derive(InputObject)]
pub(in super::super) struct FaqInput {
    /// In `roleUpdate`, the id of the question that says this from now on; when it is left out, it is
    /// a question that said the same before, or a new one.
    id: Option<ID>,
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

/// A part of a role as a mutation gives it.
pub(in super::super) trait PartInput {
    /// The part.
    type Part: Part;

    /// The id that the part has in `roleUpdate`.
    fn id(&self) -> Option<&ID>;

    /// The part, or which of its fields cannot be read.
    fn into_part(self) -> Result<Self::Part, Refusal>;
}

impl PartInput for FactInput {
    type Part = Fact;

    fn id(&self) -> Option<&ID> {
        self.id.as_ref()
    }

    fn into_part(self) -> Result<Fact, Refusal> {
        let Self {
            id: _,
            key,
            label,
            text,
            horizon_year,
        } = self;
        let key = role::FactKey::from(key);
        Ok(Fact {
            key,
            label: label.unwrap_or_else(|| words(key.as_str())),
            text,
            horizon_year: year(horizon_year)?,
        })
    }
}

impl PartInput for DutyInput {
    type Part = role::Duty<SkillTerm>;

    fn id(&self) -> Option<&ID> {
        self.id.as_ref()
    }

    fn into_part(self) -> Result<role::Duty<SkillTerm>, Refusal> {
        let Self { id: _, text, kind } = self;
        Ok(role::Duty::new(text, kind.into()))
    }
}

impl PartInput for SectionInput {
    type Part = Section;

    fn id(&self) -> Option<&ID> {
        self.id.as_ref()
    }

    fn into_part(self) -> Result<Section, Refusal> {
        let Self {
            id: _,
            kind,
            heading,
            body,
            format,
        } = self;
        let kind = role::SectionKind::from(kind);
        Ok(Section {
            kind,
            heading: heading.unwrap_or_else(|| words(kind.as_str())),
            body,
            format: format.into(),
        })
    }
}

impl PartInput for QualificationGroupInput {
    type Part = QualificationGroup<role::Qualification<SkillTerm>>;

    fn id(&self) -> Option<&ID> {
        self.id.as_ref()
    }

    fn into_part(self) -> Result<Self::Part, Refusal> {
        let Self {
            id: _,
            heading,
            items,
        } = self;
        let items = items.into_iter().map(|text| role::Qualification {
            text,
            skills: Vec::new(),
        });
        Ok(QualificationGroup {
            heading,
            items: items.collect(),
        })
    }
}

impl PartInput for FaqInput {
    type Part = Faq;

    fn id(&self) -> Option<&ID> {
        self.id.as_ref()
    }

    fn into_part(self) -> Result<Faq, Refusal> {
        let Self {
            id: _,
            question,
            answer,
        } = self;
        Ok(Faq { question, answer })
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
        role::RoleTitle::new(text, kind.into())
    }
}

impl RoleSkillInput {
    pub(super) fn into_domain(self) -> RoleSkill<SkillTerm> {
        let Self {
            name,
            kind,
            requirement,
        } = self;
        RoleSkill::new(
            SkillTerm {
                name,
                kind: kind.into(),
                aliases: Vec::new(),
            },
            requirement.into(),
            Origin::Stated,
        )
    }
}

impl RelatedRoleInput {
    pub(super) fn into_domain(self) -> role::RelatedSlug {
        let Self {
            slug: Slug(slug),
            kind,
        } = self;
        role::RelatedSlug::new(kind.into(), slug)
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

/// A year as a client sends it.
pub(in super::super) fn year(number: Option<i32>) -> Result<Option<u16>, Refusal> {
    let year = number.map(u16::try_from).transpose();
    year.map_err(|_out_of_range| {
        let message = "horizonYear is a year such as 2034";
        Refusal::new(RefusalCode::Invalid, &["horizonYear"], message)
    })
}

/// The words of a name in capitals: `KEY_CERTIFICATIONS` is `Key certifications`.
pub(in super::super) fn words(name: &str) -> String {
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
