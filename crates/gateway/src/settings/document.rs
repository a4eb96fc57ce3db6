//! Which documents are answered.

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
#[derive(Clone, Debug, Default)]
pub struct DocumentSettings {
    /// What becomes of ids and texts.
    pub mode: DocumentMode,
}
