//! Answers as bytes: whatever a field may hold writes itself as JSON, straight from the trees of
//! the domain.
//!
//! Equal to what the engine would answer, which resolves every field into a value, puts the values
//! together and has them written afterwards: the same order, nulls and errors. `tests/engine.rs` of
//! the workspace compares the two. Objects implement [`Object`] by the macros of `gateway-macros`, on the same items of
//! which the engine makes the schema.

mod call;
mod data;
mod output;
mod problem;
mod text;
mod writer;

use crate::selection::Selected;

pub(crate) use call::{Call, GraphContext, require};
pub(crate) use data::Data;
pub(crate) use problem::{Cause, Problem};
pub(crate) use writer::{Limits, Stopped, Writer};

/// Whether something has been written.
pub(crate) type Wrote = Result<(), Failed>;

/// Something cannot be written; the [`Writer`] knows why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failed {
    /// A field failed that must not be null: whatever is around it and may be null becomes null.
    Field,
    /// The answer became too large.
    Answer,
}

/// A value that a field may have.
pub(crate) trait Output {
    /// Writes the value of `field`, with what is selected below it.
    fn write(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote;
}

/// A value with fields.
pub(crate) trait Object: async_graphql::OutputType {
    /// Writes the value of one of its fields, which is `field`.
    fn write_field(&self, field: &Selected, writer: &mut Writer<'_>) -> Wrote;
}

/// A part of the query: fields that read before they are written.
pub(crate) trait Root {
    /// Writes the field of a call; `None` when this part does not have it.
    async fn write_field(&self, ctx: &Call<'_>, writer: &mut Writer<'_>) -> Option<Wrote>;
}

#[cfg(test)]
mod tests;
