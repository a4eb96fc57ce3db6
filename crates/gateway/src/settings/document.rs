//! Which documents are answered.

use std::time::Duration;

/// What becomes of document ids and of documents that come as text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocumentMode {
    /// Ids are refused.
    Off,
    /// Ids and texts are answered; a text that comes with its hash is kept for later.
    #[default]
    Allow,
    /// As `Allow`, and texts that are not trusted are counted.
    Prefer,
    /// Only trusted documents are answered.
    Only,
}

/// Settings of trusted documents, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentSettings {
    /// What becomes of ids and texts.
    pub mode: DocumentMode,
    /// How long caches may keep the answer to a document that was called by its id, and for as
    /// long again show it while they ask for a newer one.
    pub max_age: Duration,
}

impl Default for DocumentSettings {
    fn default() -> Self {
        Self {
            mode: DocumentMode::default(),
            max_age: Duration::from_mins(1),
        }
    }
}
