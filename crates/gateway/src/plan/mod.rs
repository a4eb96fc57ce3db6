//! Fetch plans: what a selection needs, as parts that one statement can load.
//!
//! A plan is derived once per root field, before anything is read. Fields below the root are
//! then written from memory; one that finds a part missing reports a mistake in this module.

mod category;
mod change;
mod concept;
mod faq;
mod node;
mod page;
mod role;
mod search;
mod skill;

use crate::selection::Field;

pub(crate) use self::search::{search, suggest, title_match, title_resolution};
pub(crate) use category::category;
pub(crate) use change::{changed, changes, role_of_change};
pub(crate) use concept::{concept, scheme};
pub(crate) use faq::faq;
pub(crate) use node::{NodeParts, node};
pub(crate) use page::{Arguments, page};
pub(crate) use role::{role, role_and_part};
pub(crate) use skill::skill;

#[cfg(test)]
mod tests;
