//! Fetch plans: what a selection needs, as parts that one statement can load.
//!
//! A plan is derived once per root field, before anything is read. Resolvers below the root then
//! answer from memory; one that finds a part missing reports a mistake in this module.

mod category;
mod faq;
mod field;
mod page;
mod role;
mod skill;

pub(crate) use category::category;
pub(crate) use faq::faq;
pub(crate) use field::Field;
pub(crate) use page::{Arguments, page};
pub(crate) use role::role;
pub(crate) use skill::skill;

#[cfg(test)]
mod tests;
