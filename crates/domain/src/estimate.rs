//! What surveys and analysts have measured.

use crate::Decimal;

/// A measured value and how sure it is; bounds are those of the 95 % confidence interval.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    /// The value, on the scale of its source.
    pub value: Decimal,
    /// How many answered.
    pub sample_size: Option<u32>,
    /// The standard error of the value.
    pub standard_error: Option<Decimal>,
    /// The lower bound of the value.
    pub lower_bound: Option<Decimal>,
    /// The upper bound of the value.
    pub upper_bound: Option<Decimal>,
    /// Whether the source advises against showing the value, because it is too uncertain.
    pub suppressed: bool,
}
