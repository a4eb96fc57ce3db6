//! The graph: one folder per aggregate.

pub(crate) mod scalar;
