//! How many items a list has.

use async_graphql::{Enum, SimpleObject};
use gateway_macros::Written;

use crate::schema::scalar::int;

/// How many items a list has.
#[derive(SimpleObject, Written)]
pub(crate) struct Count {
    /// The number of items; never more than 10,000.
    value: i32,
    /// Whether there may be more items than `value` says.
    precision: CountPrecision,
}

/// How exactly a count is known.
#[derive(Clone, Copy, PartialEq, Eq, Enum, Written)]
enum CountPrecision {
    /// There are exactly that many items.
    Exact,
    /// Counting stopped: there are at least that many items.
    AtLeast,
}

impl From<domain::read::Count> for Count {
    fn from(count: domain::read::Count) -> Self {
        Self {
            value: int(count.value),
            precision: if count.at_least {
                CountPrecision::AtLeast
            } else {
                CountPrecision::Exact
            },
        }
    }
}
