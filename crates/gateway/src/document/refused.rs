//! Documents of the operator that cannot be answered.

use domain::document::{DocumentId, TrustedDocument};

use crate::GatewaySettings;
use crate::error::GraphError;
use crate::gate::{Gate, Trust};
use crate::schema;

/// A document of the operator that the gate refuses.
#[derive(Debug, thiserror::Error)]
#[error("document {id}: {problem}")]
pub struct RefusedDocument {
    /// Which document it is.
    pub id: DocumentId,
    /// What is wrong with it.
    pub problem: String,
}

impl RefusedDocument {
    pub(super) fn new(id: &DocumentId, errors: &[GraphError]) -> Self {
        let problem = errors.first().map(GraphError::message).unwrap_or_default();
        Self {
            id: id.clone(),
            problem: problem.to_owned(),
        }
    }
}

/// Checks that the gate lets documents through, with the usual limits.
pub fn check_documents(documents: &[TrustedDocument]) -> Result<(), RefusedDocument> {
    let settings = GatewaySettings::default();
    let gate = Gate::new(&schema::sdl(), settings.limits, true);
    documents
        .iter()
        .try_for_each(|TrustedDocument { id, name: _, text }| {
            let admitted = gate.admit(text, Trust::Listed);
            admitted.map_or_else(|errors| Err(RefusedDocument::new(id, &errors)), |_| Ok(()))
        })
}
