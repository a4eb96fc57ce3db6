//! The JSON that long columns of a role or concept hold: one type for what is written and what is read.
//!
//! Each column is an array of objects in editorial order. Keys have one or two letters, because
//! they are stored with every child, and never change their meaning. A skill is named by the key
//! of its row.

pub(crate) mod child;
pub(crate) mod concept;
pub(crate) mod measure;
pub(crate) mod outline;
pub(crate) mod past;
mod value;

pub(crate) use value::{Key, Text, Value};
