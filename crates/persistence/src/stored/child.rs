//! The editorial children of a role.

use std::borrow::Cow;

use domain::id::{DutyId, FactId, FaqId, GroupId, QualificationId, SalaryId, SectionId, Stored};
use domain::money::{Currency, Money};
use domain::role::salary::{Origin, PayPeriod, SalaryStatistic, Seniority, ValueQuality};
use domain::role::{
    Duty, DutyKind, Fact, FactKey, Faq, Qualification, QualificationGroup, RoleTitle,
    SalaryObservation, Section, SectionKind, TextFormat, TitleKind,
};
use serde::{Deserialize, Serialize};

use super::measure::is_false;
use super::{Key, Text, Value};

/// A glance fact.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FactRow<'a> {
    #[serde(rename = "i")]
    pub(crate) id: Key<FactId>,
    #[serde(rename = "k")]
    pub(crate) key: Value<FactKey>,
    #[serde(rename = "l", borrow)]
    pub(crate) label: Cow<'a, str>,
    #[serde(rename = "t", borrow)]
    text: Cow<'a, str>,
    #[serde(rename = "y", default, skip_serializing_if = "Option::is_none")]
    horizon_year: Option<u16>,
}

impl<'a> FactRow<'a> {
    pub(crate) fn new(id: FactId, fact: &'a Fact) -> Self {
        let Fact {
            key,
            label,
            text,
            horizon_year,
        } = fact;
        Self {
            id: Key(id),
            key: Value(*key),
            label: label.into(),
            text: text.into(),
            horizon_year: *horizon_year,
        }
    }
}

impl From<FactRow<'_>> for Stored<FactId, Fact> {
    fn from(row: FactRow<'_>) -> Self {
        let FactRow {
            id,
            key,
            label,
            text,
            horizon_year,
        } = row;
        Self {
            id: id.0,
            value: Fact {
                key: key.0,
                label: label.into_owned(),
                text: text.into_owned(),
                horizon_year,
            },
        }
    }
}

/// A duty; its skills are keys of rows.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DutyRow<'a> {
    #[serde(rename = "i")]
    pub(crate) id: Key<DutyId>,
    #[serde(rename = "t", borrow)]
    pub(crate) text: Cow<'a, str>,
    #[serde(rename = "k")]
    kind: Value<DutyKind>,
    #[serde(rename = "x", borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) external_id: Option<Text<'a>>,
    #[serde(rename = "a", borrow, default, skip_serializing_if = "Vec::is_empty")]
    activities: Vec<Text<'a>>,
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    skills: Vec<i64>,
}

impl<'a> DutyRow<'a> {
    pub(crate) fn new<S>(id: DutyId, duty: &'a Duty<S>, keys: Vec<i64>) -> Self {
        let Duty {
            text,
            kind,
            external_id,
            activities,
            skills: _,
        } = duty;
        Self {
            id: Key(id),
            text: text.into(),
            kind: Value(*kind),
            external_id: external_id.as_deref().map(Text::from),
            activities: texts(activities),
            skills: keys,
        }
    }

    pub(crate) fn decode<S, E>(
        self,
        skills: impl FnOnce(&[i64]) -> Result<Vec<S>, E>,
    ) -> Result<Stored<DutyId, Duty<S>>, E> {
        Ok(Stored {
            id: self.id.0,
            value: Duty {
                text: self.text.into_owned(),
                kind: self.kind.0,
                external_id: self.external_id.map(String::from),
                activities: strings(self.activities),
                skills: skills(&self.skills)?,
            },
        })
    }
}

/// A prose section.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SectionRow<'a> {
    #[serde(rename = "i")]
    pub(crate) id: Key<SectionId>,
    #[serde(rename = "k")]
    pub(crate) kind: Value<SectionKind>,
    #[serde(rename = "h", borrow)]
    pub(crate) heading: Cow<'a, str>,
    #[serde(rename = "b", borrow)]
    pub(crate) body: Cow<'a, str>,
    #[serde(rename = "f")]
    format: Value<TextFormat>,
}

