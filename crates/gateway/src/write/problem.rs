//! Fields that failed.

use async_graphql::{Name, PathSegment, Pos};

use crate::error::ApiError;
use crate::selection::Unreadable;

/// A field that failed.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    /// Why it failed.
    pub(crate) cause: Cause,
    /// Where the document selects it.
    pub(crate) pos: Pos,
    /// Where the answer would hold it, from the inside to the outside: it is found out on the way
    /// back to the root.
    way_out: Vec<PathSegment>,
}

/// Why a field failed.
#[derive(Clone, Debug)]
pub(crate) enum Cause {
    /// Its resolver said so.
    Resolver(ApiError),
    /// One of its arguments cannot be read.
    Argument(String),
    /// Nobody can write it: a mistake of ours.
    Unknown,
}

impl Problem {
    /// The failure of a resolver.
    pub(super) fn of_resolver(error: ApiError, pos: Pos) -> Self {
        Self::new(Cause::Resolver(error), pos)
    }

    /// An argument that cannot be read.
    pub(super) fn of_argument(unreadable: Unreadable) -> Self {
        Self::new(Cause::Argument(unreadable.message), unreadable.pos)
    }

    /// A field that its object does not have.
    pub(super) fn unknown(pos: Pos) -> Self {
        Self::new(Cause::Unknown, pos)
    }

    fn new(cause: Cause, pos: Pos) -> Self {
        Self {
            cause,
            pos,
            way_out: Vec::new(),
        }
    }

    /// The failed field is inside of this field.
    pub(super) fn inside_of(&mut self, key: &Name) {
        self.way_out.push(PathSegment::Field(key.to_string()));
    }

    /// The failed field is inside of this item of a list.
    pub(super) fn inside_of_item(&mut self, index: usize) {
        self.way_out.push(PathSegment::Index(index));
    }

    /// The path of the failed field, from the root.
    pub(crate) fn path(&self) -> Vec<PathSegment> {
        self.way_out.iter().rev().cloned().collect()
    }
}
