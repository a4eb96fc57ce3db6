//! What is counted of an operation.

use super::Label;

/// What is counted of an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OperationRecord {
    /// The type of the operation: `query`, `mutation`, `subscription` or `none`.
    pub(crate) kind: &'static str,
    /// What became of it: `ok`, `partial`, `refused` or `failed`.
    pub(crate) outcome: &'static str,
    /// Whether its document is trusted.
    pub(crate) trusted: bool,
    /// What it cost, when that was found out.
    pub(crate) cost: Option<u64>,
    /// How long it took.
    pub(crate) seconds: f64,
}

impl OperationRecord {
    /// The labels under which it is counted.
    pub(super) fn labels(&self) -> [Label; 3] {
        let trusted = if self.trusted { "true" } else { "false" };
        [
            ("type", self.kind),
            ("outcome", self.outcome),
            ("trusted", trusted),
        ]
    }
}
