//! What operations cost, in points.
//!
//! Weights and sizes stand beside the resolvers, as the directives `@cost` and `@listSize` of the
//! schema, so that a gateway in front of this server prices an operation as this server does:
//!
//! ```text
//! price(field) = Σ weight(argument) + size × (weight + Σ price(field below))
//! ```
//!
//! An argument has a weight where it says so, and only while it is given. The weight of a field is
//! its own, else that of its type, else 1 for objects and 0 for leaves. The size is 1 unless the
//! field is a list with `@listSize`, or one of the `sizedFields` of the field above it. `selection`
//! works it out, and `docs/limits.md` tells it to clients.

mod directive;

pub(crate) use directive::{BoundedList, ListsBelow, Page, SizedBy, cache_control, cost};

#[cfg(test)]
mod tests;
