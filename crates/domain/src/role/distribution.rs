//! How the people in a role spread over the answers to a question.

use crate::PartialDate;
use crate::estimate::Estimate;

/// A question about the people in a role, and how many gave each answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// The scale of the answers, as the source calls it, such as `RL`.
    pub scale: String,
    /// What was asked, such as "Required Level of Education".
    pub label: String,
    /// The answers in their order.
    pub shares: Vec<Share>,
    /// When it was asked.
    pub as_of: Option<PartialDate>,
    /// Whom the source asked, such as "Incumbent".
    pub collected_from: Option<String>,
}

/// How many gave one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The number of the answer on its scale, from 1.
    pub category: u16,
    /// The answer, such as "Bachelor's Degree".
    pub label: String,
    /// How many per cent gave it.
    pub percent: Estimate,
}
