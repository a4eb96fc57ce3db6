//! Storing roles, on both engines.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a failed step is a failed test"
)]

mod access;
mod audit;
mod board;
mod category_edit;
mod category_model;
mod change;
mod child;
mod company;
mod concept;
mod disk;
mod document;
mod edit;
mod identity;
mod index;
mod link;
mod lost;
mod model;
mod part_edit;
mod property;
mod revision;
mod rows;
mod skill_edit;
mod slug;
mod together;
mod trusted_document;
