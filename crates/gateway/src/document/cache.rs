//! Documents by the hash of their text, so that each is parsed, counted and validated once.

use std::sync::Arc;

use moka::sync::Cache;

use super::{Document, DocumentHash};

/// What the tree of a document takes for each of its tokens, roughly; trees of fragments that are
/// used often take more, and are counted by their fields.
const BYTES_PER_NODE: usize = 512;

/// Documents by their hash, up to a number of bytes that their trees take.
#[derive(Clone)]
pub(crate) struct DocumentCache {
    documents: Cache<DocumentHash, Arc<Document>>,
}

impl DocumentCache {
    /// A cache for so many bytes.
    pub(crate) fn new(bytes: usize) -> Self {
        let builder = Cache::builder()
            .max_capacity(bytes.try_into().unwrap_or(u64::MAX))
            .weigher(|_, document: &Arc<Document>| weight(document));
        Self {
            documents: builder.build(),
        }
    }

    /// The document with this hash.
    pub(crate) fn get(&self, hash: &DocumentHash) -> Option<Arc<Document>> {
        self.documents.get(hash)
    }

    /// Keeps a document.
    pub(crate) fn insert(&self, document: &Arc<Document>) {
        self.documents.insert(document.hash, Arc::clone(document));
    }
}

/// About how many bytes a document takes.
fn weight(document: &Arc<Document>) -> u32 {
    let size = &document.size;
    let nodes = size.tokens.saturating_add(size.fields);
    let bytes = nodes.saturating_mul(BYTES_PER_NODE);
    bytes.try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DocumentLimits;
    use crate::gate::{Gate, Trust};

    #[test]
    fn the_cache_has_a_largest_size() {
        let gate = Gate::new(&crate::sdl(), DocumentLimits::default(), true);
        let document = |n: usize| {
            let text = format!("{{ a{n}: __typename }}");
            Arc::new(gate.admit(&text, Trust::Sent).unwrap())
        };
        let cache = DocumentCache::new(64 * 1024);
        for n in 0..1_000 {
            cache.insert(&document(n));
        }
        cache.documents.run_pending_tasks();
        assert!(cache.documents.weighted_size() <= 64 * 1024);
        let kept = document(7);
        cache.insert(&kept);
        cache.documents.run_pending_tasks();
        assert!(cache.documents.entry_count() > 10);
    }
}
