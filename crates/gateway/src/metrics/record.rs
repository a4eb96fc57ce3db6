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

/// What the cache of answers was good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CacheUse {
    /// The answer was there.
    Hit,
    /// The answer was made.
    Miss,
    /// Somebody else was making the answer.
    Shared,
    /// An answer was there and not right any more; another word is said about the new one.
    Outdated,
}

impl CacheUse {
    /// All of them, each at its place.
    pub(super) const ALL: [Self; 4] = [Self::Hit, Self::Miss, Self::Shared, Self::Outdated];

    /// The place among all.
    pub(super) const fn place(self) -> usize {
        match self {
            Self::Hit => 0,
            Self::Miss => 1,
            Self::Shared => 2,
            Self::Outdated => 3,
        }
    }

    /// The value of its label.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::Shared => "shared",
            Self::Outdated => "outdated",
        }
    }
}