impl<'a> SectionRow<'a> {
    pub(crate) fn new(id: SectionId, section: &'a Section) -> Self {
        let Section {
            kind,
            heading,
            body,
            format,
        } = section;
        Self {
            id: Key(id),
            kind: Value(*kind),
            heading: heading.into(),
            body: body.into(),
            format: Value(*format),
        }
    }
}

impl From<SectionRow<'_>> for Stored<SectionId, Section> {
    fn from(row: SectionRow<'_>) -> Self {
        let SectionRow {
            id,
            kind,
            heading,
            body,
            format,
        } = row;
        Self {
            id: id.0,
            value: Section {
                kind: kind.0,
                heading: heading.into_owned(),
                body: body.into_owned(),
                format: format.0,
            },
        }
    }
}

/// A qualification group with its items.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct GroupRow<'a> {
    #[serde(rename = "i")]
    pub(crate) id: Key<GroupId>,
    #[serde(rename = "h", borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) heading: Option<Text<'a>>,
    #[serde(rename = "m", borrow)]
    pub(crate) items: Vec<ItemRow<'a>>,
}

/// A qualification item; its skills are keys of rows.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ItemRow<'a> {
    #[serde(rename = "i")]
    pub(crate) id: Key<QualificationId>,
    #[serde(rename = "t", borrow)]
    pub(crate) text: Cow<'a, str>,
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    skills: Vec<i64>,
}

type Group<S> = QualificationGroup<Stored<QualificationId, Qualification<S>>>;

impl<'a> ItemRow<'a> {
    pub(crate) fn new<S>(id: QualificationId, item: &'a Qualification<S>, keys: Vec<i64>) -> Self {
        let Qualification { text, skills: _ } = item;
        Self {
            id: Key(id),
            text: text.into(),
            skills: keys,
        }
    }
}

impl<'a> GroupRow<'a> {
    pub(crate) fn new(id: GroupId, heading: Option<&'a str>, items: Vec<ItemRow<'a>>) -> Self {
        Self {
            id: Key(id),
            heading: heading.map(Text::from),
            items,
        }
    }

    pub(crate) fn decode<S, E>(
        self,
        skills: impl Fn(&[i64]) -> Result<Vec<S>, E>,
    ) -> Result<Stored<GroupId, Group<S>>, E> {
        let items = self.items.into_iter().map(|item| {
            Ok(Stored {
                id: item.id.0,
                value: Qualification {
                    text: item.text.into_owned(),
                    skills: skills(&item.skills)?,
                },
            })
        });
        Ok(Stored {
            id: self.id.0,
            value: QualificationGroup {
                heading: self.heading.map(String::from),
                items: items.collect::<Result<_, E>>()?,
            },
        })
    }
}

/// A question and its answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FaqTexts<'a> {
    #[serde(rename = "i")]
    pub(crate) id: Key<FaqId>,
    #[serde(rename = "q", borrow)]
    pub(crate) question: Cow<'a, str>,
    #[serde(rename = "a", borrow)]
    pub(crate) answer: Cow<'a, str>,
}

impl<'a> FaqTexts<'a> {
    pub(crate) fn new(id: FaqId, faq: &'a Faq) -> Self {
        let Faq { question, answer } = faq;
        Self {
            id: Key(id),
            question: question.into(),
            answer: answer.into(),
        }
    }
}

impl From<FaqTexts<'_>> for Stored<FaqId, Faq> {
    fn from(row: FaqTexts<'_>) -> Self {
        let FaqTexts {
            id,
            question,
            answer,
        } = row;
        Self {
            id: id.0,
            value: Faq {
                question: question.into_owned(),
                answer: answer.into_owned(),
            },
        }
    }
}

