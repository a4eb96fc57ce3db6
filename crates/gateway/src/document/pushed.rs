//! Documents that the operator has stored in the database, as `rolegraph documents push` does.

use std::sync::Arc;
use std::time::Duration;

use domain::document::{DocumentId, TrustedDocument};
use moka::sync::Cache;
use persistence::{PersistenceError, Reads};

use super::desk::Desk;
use super::{Document, DocumentCache, DocumentHash};
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
    /// Documents that have passed the gate: most are the same when the database is asked again.
    admitted: DocumentCache,
}

impl Pushed {
    /// Nothing is known; admitted documents may take so many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        let builder = Cache::builder()
            .max_capacity(REMEMBERED)
            .time_to_live(BELIEVED_FOR);
        Self {
            known: builder.build(),
            admitted: DocumentCache::new(bytes),
        }
    }

    /// The stored document with this id.
    pub(super) async fn find(
        &self,
        id: &str,
        reads: &Reads,
        gate: &Arc<Gate>,
        desk: &Desk,
    ) -> Result<Option<Arc<Document>>, PersistenceError> {
        if let Some(known) = self.known.get(id) {
            return Ok(known);
        }
        let Ok(id) = DocumentId::parse(id) else {
            return Ok(None);
        };
        let document = match stored(&id, reads).await? {
            Some(stored) => self.admitted(&stored, gate, desk).await,
            None => None,
        };
        self.known.insert(id.as_str().to_owned(), document.clone());
        Ok(document)
    }

    async fn admitted(
        &self,
        stored: &TrustedDocument,
        gate: &Arc<Gate>,
        desk: &Desk,
    ) -> Option<Arc<Document>> {
        if let Some(document) = self.admitted.get(&DocumentHash::of(&stored.text)) {
            return Some(document);
        }
        match desk.admit(gate, &stored.text, Trust::Listed).await {
            Ok(document) => {
                let document = Arc::new(document);
                self.admitted.insert(&document);
                Some(document)
            }
            Err(errors) => {
                let first = errors.first().map(GraphError::message);
                tracing::warn!(
                    document.id = %stored.id,
                    error = first,
                    "a stored document is refused"
                );
                None
            }
        }
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
