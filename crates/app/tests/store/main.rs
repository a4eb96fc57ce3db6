//! Storing roles, on both engines.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a failed step is a failed test, and a test that did not run has to say so"
)]

mod board;
mod change;
mod child;
mod company;
mod document;
mod identity;
mod link;
mod property;
mod rows;
mod slug;
