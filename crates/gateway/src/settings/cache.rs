//! Which answers are kept.

/// Settings of the cache of answers, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheSettings {
    /// Whether answers are kept at all.
    pub enabled: bool,
    /// The largest number of bytes of the answers that are kept.
    pub bytes: usize,
}

impl Default for CacheSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            bytes: 64 * 1024 * 1024,
        }
    }
}
