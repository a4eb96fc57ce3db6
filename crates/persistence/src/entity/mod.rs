//! Tables as SeaORM entities; private to this crate.
//!
//! Rows refer to each other by whole numbers, which never leave this crate; the ids that others
//! know are UUIDs, stored without their prefix. Enumerations are stored by their spelling, times
//! as fixed-width text. Rows are built and taken apart with all their fields, so that a new column
//! is never forgotten.

pub(crate) mod access_key;
pub(crate) mod access_state;
pub(crate) mod category;
pub(crate) mod category_ancestor;
pub(crate) mod category_slug_history;
pub(crate) mod change;
pub(crate) mod concept;
pub(crate) mod concept_relation;
pub(crate) mod faq;
pub(crate) mod role;
pub(crate) mod role_category;
pub(crate) mod role_code;
pub(crate) mod role_relation;
pub(crate) mod role_skill;
pub(crate) mod scheme;
pub(crate) mod skill;
pub(crate) mod skill_slug_history;
pub(crate) mod slug_history;
pub(crate) mod source;
pub(crate) mod translation_group;
pub(crate) mod trusted_document;
