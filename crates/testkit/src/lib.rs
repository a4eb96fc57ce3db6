//! For tests only: a migrated board per test on either engine, with a clock and ids that repeat.
//!
//! Nothing here is part of the product, so a failed step simply panics. Start with
//! [`on_both_engines`], which runs one test body on SQLite and on PostgreSQL, and with
//! [`TestBoard`], what such a body gets.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::missing_panics_doc,
    reason = "a failed step is a failed test, and a test that did not run has to say so"
)]

mod board;
mod cluster;
pub mod concept;
mod database;
mod disk;
mod draft;
mod engine;
mod index;
mod mirror;
mod shared_file;
mod socket;
mod time;
mod token;
mod tool;

pub use board::{TestBoard, catalogue, demo_drafts, dictionary, gateway};
pub use database::{Place, texts};
pub use disk::Disk;
pub use draft::{draft, large_draft, source};
pub use engine::{Engine, run_on};
pub use index::search_index;
pub use mirror::{Copied, example, whole_copy};
pub use shared_file::shared_file;
pub use socket::{Said, Socket};
pub use time::{ManualClock, SequentialIds, SequentialSecrets};
pub use token::{TOKEN_AUDIENCE, TOKEN_ISSUER, issuer, signed_token, token, token_keys};
pub use tool::has_tool;
