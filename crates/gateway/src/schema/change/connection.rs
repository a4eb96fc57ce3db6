//! Changes, a page at a time.

use async_graphql::Object;
use domain::read::{ChangePage, NotLoaded};
use gateway_macros::written;

use super::Change;
use crate::cost;
use crate::error::ApiError;
use crate::schema::connection::{Count, PageInfo};

/// Changes that follow each other.
pub(super) struct ChangeConnection {
    pub(super) page: ChangePage,
    pub(super) changes: Vec<Change>,
}

/// Changes that follow each other, in the order of their commits.
#[written]
#[Object(directive = cost::cost::apply(2))]
impl ChangeConnection {
    /// The changes of the page with their cursors, the oldest first.
    fn edges(&self) -> Vec<ChangeEdge<'_>> {
        self.changes.iter().map(ChangeEdge).collect()
    }

    /// The changes of the page, the oldest first.
    fn nodes(&self) -> Vec<&Change> {
        self.changes.iter().collect()
    }

    /// Where the page stands. `endCursor` is never null: behind the last change that there is, it
    /// marks the place from which to ask again later.
    fn page_info(&self) -> PageInfo {
        let first = self.page.changes.first();
        PageInfo::of_feed(
            self.page.has_more,
            self.page.start.0 > 0,
            first.map(|first| first.place.to_string()),
            self.page.end().to_string(),
        )
    }

    /// How many changes of these kinds are kept, whatever the page. Counting costs a little more
    /// than the page alone, and stops at 10,000.
    #[graphql(directive = cost::cost::apply(5))]
    fn total_count(&self) -> Result<Count, ApiError> {
        let total = self.page.total.ok_or(NotLoaded)?;
        Ok(Count::from(total))
    }

    /// Marks the place of the newest change. Whoever copies the catalogue notes this cursor first,
    /// reads everything, and then follows the changes from here: nothing is missed, and what is
    /// told twice is the same.
    fn head_cursor(&self) -> String {
        self.page.head.to_string()
    }
}

/// A change and its place.
pub(super) struct ChangeEdge<'t>(&'t Change);

/// A change and its place.
#[written]
#[Object(directive = cost::cost::apply(0))]
impl ChangeEdge<'_> {
    /// Marks the place of the change: give it back as `after` to go on behind it.
    fn cursor(&self) -> String {
        self.0.place()
    }

    /// The change itself.
    fn node(&self) -> &Change {
        self.0
    }
}
