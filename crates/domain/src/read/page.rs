//! Pages of open-ended lists: keyset pagination in both directions.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

/// How many items a page has when the reader does not say.
pub const DEFAULT_PAGE_SIZE: u32 = 20;
/// The largest number of items of a page.
pub const MAX_PAGE_SIZE: u32 = 100;
/// Counting stops here.
pub const MAX_COUNT: u64 = 10_000;

const CURSOR_VERSION: u8 = 1;

/// A text that is not a cursor.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the cursor is not one that this server gave out")]
pub struct InvalidCursor;

/// The place of one item in one order: a reader gets it and gives it back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor {
    /// Says which order and filter the cursor belongs to.
    pub fingerprint: u64,
    /// The values of the order columns at the item.
    pub keys: Vec<String>,
}

impl Cursor {
    /// Reads the text form; strict, so that every cursor has one spelling.
    pub fn parse(text: &str) -> Result<Self, InvalidCursor> {
        let bytes = BASE64_URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|_error| InvalidCursor)?;
        let cursor = Self::from_bytes(&bytes).ok_or(InvalidCursor)?;
        if cursor.to_string() == text {
            Ok(cursor)
        } else {
            Err(InvalidCursor)
        }
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (version, rest) = bytes.split_first()?;
        let (fingerprint, mut rest) = rest.split_first_chunk::<8>()?;
        let mut keys = Vec::new();
        while let Some((length, tail)) = rest.split_first_chunk::<2>() {
            let (key, tail) = tail.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
            keys.push(String::from_utf8(key.to_vec()).ok()?);
            rest = tail;
        }
        let whole = *version == CURSOR_VERSION && rest.is_empty() && !keys.is_empty();
        whole.then_some(Self {
            fingerprint: u64::from_be_bytes(*fingerprint),
            keys,
        })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![CURSOR_VERSION];
        bytes.extend(self.fingerprint.to_be_bytes());
        for key in &self.keys {
            // Keys are titles, times and ids, all bounded well below 64 KiB.
            let length = u16::try_from(key.len()).map_err(|_too_long| fmt::Error)?;
            bytes.extend(length.to_be_bytes());
            bytes.extend(key.as_bytes());
        }
        f.write_str(&BASE64_URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// A short name for an order and its filter (FNV-1a), so that cursors are not mixed up.
#[must_use]
pub fn fingerprint(description: &str) -> u64 {
    description
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

/// Which way a page goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the start, or from the item after the cursor.
    Forward,
    /// From the end, or from the item before the cursor; items still come in list order.
    Backward,
}

/// Why the arguments of a connection cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPage {
    /// Both directions at once.
    #[error("first and last cannot be used together")]
    FirstAndLast,
    /// A cursor of the other direction.
    #[error("{cursor} goes together with {size} only")]
    WrongCursor {
        /// The cursor argument.
        cursor: &'static str,
        /// The size argument that it belongs to.
        size: &'static str,
    },
    /// A size out of range.
    #[error("{argument} is {value}: expected a number from 0 to {MAX_PAGE_SIZE}")]
    Size {
        /// The size argument.
        argument: &'static str,
        /// The value as it was given.
        value: i64,
    },
    /// A text that is not a cursor.
    #[error("{argument}: {source}")]
    Cursor {
        /// The cursor argument.
        argument: &'static str,
        /// What is wrong with it.
        source: InvalidCursor,
    },
}

/// One page of a connection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageRequest {
    /// Which way the page goes.
    pub direction: Direction,
    /// The largest number of items, 0 to [`MAX_PAGE_SIZE`].
    pub limit: u32,
    /// The item next to the page; `None` starts at the end of the list that `direction` says.
    pub cursor: Option<Cursor>,
}

impl Default for PageRequest {
    fn default() -> Self {
        Self {
            direction: Direction::Forward,
            limit: DEFAULT_PAGE_SIZE,
            cursor: None,
        }
    }
}

impl PageRequest {
    /// The first `limit` items.
    #[must_use]
    pub fn first(limit: u32) -> Self {
        Self {
            limit,
            ..Self::default()
        }
    }

