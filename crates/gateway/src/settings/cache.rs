//! Which answers are kept.

/// Settings of the cache of answers, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheSettings {
    /// Whether answers are kept at all.
    pub enabled: bool,
    /// The largest number of bytes of the answers that are kept and of the requests for them.
    pub bytes: usize,
}

impl CacheSettings {
    /// Whether there is room for any answer.
    pub(crate) fn keeps_answers(&self) -> bool {
        self.enabled && self.bytes > 0
    }

    /// What requests may take: an eighth.
    pub(crate) fn request_bytes(&self) -> u64 {
        u64::try_from(self.bytes / 8).unwrap_or(u64::MAX)
    }

    /// What answers may take.
    pub(crate) fn answer_bytes(&self) -> u64 {
        let bytes = u64::try_from(self.bytes).unwrap_or(u64::MAX);
        bytes - self.request_bytes()
    }
}

impl Default for CacheSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            bytes: 64 * 1024 * 1024,
        }
    }
}
