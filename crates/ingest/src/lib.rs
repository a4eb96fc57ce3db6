//! Role documents: bytes to domain values and back.

pub mod json_ld;
