//! Trusted documents.

use domain::document::{DocumentId, TrustedDocument};
use serde::Deserialize;

use crate::stored::Value;

/// A trusted document as a statement selects it.
#[derive(Debug, Deserialize)]
pub(crate) struct TrustedDocumentRow {
    id: Value<DocumentId>,
    name: Option<String>,
    text: String,
}

impl TrustedDocumentRow {
    pub(crate) fn decode(self) -> TrustedDocument {
        let Self { id, name, text } = self;
        TrustedDocument {
            id: id.0,
            name,
            text,
        }
    }
}
