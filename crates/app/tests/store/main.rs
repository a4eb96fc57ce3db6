//! Storing roles, on both engines.

mod board;
mod document;
mod identity;
