//! The change feed: pages of the change sequence, forward only.

use std::fmt;

use uuid::Uuid;

use super::page::{Count, Cursor, InvalidCursor, fingerprint};
use crate::Timestamp;
use crate::change::{ChangeEntity, ChangeOp};

/// A place in the change sequence, as readers keep it: everything up to this change is known.
///
/// It belongs to the sequence and not to a filter, so that a reader may go on with another one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedPlace(pub u64);

/// Why a text is no place in the change sequence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPlace {
    /// It is not a cursor.
    #[error(transparent)]
    NoCursor(#[from] InvalidCursor),
    /// It is the cursor of another list.
    #[error("the cursor belongs to another list")]
    OtherList,
}

impl FeedPlace {
    /// Reads the text form; strict, so that every place has one spelling.
    pub fn parse(text: &str) -> Result<Self, InvalidPlace> {
        let cursor = Cursor::parse(text)?;
        if cursor.fingerprint != Self::fingerprint() {
            return Err(InvalidPlace::OtherList);
        }
        let number = match cursor.keys.as_slice() {
            [number] => number.parse().ok(),
            _ => None,
        };
        let place = number.map(Self).ok_or(InvalidCursor)?;
        if place.to_string() == text {
            Ok(place)
        } else {
            Err(InvalidCursor.into())
        }
    }

    fn fingerprint() -> u64 {
        fingerprint("changes")
    }
}

impl fmt::Display for FeedPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cursor = Cursor {
            fingerprint: Self::fingerprint(),
            keys: vec![self.0.to_string()],
        };
        cursor.fmt(f)
    }
}

/// Which changes a reader wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangesRequest {
    /// Behind which place; `None` for the first change that is kept.
    pub after: Option<FeedPlace>,
    /// About what, each kind once; nothing for whatever there is.
    pub entities: Vec<ChangeEntity>,
    /// How many at most.
    pub limit: u32,
    /// Whether to count all of them, whatever the place.
    pub total: bool,
}

/// A change that was committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its place in the sequence.
    pub place: FeedPlace,
    /// When it happened.
    pub at: Timestamp,
    /// What it is about.
    pub entity: ChangeEntity,
    /// The id of the entity, without prefix.
    pub id: Uuid,
    /// What happened.
    pub op: ChangeOp,
    /// The revision of the entity after the change.
    pub revision: u32,
}

/// Changes that follow each other, in the order of their commits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangePage {
    /// The changes.
    pub changes: Vec<Change>,
    /// Where the page begins: no change of the page is at this place or before it.
    pub start: FeedPlace,
    /// The place of the newest change that there was, of whatever kind.
    pub head: FeedPlace,
    /// Whether more changes of these kinds follow.
    pub has_more: bool,
    /// How many changes of these kinds are kept; `None` unless it was asked for.
    pub total: Option<Count>,
}

impl ChangePage {
    /// Where the next page begins. Behind the last change that there is, that is the head, so that
    /// nobody looks again at changes of other kinds.
    #[must_use]
    pub fn end(&self) -> FeedPlace {
        let last = self.changes.last().map_or(self.start, |last| last.place);
        if self.has_more {
            last
        } else {
            last.max(self.head)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_what_it_prints_and_nothing_else() {
        for number in [0, 1, u64::MAX] {
            let place = FeedPlace(number);
            assert_eq!(FeedPlace::parse(&place.to_string()), Ok(place));
        }
        let text = |keys: &[&str], list: &str| {
            let cursor = Cursor {
                fingerprint: fingerprint(list),
                keys: keys.iter().map(|&key| key.to_owned()).collect(),
            };
            FeedPlace::parse(&cursor.to_string())
        };
        assert_eq!(text(&["7"], "roles"), Err(InvalidPlace::OtherList));
        for keys in [&["07"][..], &["+7"], &["-1"], &["x"], &["1", "2"]] {
            assert_eq!(text(keys, "changes"), Err(InvalidCursor.into()), "{keys:?}");
        }
        assert_eq!(FeedPlace::parse("7"), Err(InvalidCursor.into()));
    }

    #[test]
    fn a_page_ends_at_its_last_change_or_at_the_head() {
        let change = |number| Change {
            place: FeedPlace(number),
            at: Timestamp::parse("2026-03-14T09:26:53Z").unwrap(),
            entity: ChangeEntity::Role,
            id: Uuid::nil(),
            op: ChangeOp::Created,
            revision: 1,
        };
        let page = |changes, has_more| ChangePage {
            changes,
            start: FeedPlace(3),
            head: FeedPlace(9),
            has_more,
            total: None,
        };
        assert_eq!(page(vec![change(4), change(6)], true).end(), FeedPlace(6));
        assert_eq!(page(vec![change(4), change(6)], false).end(), FeedPlace(9));
        assert_eq!(page(Vec::new(), true).end(), FeedPlace(3));
        assert_eq!(page(Vec::new(), false).end(), FeedPlace(9));
    }
}
