//! Opening databases and migrating them, on both engines.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod ddl;
mod deadline;
mod migration;
mod place;
mod sqlite_file;
