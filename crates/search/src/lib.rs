//! The words of roles and of those who look for them; no database, no network.
//!
//! A text is a sequence of [`word`]s, folded so that letter case and diacritics do not count. A role
//! becomes a [`document`] of such words; the [`profile`] of it, together with what a query looks
//! for, is all that [`rank`] needs. [`stem`] tells which words are forms of each other.

pub mod document;
pub mod facet;
pub mod profile;
pub mod rank;
pub mod stem;
pub mod suggest;
pub mod word;
