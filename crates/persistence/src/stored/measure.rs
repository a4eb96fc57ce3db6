//! What sources have measured, as JSON. Numbers are whole ten thousandths.

use std::borrow::Cow;

use domain::role::{Distribution, Share};
use domain::skill::{Commodity, SkillMeasures};
use domain::{Decimal, Estimate, PartialDate};
use serde::{Deserialize, Serialize, Serializer};

use super::{Text, Value};

/// A measured value.
#[derive(Debug, Serialize, Deserialize)]
struct EstimateRow {
    #[serde(rename = "v")]
    value: i64,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    sample_size: Option<u32>,
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    standard_error: Option<i64>,
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    lower_bound: Option<i64>,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    upper_bound: Option<i64>,
    #[serde(rename = "x", default, skip_serializing_if = "is_false")]
    suppressed: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out references to fields"
)]
pub(super) fn is_false(flag: &bool) -> bool {
    !*flag
}

impl From<&Estimate> for EstimateRow {
    fn from(estimate: &Estimate) -> Self {
        let Estimate {
            value,
            sample_size,
            standard_error,
            lower_bound,
            upper_bound,
            suppressed,
        } = estimate;
        Self {
            value: value.ten_thousandths(),
            sample_size: *sample_size,
            standard_error: standard_error.map(Decimal::ten_thousandths),
            lower_bound: lower_bound.map(Decimal::ten_thousandths),
            upper_bound: upper_bound.map(Decimal::ten_thousandths),
            suppressed: *suppressed,
        }
    }
}

impl From<EstimateRow> for Estimate {
    fn from(row: EstimateRow) -> Self {
        let EstimateRow {
            value,
            sample_size,
            standard_error,
            lower_bound,
            upper_bound,
            suppressed,
        } = row;
        Self {
            value: Decimal::from_ten_thousandths(value),
            sample_size,
            standard_error: standard_error.map(Decimal::from_ten_thousandths),
            lower_bound: lower_bound.map(Decimal::from_ten_thousandths),
            upper_bound: upper_bound.map(Decimal::from_ten_thousandths),
            suppressed,
        }
    }
}

/// What was measured of a skill in a role.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MeasuresRow<'a> {
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    importance: Option<EstimateRow>,
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    level: Option<EstimateRow>,
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    relevant: Option<bool>,
    #[serde(rename = "h", default, skip_serializing_if = "is_false")]
    hot: bool,
    #[serde(rename = "d", default, skip_serializing_if = "is_false")]
    in_demand: bool,
    #[serde(rename = "c", borrow, default, skip_serializing_if = "Option::is_none")]
    commodity: Option<(Text<'a>, Text<'a>)>,
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    as_of: Option<Date>,
    #[serde(rename = "f", borrow, default, skip_serializing_if = "Option::is_none")]
    collected_from: Option<Text<'a>>,
}

impl<'a> From<&'a SkillMeasures> for MeasuresRow<'a> {
    fn from(measures: &'a SkillMeasures) -> Self {
        let SkillMeasures {
            importance,
            level,
            relevant,
            hot,
            in_demand,
            commodity,
            as_of,
            collected_from,
        } = measures;
        Self {
            importance: importance.as_ref().map(Into::into),
            level: level.as_ref().map(Into::into),
            relevant: *relevant,
            hot: *hot,
            in_demand: *in_demand,
            commodity: commodity.as_ref().map(|commodity| {
                let Commodity { code, title } = commodity;
                (code.as_str().into(), title.as_str().into())
            }),
            as_of: as_of.map(Date),
            collected_from: collected_from.as_deref().map(Text::from),
        }
    }
}

impl From<MeasuresRow<'_>> for SkillMeasures {
    fn from(row: MeasuresRow<'_>) -> Self {
        let MeasuresRow {
            importance,
            level,
            relevant,
            hot,
            in_demand,
            commodity,
            as_of,
            collected_from,
        } = row;
        Self {
            importance: importance.map(Into::into),
            level: level.map(Into::into),
            relevant,
            hot,
            in_demand,
            commodity: commodity.map(|(code, title)| Commodity {
                code: code.into(),
                title: title.into(),
            }),
            as_of: as_of.map(|date| date.0),
            collected_from: collected_from.map(Into::into),
        }
    }
}

/// How the people in a role spread over answers.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DistributionRow<'a> {
    #[serde(rename = "s", borrow)]
    scale: Cow<'a, str>,
    #[serde(rename = "t", borrow)]
    label: Cow<'a, str>,
    #[serde(rename = "m", borrow)]
    shares: Vec<ShareRow<'a>>,
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    as_of: Option<Date>,
    #[serde(rename = "f", borrow, default, skip_serializing_if = "Option::is_none")]
    collected_from: Option<Text<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ShareRow<'a> {
    #[serde(rename = "c")]
    category: u16,
    #[serde(rename = "t", borrow)]
    label: Cow<'a, str>,
    #[serde(rename = "p")]
    percent: EstimateRow,
}

impl<'a> From<&'a Distribution> for DistributionRow<'a> {
    fn from(distribution: &'a Distribution) -> Self {
        let Distribution {
            scale,
            label,
            shares,
            as_of,
            collected_from,
        } = distribution;
        let shares = shares.iter().map(|share| {
            let Share {
                category,
                label,
                percent,
            } = share;
            ShareRow {
                category: *category,
                label: label.into(),
                percent: percent.into(),
            }
        });
        Self {
            scale: scale.into(),
            label: label.into(),
            shares: shares.collect(),
            as_of: as_of.map(Date),
            collected_from: collected_from.as_deref().map(Text::from),
        }
    }
}

impl From<DistributionRow<'_>> for Distribution {
    fn from(row: DistributionRow<'_>) -> Self {
        let DistributionRow {
            scale,
            label,
            shares,
            as_of,
            collected_from,
        } = row;
        let shares = shares.into_iter().map(|row| {
            let ShareRow {
                category,
                label,
                percent,
            } = row;
            Share {
                category,
                label: label.into_owned(),
                percent: percent.into(),
            }
        });
        Self {
            scale: scale.into_owned(),
            label: label.into_owned(),
            shares: shares.collect(),
            as_of: as_of.map(|date| date.0),
            collected_from: collected_from.map(Into::into),
        }
    }
}

/// A date as precise as its source gives it.
#[derive(Debug, Deserialize)]
#[serde(from = "Value<PartialDate>")]
struct Date(PartialDate);

impl From<Value<PartialDate>> for Date {
    fn from(date: Value<PartialDate>) -> Self {
        Self(date.0)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
