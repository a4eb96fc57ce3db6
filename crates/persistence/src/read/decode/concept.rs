//! Outside schemes and their concepts from rows.

use domain::PartialDate;
use domain::concept::{Concept, ConceptKind, ConceptStatus, Release, Scheme};
use domain::id::{ConceptId, SchemeId};
use domain::read::{ConceptParts, ConceptTree, SchemeParts, SchemeTree};
use serde::Deserialize;

use super::role::RoleRow;
use super::{each, one, pages};
use crate::read::page::PageRow;
use crate::read::{Result, concept, role};
use crate::stored::concept::{LabelRow, NoteRow, ReleaseRow};
use crate::stored::{Key, Value};

/// A scheme as a statement selects it.
#[derive(Debug, Deserialize)]
pub(crate) struct SchemeRow<'a> {
    id: Key<SchemeId>,
    key: String,
    name: String,
    homepage: Option<String>,
    licence: Option<String>,
    attribution: Option<String>,
    uri_prefix: Option<String>,
    #[serde(borrow)]
    releases: Vec<ReleaseRow<'a>>,
    #[serde(borrow)]
    concepts: Option<Vec<PageRow<ConceptRow<'a>>>>,
}

impl SchemeRow<'_> {
    /// The scheme with the parts that were asked for.
    pub(crate) fn decode(self, parts: &SchemeParts) -> Result<SchemeTree> {
        let Self {
            id,
            key,
            name,
            homepage,
            licence,
            attribution,
            uri_prefix,
            releases,
            concepts,
        } = self;
        let listing = concept::listing;
        Ok(SchemeTree {
            scheme: Scheme {
                id: id.0,
                key,
                name,
                homepage,
                licence,
                attribution,
                uri_prefix,
                releases: releases.into_iter().map(Release::from).collect(),
            },
            concepts: pages(concepts, &parts.concepts, listing, ConceptRow::decode)?,
        })
    }
}

/// A concept as a statement selects it.
#[derive(Debug, Deserialize)]
pub(crate) struct ConceptRow<'a> {
    id: Key<ConceptId>,
    code: String,
    uri: Option<String>,
    kind: Value<ConceptKind>,
    status: Value<ConceptStatus>,
    release: String,
    modified_on: Option<Value<PartialDate>>,
    predecessors: Vec<String>,
    #[serde(borrow)]
    labels: Option<Vec<LabelRow<'a>>>,
    #[serde(borrow)]
    notes: Option<Vec<NoteRow<'a>>>,
    #[serde(borrow)]
    scheme: Option<Box<SchemeRow<'a>>>,
    #[serde(borrow)]
    broader: Option<Vec<ConceptRow<'a>>>,
    #[serde(borrow)]
    related: Option<Vec<PageRow<ConceptRow<'a>>>>,
    #[serde(borrow)]
    narrower: Option<Vec<PageRow<ConceptRow<'a>>>>,
    #[serde(borrow)]
    roles: Option<Vec<PageRow<RoleRow<'a>>>>,
}

impl ConceptRow<'_> {
    /// The concept with the parts that were asked for.
    pub(crate) fn decode(self, parts: &ConceptParts) -> Result<ConceptTree> {
        let Self {
            id,
            code,
            uri,
            kind,
            status,
            release,
            modified_on,
            predecessors,
            labels,
            notes,
            scheme,
            broader,
            related,
            narrower,
            roles,
        } = self;
        let (below, beside) = (concept::narrower_listing, concept::related_listing);
        let labels = labels.map(|rows| rows.into_iter().map(Into::into).collect());
        let notes = notes.map(|rows| rows.into_iter().map(Into::into).collect());
        Ok(ConceptTree {
            concept: Concept {
                id: id.0,
                code,
                uri,
                kind: kind.0,
                status: status.0,
                release,
                modified_on: modified_on.map(|date| date.0),
                predecessors,
            },
            labels: labels.into(),
            notes: notes.into(),
            scheme: one(scheme, parts.scheme.as_deref(), |row, parts| {
                row.decode(parts)
            })?,
            broader: each(broader, parts.broader.as_deref(), ConceptRow::decode)?,
            related: pages(related, &parts.related, beside, ConceptRow::decode)?,
            narrower: pages(narrower, &parts.narrower, below, ConceptRow::decode)?,
            roles: pages(roles, &parts.roles, role::listing, RoleRow::decode)?,
        })
    }
}
