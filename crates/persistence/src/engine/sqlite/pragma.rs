//! Settings of connections, by what they are for.

/// A name and a value.
pub(super) type Pragma = (&'static str, &'static str);

/// Every connection but those that only read.
pub(super) const STRICT: [Pragma; 5] = [
    ("foreign_keys", "ON"),
    ("cache_size", "-32000"),
    ("temp_store", "MEMORY"),
    ("trusted_schema", "OFF"),
    ("cell_size_check", "ON"),
];

/// Connections that write: what is acknowledged is on the disk, and the log stays small.
pub(super) const WRITING: [Pragma; 3] = [
    ("synchronous", "FULL"),
    ("journal_size_limit", "67108864"),
    ("wal_autocheckpoint", "4000"),
];
