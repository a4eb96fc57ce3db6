//! The words of roles and of those who look for them; no database, no network.
//!
//! A text is a sequence of [`word`]s, folded so that letter case and diacritics do not count. A role
//! becomes a [`document`] of such words, and what somebody types a [`query`]. [`stem`] and [`typo`]
//! tell which other words a word may stand for; with those, the [`profile`] of a role is all that
//! [`rank`] needs. [`highlight`] shows what was found, [`facet`] what hits are counted by, and
//! [`suggest`] how names are found while they are typed.

pub mod document;
pub mod facet;
pub mod highlight;
pub mod profile;
pub mod query;
pub mod rank;
pub mod request;
pub mod stem;
pub mod suggest;
pub mod synonym;
pub mod title;
pub mod typo;
pub mod word;
