//! How large what a reader takes may be.

/// Limits of one file; the defaults fit every file that O*NET and ESCO publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many bytes a compressed file may become for each byte that is stored.
    pub expansion: u64,
    /// How many bytes any compressed file may become, however small it is.
    pub expansion_floor: u64,
    /// How many bytes a file may have when it is unpacked.
    pub file_bytes: u64,
    /// How many bytes a record may have.
    pub record_bytes: usize,
    /// How many bytes a cell may have.
    pub cell_bytes: usize,
    /// How many columns a header may have.
    pub columns: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            expansion: 20,
            expansion_floor: 1024 * 1024,
            file_bytes: 4 * 1024 * 1024 * 1024,
            record_bytes: 4 * 1024 * 1024,
            cell_bytes: 1024 * 1024,
            columns: 256,
        }
    }
}