/// A salary observation.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SalaryRow<'a> {
    #[serde(rename = "i")]
    pub(crate) id: Key<SalaryId>,
    #[serde(rename = "l")]
    pub(crate) level: Value<Seniority>,
    #[serde(rename = "st")]
    pub(crate) statistic: Value<SalaryStatistic>,
    #[serde(rename = "a")]
    pub(crate) amount_minor: i64,
    #[serde(rename = "c")]
    pub(crate) currency: Value<Currency>,
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub(crate) period: Option<Value<PayPeriod>>,
    #[serde(rename = "q")]
    pub(crate) quality: Value<ValueQuality>,
    #[serde(rename = "o")]
    pub(crate) origin: Value<Origin>,
    #[serde(rename = "t", borrow, default, skip_serializing_if = "Option::is_none")]
    pub(crate) source_text: Option<Text<'a>>,
}

impl<'a> SalaryRow<'a> {
    pub(crate) fn new(id: SalaryId, salary: &'a SalaryObservation) -> Self {
        let SalaryObservation {
            level,
            statistic,
            amount,
            period,
            quality,
            origin,
            source_text,
        } = salary;
        Self {
            id: Key(id),
            level: Value(*level),
            statistic: Value(*statistic),
            amount_minor: amount.minor_units,
            currency: Value(amount.currency),
            period: period.map(Value),
            quality: Value(*quality),
            origin: Value(*origin),
            source_text: source_text.as_deref().map(Text::from),
        }
    }
}

impl From<SalaryRow<'_>> for Stored<SalaryId, SalaryObservation> {
    fn from(row: SalaryRow<'_>) -> Self {
        let SalaryRow {
            id,
            level,
            statistic,
            amount_minor,
            currency,
            period,
            quality,
            origin,
            source_text,
        } = row;
        Self {
            id: id.0,
            value: SalaryObservation {
                level: level.0,
                statistic: statistic.0,
                amount: Money {
                    minor_units: amount_minor,
                    currency: currency.0,
                },
                period: period.map(|period| period.0),
                quality: quality.0,
                origin: origin.0,
                source_text: source_text.map(String::from),
            },
        }
    }
}

/// Another name of a role.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TitleRow<'a> {
    #[serde(rename = "t", borrow)]
    text: Cow<'a, str>,
    #[serde(rename = "k")]
    kind: Value<TitleKind>,
    #[serde(rename = "s", borrow, default, skip_serializing_if = "Option::is_none")]
    short_form: Option<Text<'a>>,
    #[serde(rename = "r", default, skip_serializing_if = "is_false")]
    reported: bool,
    #[serde(rename = "f", default, skip_serializing_if = "is_false")]
    featured: bool,
    #[serde(rename = "o", borrow, default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Text<'a>>,
}

fn texts(texts: &[String]) -> Vec<Text<'_>> {
    texts.iter().map(|text| text.as_str().into()).collect()
}

fn strings(texts: Vec<Text<'_>>) -> Vec<String> {
    texts.into_iter().map(String::from).collect()
}

impl<'a> From<&'a RoleTitle> for TitleRow<'a> {
    fn from(title: &'a RoleTitle) -> Self {
        let RoleTitle {
            text,
            kind,
            short_form,
            reported,
            featured,
            sources,
        } = title;
        Self {
            text: text.into(),
            kind: Value(*kind),
            short_form: short_form.as_deref().map(Text::from),
            reported: *reported,
            featured: *featured,
            sources: texts(sources),
        }
    }
}

impl From<TitleRow<'_>> for RoleTitle {
    fn from(row: TitleRow<'_>) -> Self {
        let TitleRow {
            text,
            kind,
            short_form,
            reported,
            featured,
            sources,
        } = row;
        Self {
            text: text.into_owned(),
            kind: kind.0,
            short_form: short_form.map(String::from),
            reported,
            featured,
            sources: strings(sources),
        }
    }
}
