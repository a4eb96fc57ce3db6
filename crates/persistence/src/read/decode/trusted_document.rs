//! Trusted documents.

use domain::document::{DocumentId, TrustedDocument};
use serde::Deserialize;

use super::Place;
use crate::read::Result;

/// A trusted document as the database wrote it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrustedDocumentRow {
    id: String,
    name: Option<String>,
    text: String,
}

impl TrustedDocumentRow {
    pub(crate) fn decode(self) -> Result<TrustedDocument> {
        let Self { id, name, text } = self;
        let place = Place {
            table: "trusted_document",
            key: &id,
        };
        Ok(TrustedDocument {
            id: place.read(&id, DocumentId::parse)?,
            name,
            text,
        })
    }
}
