//! Writes.

/// One transaction on the writer.
#[derive(Debug)]
pub struct Transaction {}
