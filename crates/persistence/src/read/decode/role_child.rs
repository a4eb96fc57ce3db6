//! The editorial children of roles from rows.

use domain::id::Stored;
use domain::id::{DutyId, FactId, GroupId, QualificationId, SalaryId, SectionId};
use domain::money::{Currency, Money};
use domain::read::SkillParts;
use domain::read::SkillTree;
use domain::read::tree::{DutyNode, GroupNode, QualificationNode};
use domain::role::salary::{Origin, PayPeriod, SalaryStatistic, Seniority, ValueQuality};
use domain::role::{
    Duty, DutyKind, Fact, FactKey, Qualification, QualificationGroup, SalaryObservation, Section,
    SectionKind, TextFormat,
};
use serde::Deserialize;

use super::tree::SkillRow;
use super::{Place, id};
use crate::read::Result;

#[derive(Debug, Deserialize)]
pub(super) struct FactRow {
    id: String,
    key: String,
    label: String,
    text: String,
    horizon_year: Option<u16>,
}

impl FactRow {
    pub(super) fn decode(self) -> Result<Stored<FactId, Fact>> {
        let Self {
            id: row_id,
            key,
            label,
            text,
            horizon_year,
        } = self;
        let place = Place {
            table: "role_fact",
            key: &row_id,
        };
        let key = place.read(&key, FactKey::parse)?;
        let value = Fact {
            key,
            label,
            text,
            horizon_year,
        };
        Ok(Stored {
            id: id("role_fact", &row_id)?,
            value,
        })
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct DutyRow {
    id: String,
    text: String,
    kind: String,
    skills: Option<Vec<SkillRow>>,
}

impl DutyRow {
    pub(super) fn decode(self, parts: Option<&SkillParts>) -> Result<DutyNode> {
        let Self {
            id: row_id,
            text,
            kind,
            skills,
        } = self;
        let kind = Place {
            table: "duty",
            key: &row_id,
        }
        .read(&kind, DutyKind::parse)?;
        let value = Duty {
            text,
            kind,
            skills: named(skills, parts)?,
        };
        Ok(Stored {
            id: id::<DutyId>("duty", &row_id)?,
            value,
        })
    }
}

/// The skills that a text names; none when they were not selected.
fn named(rows: Option<Vec<SkillRow>>, parts: Option<&SkillParts>) -> Result<Vec<SkillTree>> {
    let (Some(rows), Some(parts)) = (rows, parts) else {
        return Ok(Vec::new());
    };
    rows.into_iter().map(|row| row.decode(parts)).collect()
}

#[derive(Debug, Deserialize)]
pub(super) struct SectionRow {
    id: String,
    kind: String,
    heading: String,
    body: String,
    format: String,
}

impl SectionRow {
    pub(super) fn decode(self) -> Result<Stored<SectionId, Section>> {
        let Self {
            id: row_id,
            kind,
            heading,
            body,
            format,
        } = self;
        let place = Place {
            table: "section",
            key: &row_id,
        };
        let kind = place.read(&kind, SectionKind::parse)?;
        let format = place.read(&format, TextFormat::parse)?;
        Ok(Stored {
            id: id("section", &row_id)?,
            value: Section {
                kind,
                heading,
                body,
                format,
            },
        })
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct GroupRow {
    id: String,
    heading: Option<String>,
    items: Vec<ItemRow>,
}

impl GroupRow {
    pub(super) fn decode(self, parts: Option<&SkillParts>) -> Result<GroupNode> {
        let Self {
            id: row_id,
            heading,
            items,
        } = self;
        let items = items
            .into_iter()
            .map(|row| row.decode(parts))
            .collect::<Result<_>>()?;
        let value = QualificationGroup { heading, items };
        Ok(Stored {
            id: id::<GroupId>("qualification_group", &row_id)?,
            value,
        })
    }
}

#[derive(Debug, Deserialize)]
struct ItemRow {
    id: String,
    text: String,
    skills: Option<Vec<SkillRow>>,
}

impl ItemRow {
    fn decode(self, parts: Option<&SkillParts>) -> Result<QualificationNode> {
        let Self {
            id: row_id,
            text,
            skills,
        } = self;
        let value = Qualification {
            text,
            skills: named(skills, parts)?,
        };
        Ok(Stored {
            id: id::<QualificationId>("qualification", &row_id)?,
            value,
        })
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct SalaryRow {
    id: String,
    level: String,
    statistic: String,
    amount_minor: i64,
    currency: String,
    period: Option<String>,
    quality: String,
    origin: String,
    source_text: Option<String>,
}

impl SalaryRow {
    pub(super) fn decode(self) -> Result<Stored<SalaryId, SalaryObservation>> {
        let Self {
            id: row_id,
            level,
            statistic,
            amount_minor,
            currency,
            period,
            quality,
            origin,
            source_text,
        } = self;
        let place = Place {
            table: "salary",
            key: &row_id,
        };
        let currency = place.read(&currency, Currency::parse)?;
        let value = SalaryObservation {
            level: place.read(&level, Seniority::parse)?,
            statistic: place.read(&statistic, SalaryStatistic::parse)?,
            amount: Money {
                minor_units: amount_minor,
                currency,
            },
            period: period
                .map(|text| place.read(&text, PayPeriod::parse))
                .transpose()?,
            quality: place.read(&quality, ValueQuality::parse)?,
            origin: place.read(&origin, Origin::parse)?,
            source_text,
        };
        Ok(Stored {
            id: id("salary", &row_id)?,
            value,
        })
    }
}
