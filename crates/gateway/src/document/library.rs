//! Where the document of a request is found.

use std::collections::HashMap;
use std::sync::Arc;

use domain::document::TrustedDocument;
use persistence::Reads;

use super::desk::Desk;
use super::hash::SHA256;
use super::pushed::Pushed;
use super::{Document, DocumentCache, DocumentHash, RefusedDocument};
use crate::error::{ApiError, ErrorCode, GraphError};
use crate::execute::{DocumentSource, Outcome, Stage, Standing};
use crate::gate::{Gate, Trust};
use crate::{DocumentMode, DocumentSettings};

/// All documents that the server knows, and the gate for those that it does not know yet.
pub(crate) struct Library {
    gate: Arc<Gate>,
    /// The same gate for callers with a key.
    keyed: Arc<Gate>,
    desk: Desk,
    mode: DocumentMode,
    /// The documents that the operator gave at the start, by id and by hash.
    listed: HashMap<String, Arc<Document>>,
    /// The documents that the operator has stored.
    pushed: Pushed,
    /// The documents that clients have sent.
    sent: DocumentCache,
}

/// A document, and how it was found.
pub(crate) struct Found {
    /// The document.
    pub(crate) document: Arc<Document>,
    /// Whether the gate had seen it before.
    pub(crate) known: bool,
}

impl Found {
    fn before(document: Arc<Document>) -> Self {
        Self {
            document,
            known: true,
        }
    }
}

impl Library {
    /// A library that knows the given documents, or what is wrong with one of them.
    pub(crate) fn new(
        gate: Gate,
        keyed: Gate,
        settings: &DocumentSettings,
        documents: &[TrustedDocument],
    ) -> Result<Self, RefusedDocument> {
        let mut listed = HashMap::with_capacity(documents.len());
        for TrustedDocument { id, name: _, text } in documents {
            let admitted = gate.admit(text, Trust::Listed);
            let admitted = admitted.map_err(|errors| RefusedDocument::new(id, &errors))?;
            let document = Arc::new(admitted);
            listed.insert(document.hash.id(), Arc::clone(&document));
            listed.insert(id.as_str().to_owned(), document);
        }
        Ok(Self {
            sent: DocumentCache::new(gate.limits().cache_bytes),
            pushed: Pushed::new(gate.limits().cache_bytes),
            gate: Arc::new(gate),
            keyed: Arc::new(keyed),
            desk: Desk::new(),
            mode: settings.mode,
            listed,
        })
    }

    /// The gate.
    pub(crate) fn gate(&self) -> &Gate {
        &self.gate
    }

    /// The gate for callers of a standing.
    pub(crate) fn gate_for(&self, standing: Standing) -> &Arc<Gate> {
        match standing {
            Standing::Anonymous => &self.gate,
            Standing::Keyed => &self.keyed,
        }
    }

    /// The document of a request.
    pub(crate) async fn find(
        &self,
        source: &DocumentSource,
        standing: Standing,
        reads: &Reads,
    ) -> Result<Found, Outcome> {
        let gate = self.gate_for(standing);
        match source {
            DocumentSource::Text(text) => self.of_text(text, DocumentHash::of(text), gate).await,
            DocumentSource::Id(id) => self.of_id(id, gate, reads).await,
            DocumentSource::Hash(hash, text) => {
                self.of_hash(*hash, text.as_deref(), gate, reads).await
            }
        }
    }

    async fn of_text(
        &self,
        text: &str,
        hash: DocumentHash,
        gate: &Arc<Gate>,
    ) -> Result<Found, Outcome> {
        if self.mode == DocumentMode::Only {
            let message = "only trusted documents are answered here: name one by its documentId";
            return Err(refused(GraphError::new(
                ErrorCode::DocumentNotTrusted,
                message,
            )));
        }
        if let Some(document) = self.sent.get(&hash) {
            gate.check(&document).map_err(refused)?;
            return Ok(Found::before(document));
        }
        let admitted = self.desk.admit(gate, text, Trust::Sent).await;
        let document = Arc::new(admitted.map_err(|errors| Outcome::Refused {
            stage: Stage::Document,
            errors,
        })?);
        self.sent.insert(&document);
        Ok(Found {
            document,
            known: false,
        })
    }

    async fn of_id(&self, id: &str, gate: &Gate, reads: &Reads) -> Result<Found, Outcome> {
        if self.mode == DocumentMode::Off {
            let message = "documents are not called by their id here: send the text as query";
            let error = GraphError::new(ErrorCode::BadRequest, message);
            return Err(Outcome::refused(Stage::Request, error));
        }
        let hash = DocumentHash::parse(id.strip_prefix(SHA256).unwrap_or(id));
        let promised = id.starts_with(SHA256);
        let mut found = None;
        if !promised {
            found = self.trusted(id, reads).await?;
        }
        if let (None, Some(hash)) = (&found, hash) {
            found = self.trusted(&hash.id(), reads).await?;
            found = found.or_else(|| self.sent_before(&hash, gate));
        }
        found.map(Found::before).ok_or_else(|| {
            let message = "no document has this id";
            refused(GraphError::new(ErrorCode::PersistedQueryNotFound, message))
        })
    }

    async fn of_hash(
        &self,
        hash: DocumentHash,
        text: Option<&str>,
        gate: &Arc<Gate>,
        reads: &Reads,
    ) -> Result<Found, Outcome> {
        if text.is_some_and(|text| DocumentHash::of(text) != hash) {
            let message = "extensions.persistedQuery.sha256Hash is not the SHA-256 of query";
            let error = GraphError::new(ErrorCode::BadRequest, message);
            return Err(Outcome::refused(Stage::Request, error));
        }
        let mut found = None;
        if self.mode != DocumentMode::Off {
            found = self.trusted(&hash.id(), reads).await?;
            found = found.or_else(|| self.sent_before(&hash, gate));
        }
        match (found, text) {
            (Some(document), _) => Ok(Found::before(document)),
            (None, Some(text)) => self.of_text(text, hash, gate).await,
            (None, None) => Err(refused(self.unknown_hash())),
        }
    }

    /// What is said about a hash without a text; Apollo's clients act on these messages.
    fn unknown_hash(&self) -> GraphError {
        let (code, message) = match self.mode {
            DocumentMode::Off => (ErrorCode::BadRequest, "PersistedQueryNotSupported"),
            DocumentMode::Allow | DocumentMode::Prefer | DocumentMode::Only => {
                (ErrorCode::PersistedQueryNotFound, "PersistedQueryNotFound")
            }
        };
        GraphError::new(code, message)
    }

    /// The document of the operator with this id.
    async fn trusted(&self, id: &str, reads: &Reads) -> Result<Option<Arc<Document>>, Outcome> {
        if let Some(document) = self.listed.get(id) {
            return Ok(Some(Arc::clone(document)));
        }
        let found = self.pushed.find(id, reads, &self.gate, &self.desk).await;
        found.map_err(|error| {
            let error = GraphError::of_failure(&ApiError::from(error));
            Outcome::refused(Stage::Unavailable, error)
        })
    }

    /// A document that a client has sent before, where such documents are answered.
    fn sent_before(&self, hash: &DocumentHash, gate: &Gate) -> Option<Arc<Document>> {
        let answered = self.mode != DocumentMode::Only;
        let document = self.sent.get(hash).filter(|_| answered)?;
        gate.check(&document).ok().map(|()| document)
    }
}

fn refused(error: GraphError) -> Outcome {
    Outcome::refused(Stage::Document, error)
}
