//! Who may see a role, and how precisely its review is dated.

use async_graphql::Enum;
use gateway_macros::Written;

/// Who may see a role.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::role::PublicationState")]
pub(super) enum PublicationState {
    /// The role is being written; only editors see it.
    Draft,
    /// The role waits for a decision; only editors see it.
    InReview,
    /// Everyone sees the role.
    Published,
    /// The role is withdrawn; only editors see it.
    Archived,
}

/// How precisely a day is known.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
#[graphql(remote = "domain::time::DatePrecision")]
pub(crate) enum DatePrecision {
    /// Only the year is known.
    Year,
    /// The year and the month are known.
    Month,
    /// The day is known.
    Day,
}
