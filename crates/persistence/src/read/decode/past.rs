//! What roles were, from rows.

use domain::Timestamp;
use domain::id::RoleId;
use domain::read::revision::Comparisons;
use domain::read::{Comparison, DiffRequest, RevisionParts, RevisionTree, RoleParts, RoleTree};
use domain::role::{RoleDiff, RoleDraft};
use serde::Deserialize;

use super::role::RoleRow;
use super::{Place, one};
use crate::read::Result;
use crate::stored::Value;

/// A revision as a statement selects it.
#[derive(Debug, Deserialize)]
pub(super) struct RevisionRow<'a> {
    revision: u32,
    updated_at: Value<Timestamp>,
    withdrawn_at: Option<Value<Timestamp>>,
    title: String,
    actor: Option<String>,
    #[serde(borrow)]
    role: Option<Box<RoleRow<'a>>>,
}

impl RevisionRow<'_> {
    pub(super) fn decode(self, parts: &RevisionParts) -> Result<RevisionTree> {
        let Self {
            revision,
            updated_at,
            withdrawn_at,
            title,
            actor,
            role,
        } = self;
        Ok(RevisionTree {
            revision,
            at: updated_at.0,
            withdrawn_at: withdrawn_at.map(|at| at.0),
            actor,
            title,
            role: one(role, parts.role.as_deref(), |row, parts| row.decode(parts))?,
        })
    }
}

/// Two states of a role, each as a document.
#[derive(Debug, Deserialize)]
pub(super) struct ComparisonRow<'a> {
    #[serde(borrow)]
    from: Option<Box<RoleRow<'a>>>,
    #[serde(borrow)]
    to: Option<Box<RoleRow<'a>>>,
}

impl ComparisonRow<'_> {
    fn decode(self, place: Place<RoleId>) -> Result<Option<Comparison>> {
        let (Some(from), Some(to)) = (self.from, self.to) else {
            return Ok(None);
        };
        let parts = RoleParts::document();
        let (from, to) = (from.decode(&parts)?, to.decode(&parts)?);
        Ok(Some(Comparison {
            from: from.role.revision,
            to: to.role.revision,
            diff: RoleDiff::between(&said(&from, place)?, &said(&to, place)?),
        }))
    }
}

/// What a role said, under the slug by which it was called.
fn said(tree: &RoleTree, place: Place<RoleId>) -> Result<RoleDraft> {
    let draft = place.checked(tree.to_draft())?;
    Ok(RoleDraft {
        slug: tree.role.slug.clone(),
        ..draft
    })
}

/// The comparisons that were asked for.
pub(super) fn comparisons(
    rows: Option<Vec<ComparisonRow<'_>>>,
    wanted: &[DiffRequest],
    place: Place<RoleId>,
) -> Result<Comparisons> {
    let rows = rows.unwrap_or_default();
    let compared = wanted.iter().zip(rows);
    compared
        .map(|(request, row)| Ok((*request, row.decode(place)?)))
        .collect()
}
