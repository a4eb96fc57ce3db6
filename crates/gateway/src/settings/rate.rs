//! What an operation may cost, and how much a caller may spend.

/// Settings of cost and rate, resolved; all of them are points of `docs/limits.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateSettings {
    /// Whether callers have a budget and a concurrency of their own at all.
    pub enabled: bool,
    /// The largest cost of one operation.
    pub operation_cost: u32,
    /// What a caller may spend at once.
    pub bucket: u32,
    /// What comes back into the bucket each second.
    pub restored_per_second: u32,
}

impl Default for RateSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            operation_cost: 1_000,
            bucket: 5_000,
            restored_per_second: 50,
        }
    }
}
