//! Storing roles, on both engines.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a failed step is a failed test"
)]

mod access;
mod board;
mod change;
mod child;
mod company;
mod disk;
mod document;
mod edit;
mod identity;
mod index;
mod link;
mod lost;
mod model;
mod property;
mod revision;
mod rows;
mod slug;
mod together;
mod trusted_document;
