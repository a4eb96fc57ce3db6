//! The parts of a role in a bulk document.

use domain::Slug;
use domain::money::{Currency, Money};
use domain::role::salary::{Origin, PayPeriod, SalaryStatistic, Seniority, ValueQuality};
use domain::role::{
    Distribution, Duty, DutyKind, ExternalCode, Fact, FactKey, Faq, MatchKind, Nearness,
    OutlineEntry, OutlineKind, Qualification, QualificationGroup, RelatedSlug, RelationKind,
    RoleTitle, SalaryObservation, Section, SectionKind, Share, TextFormat, TitleKind,
};
use domain::skill::{Commodity, Requirement, RoleSkill, SkillKind, SkillMeasures, SkillTerm};
use domain::source::SourceName;
use domain::{Decimal, Estimate, PartialDate};
use serde::{Deserialize, Serialize};

use super::document::is_false;
use super::spelled::Spelled;

/// Declares how a part is written, and both ways between that and the value of the domain.
///
/// A member is the field of the domain with the same name. `spelled` ones stand there by their
/// spelling, `one`, `part` and `parts` are one, perhaps one and a list of parts of their own;
/// everything else is written as it is.
macro_rules! part {
    (
        $(#[$meta:meta])*
        $name:ident for $domain:ty {
            $( $(#[$field_meta:meta])* $field:ident: $ty:ty $(, $how:ident)? ; )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub(super) struct $name {
            $( $(#[$field_meta])* $field: $ty, )+
        }

        impl From<&$domain> for $name {
            fn from(value: &$domain) -> Self {
                Self { $( $field: part!(@write value.$field $(, $how)?), )+ }
            }
        }

        impl From<$name> for $domain {
            fn from(part: $name) -> Self {
                Self { $( $field: part!(@read part.$field $(, $how)?), )+ }
            }
        }
    };
    (@write $value:expr) => { Clone::clone(&$value) };
    (@write $value:expr, spelled) => { Spelled(Clone::clone(&$value)) };
    (@write $value:expr, maybe_spelled) => { Clone::clone(&$value).map(Spelled) };
    (@write $value:expr, part) => { $value.as_ref().map(Into::into) };
    (@write $value:expr, one) => { (&$value).into() };
    (@write $value:expr, parts) => { written(&$value) };
    (@read $value:expr) => { $value };
    (@read $value:expr, spelled) => { $value.0 };
    (@read $value:expr, maybe_spelled) => { $value.map(|spelled| spelled.0) };
    (@read $value:expr, part) => { $value.map(Into::into) };
    (@read $value:expr, one) => { $value.into() };
    (@read $value:expr, parts) => { read($value) };
}

/// Every value of a list as a part.
pub(super) fn written<'v, T, P: From<&'v T>>(values: &'v [T]) -> Vec<P> {
    values.iter().map(P::from).collect()
}

/// Every part of a list as a value.
pub(super) fn read<P: Into<T>, T>(parts: Vec<P>) -> Vec<T> {
    parts.into_iter().map(P::into).collect()
}

part! {
    /// Where texts come from.
    SourcePart for SourceName {
        name: String;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        licence: Option<String>;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attribution: Option<String>;
    }
}

part! {
    /// A fact of the role at a glance.
    FactPart for Fact {
        key: Spelled<FactKey>, spelled;
        label: String;
        text: String;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        horizon_year: Option<u16>;
    }
}

part! {
    /// A skill by its name.
    TermPart for SkillTerm {
        name: String;
        #[serde(default)]
        kind: Spelled<SkillKind>, spelled;
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        aliases: Vec<String>;
    }
}

part! {
    /// A duty and the skills that its text names.
    DutyPart for Duty<SkillTerm> {
        text: String;
        #[serde(default)]
        kind: Spelled<DutyKind>, spelled;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        external_id: Option<String>;
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        activities: Vec<String>;
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        skills: Vec<TermPart>, parts;
    }
}

part! {
    /// Prose under one heading.
    SectionPart for Section {
        kind: Spelled<SectionKind>, spelled;
        heading: String;
        body: String;
        #[serde(default)]
        format: Spelled<TextFormat>, spelled;
    }
}

part! {
    /// An item of a qualification group and the skills that its text names.
    ItemPart for Qualification<SkillTerm> {
        text: String;
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        skills: Vec<TermPart>, parts;
    }
}

part! {
    /// Items under one heading.
    GroupPart for QualificationGroup<Qualification<SkillTerm>> {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        heading: Option<String>;
        items: Vec<ItemPart>, parts;
    }
}

part! {
    /// A question and its answer.
    FaqPart for Faq {
        question: String;
        answer: String;
    }
}

part! {
    /// Another name of the role.
    TitlePart for RoleTitle {
        text: String;
        #[serde(default)]
        kind: Spelled<TitleKind>, spelled;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        short_form: Option<String>;
        #[serde(default, skip_serializing_if = "is_false")]
        reported: bool;
        #[serde(default, skip_serializing_if = "is_false")]
        featured: bool;
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        sources: Vec<String>;
    }
}

part! {
    /// A measured value.
    EstimatePart for Estimate {
        value: Spelled<Decimal>, spelled;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sample_size: Option<u32>;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        standard_error: Option<Spelled<Decimal>>, maybe_spelled;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lower_bound: Option<Spelled<Decimal>>, maybe_spelled;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        upper_bound: Option<Spelled<Decimal>>, maybe_spelled;
        #[serde(default, skip_serializing_if = "is_false")]
        suppressed: bool;
    }
}

part! {
    /// A kind of product.
    CommodityPart for Commodity {
        code: String;
        title: String;
    }
}

part! {
    /// What was measured of a skill.
    MeasuresPart for SkillMeasures {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        importance: Option<EstimatePart>, part;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        level: Option<EstimatePart>, part;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        relevant: Option<bool>;
        #[serde(default, skip_serializing_if = "is_false")]
        hot: bool;
        #[serde(default, skip_serializing_if = "is_false")]
        in_demand: bool;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        commodity: Option<CommodityPart>, part;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        as_of: Option<Spelled<PartialDate>>, maybe_spelled;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        collected_from: Option<String>;
    }
}

part! {
    /// How many gave one answer.
    SharePart for Share {
        category: u16;
        label: String;
        percent: EstimatePart, one;
    }
}

part! {
    /// How the people in the role spread over answers.
    DistributionPart for Distribution {
        scale: String;
        label: String;
        shares: Vec<SharePart>, parts;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        as_of: Option<Spelled<PartialDate>>, maybe_spelled;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        collected_from: Option<String>;
    }
}

part! {
    /// A related role by its slug.
    RelatedPart for RelatedSlug {
        #[serde(default)]
        kind: Spelled<RelationKind>, spelled;
        slug: Spelled<Slug>, spelled;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        nearness: Option<Spelled<Nearness>>, maybe_spelled;
    }
}

part! {
    /// A code in an outside scheme.
    CodePart for ExternalCode {
        scheme: String;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        release: Option<String>;
        code: String;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        uri: Option<String>;
        #[serde(rename = "match", default)]
        match_kind: Spelled<MatchKind>, spelled;
    }
}

part! {
    /// One heading of the page.
    HeadingPart for OutlineEntry {
        kind: Spelled<OutlineKind>, spelled;
        heading: String;
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lead: Option<String>;
    }
}

/// One amount that people in the role earn, in the smallest unit of its currency.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SalaryPart {
    #[serde(default)]
    level: Spelled<Seniority>,
    statistic: Spelled<SalaryStatistic>,
    minor_units: i64,
    currency: Spelled<Currency>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    period: Option<Spelled<PayPeriod>>,
    #[serde(default)]
    quality: Spelled<ValueQuality>,
    #[serde(default)]
    origin: Spelled<Origin>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source_text: Option<String>,
}

impl From<&SalaryObservation> for SalaryPart {
    fn from(salary: &SalaryObservation) -> Self {
        let SalaryObservation {
            level,
            statistic,
            amount: Money {
                minor_units,
                currency,
            },
            period,
            quality,
            origin,
            source_text,
        } = salary;
        Self {
            level: Spelled(*level),
            statistic: Spelled(*statistic),
            minor_units: *minor_units,
            currency: Spelled(*currency),
            period: period.map(Spelled),
            quality: Spelled(*quality),
            origin: Spelled(*origin),
            source_text: source_text.clone(),
        }
    }
}

impl From<SalaryPart> for SalaryObservation {
    fn from(part: SalaryPart) -> Self {
        let SalaryPart {
            level,
            statistic,
            minor_units,
            currency,
            period,
            quality,
            origin,
            source_text,
        } = part;
        Self {
            level: level.0,
            statistic: statistic.0,
            amount: Money {
                minor_units,
                currency: currency.0,
            },
            period: period.map(|period| period.0),
            quality: quality.0,
            origin: origin.0,
            source_text,
        }
    }
}

/// A skill of the role.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SkillPart {
    name: String,
    #[serde(default)]
    kind: Spelled<SkillKind>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    #[serde(default)]
    requirement: Spelled<Requirement>,
    #[serde(default)]
    origin: Spelled<Origin>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    measures: Option<MeasuresPart>,
}

impl From<&RoleSkill<SkillTerm>> for SkillPart {
    fn from(skill: &RoleSkill<SkillTerm>) -> Self {
        let RoleSkill {
            skill:
                SkillTerm {
                    name,
                    kind,
                    aliases,
                },
            requirement,
            origin,
            measures,
        } = skill;
        Self {
            name: name.clone(),
            kind: Spelled(*kind),
            aliases: aliases.clone(),
            requirement: Spelled(*requirement),
            origin: Spelled(*origin),
            measures: measures.as_deref().map(Into::into),
        }
    }
}

impl From<SkillPart> for RoleSkill<SkillTerm> {
    fn from(part: SkillPart) -> Self {
        let SkillPart {
            name,
            kind,
            aliases,
            requirement,
            origin,
            measures,
        } = part;
        Self {
            skill: SkillTerm {
                name,
                kind: kind.0,
                aliases,
            },
            requirement: requirement.0,
            origin: origin.0,
            measures: measures.map(|measures| Box::new(measures.into())),
        }
    }
}
