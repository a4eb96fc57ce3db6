//! What somebody with a key may do beyond what everybody may.

use crate::{DocumentLimits, EdgeSettings, RateSettings};

/// Limits of callers with a key, resolved; every other limit is that of everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyedSettings {
    /// The largest number of bytes of the body of a request.
    pub body_bytes: usize,
    /// Bytes of the text of a document.
    pub document_bytes: usize,
    /// Tokens of the text of a document.
    pub tokens: usize,
    /// Fields of a document when every fragment stands where it is used.
    pub fields: usize,
    /// How many operations of one key run or wait at the same time, unless the key says otherwise.
    pub concurrency: usize,
    /// The largest cost of one operation, likewise.
    pub operation_cost: u32,
    /// What can be spent at once, likewise.
    pub bucket: u32,
    /// What comes back each second, likewise.
    pub restored_per_second: u32,
}

impl Default for KeyedSettings {
    fn default() -> Self {
        Self {
            body_bytes: 4 * EdgeSettings::default().body_bytes,
            document_bytes: 4 * DocumentLimits::default().document_bytes,
            tokens: 4 * DocumentLimits::default().tokens,
            fields: 2 * DocumentLimits::default().fields,
            concurrency: 100,
            operation_cost: 5 * RateSettings::default().operation_cost,
            bucket: 50_000,
            restored_per_second: 500,
        }
    }
}

impl KeyedSettings {
    /// The limits of documents for callers with a key.
    pub(crate) fn documents(&self, usual: &DocumentLimits) -> DocumentLimits {
        DocumentLimits {
            document_bytes: self.document_bytes,
            tokens: self.tokens,
            fields: self.fields,
            ..usual.clone()
        }
    }
}
