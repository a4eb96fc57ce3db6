//! Reads of outside schemes and their concepts.

use domain::change::{Aspects, ChangeEntity};
use domain::id::{ConceptId, SchemeId};
use domain::read::{
    ConceptBy, ConceptParts, ConceptTree, Connection, Depends, Page, PageRequest, SchemeBy,
    SchemeParts, SchemeTree,
};

use super::Audience;
use super::reading::{Reading, Result};

impl Reading {
    /// The scheme that `by` names.
    pub(crate) async fn find_scheme(
        &self,
        by: &SchemeBy,
        parts: &SchemeParts,
    ) -> Result<Option<SchemeTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.find_scheme(by, parts).await?,
            Audience::Editors => self.reads.find_scheme_with_drafts(by, parts).await?,
        };
        self.note(|tags| match &found {
            Some(found) => found.note(tags),
            None => by.note_missing(tags),
        });
        Ok(found)
    }

    /// A page of schemes, by key.
    pub(crate) async fn schemes_page(
        &self,
        wanted: &Connection<PageRequest, SchemeParts>,
    ) -> Result<Page<SchemeTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.schemes_page(wanted).await?,
            Audience::Editors => self.reads.schemes_page_with_drafts(wanted).await?,
        };
        self.note(|tags| {
            tags.add_list(ChangeEntity::Scheme, Aspects::MEMBERSHIP);
            found.note(tags);
        });
        Ok(found)
    }

    /// The concept that `by` names.
    pub(crate) async fn find_concept(
        &self,
        by: &ConceptBy,
        parts: &ConceptParts,
    ) -> Result<Option<ConceptTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.find_concept(by, parts).await?,
            Audience::Editors => self.reads.find_concept_with_drafts(by, parts).await?,
        };
        self.note_all(by, &found);
        Ok(found)
    }

    /// Concepts by id, in no particular order.
    pub(crate) async fn concepts_of_ids(
        &self,
        ids: &[ConceptId],
        parts: &ConceptParts,
    ) -> Result<Vec<ConceptTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.concepts_of_ids(ids, parts).await?,
            Audience::Editors => self.reads.concepts_of_ids_with_drafts(ids, parts).await?,
        };
        self.note_ids(ChangeEntity::Concept, ids, &found);
        Ok(found)
    }

    /// Schemes by id, in no particular order.
    pub(crate) async fn schemes_of_ids(
        &self,
        ids: &[SchemeId],
        parts: &SchemeParts,
    ) -> Result<Vec<SchemeTree>> {
        let found = match self.audience {
            Audience::Public => self.reads.schemes_of_ids(ids, parts).await?,
            Audience::Editors => self.reads.schemes_of_ids_with_drafts(ids, parts).await?,
        };
        self.note_ids(ChangeEntity::Scheme, ids, &found);
        Ok(found)
    }
}
