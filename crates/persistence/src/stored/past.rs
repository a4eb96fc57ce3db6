//! What a revision of a role holds of what led elsewhere, as JSON: ids, and the names that its
//! document had for them. It is read by `read::past`, in SQL.

use domain::category::CategoryPath;
use domain::id::{CategoryId, SkillId};
use domain::role::{ExternalCode, Nearness, RelatedSlug};
use domain::skill::{RoleSkill, SkillTerm};
use serde::Serialize;

use super::Key;
use super::measure::MeasuresRow;

/// A skill that a text names, by the key that the text has for it.
#[derive(Debug, Serialize)]
pub(crate) struct NamedRow {
    #[serde(rename = "i")]
    pub(crate) key: i64,
    #[serde(rename = "u")]
    pub(crate) id: Key<SkillId>,
}

/// A category.
#[derive(Debug, Serialize)]
pub(crate) struct CategoryRow<'a> {
    #[serde(rename = "u")]
    id: Key<CategoryId>,
    #[serde(rename = "p")]
    path: &'a [String],
}

impl<'a> CategoryRow<'a> {
    pub(crate) fn new((id, path): &(CategoryId, &'a CategoryPath)) -> Self {
        Self {
            id: Key(*id),
            path: path.names(),
        }
    }
}

/// A skill and how the role needs it.
#[derive(Debug, Serialize)]
pub(crate) struct SkillRow<'a> {
    #[serde(rename = "u")]
    id: Key<SkillId>,
    #[serde(rename = "n")]
    name: &'a str,
    #[serde(rename = "k")]
    kind: &'a str,
    #[serde(rename = "r")]
    requirement: &'a str,
    #[serde(rename = "o")]
    origin: &'a str,
    #[serde(rename = "m", skip_serializing_if = "Option::is_none")]
    measures: Option<MeasuresRow<'a>>,
}

impl<'a> SkillRow<'a> {
    pub(crate) fn new(skill: &'a RoleSkill<(SkillId, &'a SkillTerm)>) -> Self {
        let RoleSkill {
            skill: (id, term),
            requirement,
            origin,
            measures,
        } = skill;
        Self {
            id: Key(*id),
            name: &term.name,
            kind: term.kind.as_str(),
            requirement: requirement.as_str(),
            origin: origin.as_str(),
            measures: measures.as_deref().map(MeasuresRow::from),
        }
    }
}

/// A related role.
#[derive(Debug, Serialize)]
pub(crate) struct RelationRow<'a> {
    #[serde(rename = "k")]
    kind: &'a str,
    #[serde(rename = "s")]
    slug: &'a str,
    #[serde(rename = "n", skip_serializing_if = "Option::is_none")]
    nearness: Option<&'a str>,
}

impl<'a> From<&'a RelatedSlug> for RelationRow<'a> {
    fn from(related: &'a RelatedSlug) -> Self {
        let RelatedSlug {
            kind,
            slug,
            nearness,
        } = related;
        Self {
            kind: kind.as_str(),
            slug: slug.as_str(),
            nearness: nearness.map(Nearness::as_str),
        }
    }
}

/// A code of an outside scheme.
#[derive(Debug, Serialize)]
pub(crate) struct CodeRow<'a> {
    #[serde(rename = "s")]
    scheme: &'a str,
    #[serde(rename = "r")]
    release: &'a str,
    #[serde(rename = "c")]
    code: &'a str,
    #[serde(rename = "u")]
    uri: Option<&'a str>,
    #[serde(rename = "m")]
    match_kind: &'a str,
}

impl<'a> From<&'a ExternalCode> for CodeRow<'a> {
    fn from(code: &'a ExternalCode) -> Self {
        let ExternalCode {
            scheme,
            release,
            code,
            uri,
            match_kind,
        } = code;
        Self {
            scheme,
            release: release.as_deref().unwrap_or_default(),
            code,
            uri: uri.as_deref(),
            match_kind: match_kind.as_str(),
        }
    }
}
