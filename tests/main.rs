//! Behaviour that several crates make together, on both engines.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a failed step is a failed test"
)]

mod access;
mod cache;
mod case;
mod data_set;
mod document;
mod engine;
mod feed;
mod key;
mod mutation;
mod pagination;
mod schema;
mod search;
mod statements;
mod tidy;
mod visibility;
mod workspace;