    /// Reads the four arguments of a connection.
    pub fn from_args(
        first: Option<i64>,
        after: Option<&str>,
        last: Option<i64>,
        before: Option<&str>,
    ) -> Result<Self, InvalidPage> {
        match (first, last) {
            (Some(_), Some(_)) => Err(InvalidPage::FirstAndLast),
            (_, None) if before.is_some() => Err(InvalidPage::WrongCursor {
                cursor: "before",
                size: "last",
            }),
            (_, None) => Self::one_way(Direction::Forward, "first", first, "after", after),
            (None, Some(_)) if after.is_some() => Err(InvalidPage::WrongCursor {
                cursor: "after",
                size: "first",
            }),
            (None, Some(_)) => Self::one_way(Direction::Backward, "last", last, "before", before),
        }
    }

    fn one_way(
        direction: Direction,
        size_argument: &'static str,
        size: Option<i64>,
        cursor_argument: &'static str,
        cursor: Option<&str>,
    ) -> Result<Self, InvalidPage> {
        let size = size.unwrap_or_else(|| i64::from(DEFAULT_PAGE_SIZE));
        let limit = u32::try_from(size)
            .ok()
            .filter(|limit| *limit <= MAX_PAGE_SIZE)
            .ok_or(InvalidPage::Size {
                argument: size_argument,
                value: size,
            })?;
        let cursor = cursor.map(Cursor::parse).transpose();
        let cursor = cursor.map_err(|source| InvalidPage::Cursor {
            argument: cursor_argument,
            source,
        })?;
        Ok(Self {
            direction,
            limit,
            cursor,
        })
    }
}

/// How many items there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The number; never more than [`MAX_COUNT`].
    pub value: u64,
    /// Whether there may be more than `value`.
    pub at_least: bool,
}

impl Count {
    /// The count of a list that was counted up to one above [`MAX_COUNT`].
    #[must_use]
    pub fn capped(counted: u64) -> Self {
        Self {
            value: counted.min(MAX_COUNT),
            at_least: counted > MAX_COUNT,
        }
    }
}

/// An item of a page and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge<T> {
    /// The place of the item.
    pub cursor: Cursor,
    /// The item.
    pub node: T,
}

/// A page of a connection, in list order whatever its direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The items with their places.
    pub edges: Vec<Edge<T>>,
    /// Whether items follow after the last edge.
    pub has_next: bool,
    /// Whether items stand before the first edge.
    pub has_previous: bool,
    /// How many items the whole list has; `None` unless it was asked for.
    pub total: Option<Count>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_cursor_reads_what_it_prints(
            fingerprint: u64,
            keys in prop::collection::vec(".{0,40}", 1..4),
        ) {
            let cursor = Cursor { fingerprint, keys };
            prop_assert_eq!(Cursor::parse(&cursor.to_string()), Ok(cursor));
        }

        #[test]
        fn other_texts_are_no_cursors(text in "[A-Za-z0-9_-]{0,80}") {
            if let Ok(cursor) = Cursor::parse(&text) {
                prop_assert_eq!(cursor.to_string(), text);
            }
        }
    }

    #[test]
    fn the_four_arguments_are_checked_together() {
        let text = |page: Result<PageRequest, InvalidPage>| page.unwrap_err().to_string();
        assert_eq!(
            PageRequest::from_args(None, None, None, None),
            Ok(PageRequest::default())
        );
        assert_eq!(
            text(PageRequest::from_args(Some(1), None, Some(1), None)),
            "first and last cannot be used together"
        );
        assert_eq!(
            text(PageRequest::from_args(Some(1), None, None, Some("x"))),
            "before goes together with last only"
        );
        assert_eq!(
            text(PageRequest::from_args(Some(101), None, None, None)),
            "first is 101: expected a number from 0 to 100"
        );
        assert_eq!(
            text(PageRequest::from_args(None, None, Some(-1), None)),
            "last is -1: expected a number from 0 to 100"
        );
        assert_eq!(
            text(PageRequest::from_args(None, Some("x"), None, None)),
            "after: the cursor is not one that this server gave out"
        );
    }
}
