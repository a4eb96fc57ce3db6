//! Tables as SeaORM entities; private to this crate.
//!
//! Ids are stored without their prefix, enumerations by their spelling, times as fixed-width text.
//! Rows are built and taken apart with all their fields, so that a new column is never forgotten.

pub(crate) mod category;
pub(crate) mod category_ancestor;
pub(crate) mod change;
pub(crate) mod duty;
pub(crate) mod duty_skill;
pub(crate) mod faq;
pub(crate) mod qualification;
pub(crate) mod qualification_group;
pub(crate) mod qualification_skill;
pub(crate) mod role;
pub(crate) mod role_category;
pub(crate) mod role_code;
pub(crate) mod role_fact;
pub(crate) mod role_relation;
pub(crate) mod role_skill;
pub(crate) mod role_title;
pub(crate) mod salary;
pub(crate) mod section;
pub(crate) mod skill;
pub(crate) mod skill_alias;
pub(crate) mod slug_history;
pub(crate) mod source;
pub(crate) mod translation_group;
pub(crate) mod trusted_document;
