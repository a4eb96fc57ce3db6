//! Whole catalogues: exports and imports as lines of JSON.

use std::time::Duration;

/// Settings of exports and imports, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkSettings {
    /// How many exports run at the same time.
    pub exports: usize,
    /// How long an export may take: so long the database keeps what others change meanwhile.
    pub export_deadline: Duration,
    /// The largest number of bytes of a line of an import.
    pub import_line_bytes: usize,
    /// How long an import may wait for more bytes.
    pub import_patience: Duration,
}

impl Default for BulkSettings {
    fn default() -> Self {
        Self {
            exports: 4,
            export_deadline: Duration::from_mins(10),
            import_line_bytes: 1024 * 1024,
            import_patience: Duration::from_secs(30),
        }
    }
}
