//! Opening databases and migrating them, on both engines.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a failed step is a failed test, and a test that did not run has to say so"
)]

mod ddl;
mod deadline;
mod migration;
mod place;
mod sqlite_file;
