//! The parts of a role in a bulk document.

use domain::Slug;
use domain::money::{Currency, Money};
use domain::role::salary::{Origin, PayPeriod, SalaryStatistic, Seniority, ValueQuality};
use domain::role::{
    Duty, DutyKind, ExternalCode, Fact, FactKey, Faq, MatchKind, OutlineEntry, OutlineKind,
    Qualification, QualificationGroup, RelatedSlug, RelationKind, RoleTitle, SalaryObservation,
    Section, SectionKind, TextFormat, TitleKind,
};
use domain::skill::{Requirement, RoleSkill, SkillKind, SkillTerm};
use domain::source::SourceName;
use serde::{Deserialize, Serialize};

use super::spelled::Spelled;

/// Declares how a part is written, and both ways between that and the value of the domain.
///
/// A member is the field of the domain with the same name. `spelled` ones stand there by their
/// spelling, `parts` are lists of parts of their own; everything else is written as it is.
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
    (@write $value:expr, parts) => { written(&$value) };
    (@read $value:expr) => { $value };
    (@read $value:expr, spelled) => { $value.0 };
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
    }
}

part! {
    /// A related role by its slug.
    RelatedPart for RelatedSlug {
        #[serde(default)]
        kind: Spelled<RelationKind>, spelled;
        slug: Spelled<Slug>, spelled;
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
        } = skill;
        Self {
            name: name.clone(),
            kind: Spelled(*kind),
            aliases: aliases.clone(),
            requirement: Spelled(*requirement),
            origin: Spelled(*origin),
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
        } = part;
        Self {
            skill: SkillTerm {
                name,
                kind: kind.0,
                aliases,
            },
            requirement: requirement.0,
            origin: origin.0,
        }
    }
}
