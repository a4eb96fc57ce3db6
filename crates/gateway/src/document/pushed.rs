//! Documents that the operator has stored in the database, as `rolegraph documents push` does.

use std::sync::Arc;
use std::time::Duration;

use domain::document::{DocumentId, TrustedDocument};
use moka::sync::Cache;
use persistence::{PersistenceError, Reads};

use super::{Document, DocumentHash};
use crate::error::GraphError;
use crate::gate::{Gate, Trust};

/// Ids that are remembered, whether there is such a document or not.
const REMEMBERED: u64 = 10_000;
/// How long an answer of the database is believed: so late may a document that was pushed or
/// removed be noticed.
const BELIEVED_FOR: Duration = Duration::from_secs(10);

/// Documents that the operator has stored in the database.
pub(super) struct Pushed {
    known: Cache<String, Option<Arc<Document>>>,
}

impl Pushed {
    pub(super) fn new() -> Self {
        let builder = Cache::builder()
            .max_capacity(REMEMBERED)
            .time_to_live(BELIEVED_FOR);
        Self {
            known: builder.build(),
        }
    }

    /// The stored document with this id.
    pub(super) async fn find(
        &self,
        id: &str,
        gate: &Gate,
        reads: &Reads,
    ) -> Result<Option<Arc<Document>>, PersistenceError> {
        if let Some(known) = self.known.get(id) {
            return Ok(known);
        }
        let Ok(id) = DocumentId::parse(id) else {
            return Ok(None);
        };
        let stored = stored(&id, reads).await?;
        let document = stored.and_then(|stored| admitted(&stored, gate));
        self.known.insert(id.as_str().to_owned(), document.clone());
        Ok(document)
    }
}

/// The stored document with this id, or with the same hash in its other spelling: whoever says
/// `sha256:` gets a text that has this hash.
async fn stored(
    id: &DocumentId,
    reads: &Reads,
) -> Result<Option<TrustedDocument>, PersistenceError> {
    let found = reads.find_trusted_document(id).await?;
    let (None, Some(twin)) = (&found, id.sha256_twin()) else {
        return Ok(found);
    };
    let found = reads.find_trusted_document(&twin).await?;
    Ok(found.filter(|found| DocumentHash::of(&found.text).id().ends_with(digits(id))))
}

fn digits(id: &DocumentId) -> &str {
    id.sha256_digits().unwrap_or_default()
}

fn admitted(stored: &TrustedDocument, gate: &Gate) -> Option<Arc<Document>> {
    match gate.admit(&stored.text, Trust::Listed) {
        Ok(document) => Some(Arc::new(document)),
        Err(errors) => {
            let first = errors.first().map(GraphError::message);
            tracing::warn!(document.id = %stored.id, error = first, "a stored document is refused");
            None
        }
    }
}
