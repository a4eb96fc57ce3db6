//! The words of roles and of those who look for them; no database, no network.
//!
//! A text is a sequence of [`word`]s, folded so that letter case and diacritics do not count.

pub mod word;
