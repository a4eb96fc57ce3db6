//! What an operation costs its caller.

use serde::Serialize;

use crate::rate::Budget;

/// What a client wants to know about cost: the header `GraphQL-Cost`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum CostRequest {
    /// Nothing.
    #[default]
    Silent,
    /// What the operation cost, beside its answer.
    Report,
    /// What the operation would cost, instead of an answer.
    Validate,
}

impl CostRequest {
    /// Reads the value of the header; anything else than the two words asks for nothing.
    pub(crate) fn of_header(value: &str) -> Self {
        match value.trim() {
            word if word.eq_ignore_ascii_case("report") => Self::Report,
            word if word.eq_ignore_ascii_case("validate") => Self::Validate,
            _ => Self::Silent,
        }
    }
}

/// What an operation cost, in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CostReport {
    /// The price that was estimated before it ran.
    pub(crate) requested: u64,
    /// What it was worth in the end; absent when it did not run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) actual: Option<u64>,
    /// The largest price of an operation.
    pub(crate) limit: u32,
    /// What the caller has left; absent when there are no budgets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) remaining: Option<u32>,
    /// What comes back each second; absent when there are no budgets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) restore_rate: Option<u32>,
}

impl CostReport {
    /// A report without a run.
    pub(crate) fn of(requested: u64, limit: u32, budget: Option<Budget>) -> Self {
        Self {
            requested,
            actual: None,
            limit,
            remaining: budget.map(|budget| budget.remaining),
            restore_rate: budget.map(|budget| budget.restored_per_second),
        }
    }
}
