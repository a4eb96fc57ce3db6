//! Following the changes: what is there already, then what comes, each once and in order.

use std::collections::VecDeque;
use std::time::Duration;

use domain::change::ChangeEntity;
use domain::read::page::MAX_PAGE_SIZE;
use domain::read::{Change, ChangesRequest, FeedPlace};
use persistence::{ChangeClock, PersistenceError};
use tokio::time::timeout;

use crate::cache::Reading;

/// How long nobody looks when nothing tells of changes. Telling is a hint and the table the truth:
/// a hint that is lost costs this time and no change.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

/// Where changes come from; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The reading side of the catalogue.
    pub(crate) reads: Reading,
    /// Tells when it is worth to look.
    pub(crate) clock: ChangeClock,
}

/// A reader of the change sequence who never comes to its end.
#[derive(Debug)]
pub(crate) struct Feed {
    source: Source,
    entities: Vec<ChangeEntity>,
    /// Everything up to here was read.
    place: FeedPlace,
    /// What was read and not told yet.
    pending: VecDeque<Change>,
}

impl Feed {
    /// Begins behind a place, or with the next change that is committed. A place that is not kept
    /// is an error at once.
    pub(crate) async fn open(
        source: Source,
        after: Option<FeedPlace>,
        entities: Vec<ChangeEntity>,
    ) -> Result<Self, PersistenceError> {
        let mut feed = Self {
            source,
            entities,
            place: after.unwrap_or_default(),
            pending: VecDeque::new(),
        };
        if after.is_some() {
            feed.read().await?;
        } else {
            feed.place = FeedPlace(feed.source.reads.catalogue_version().await?);
        }
        Ok(feed)
    }

    /// The next change; waits until there is one. Nothing is lost when the waiting is given up.
    pub(crate) async fn next(&mut self) -> Result<Change, PersistenceError> {
        loop {
            if let Some(change) = self.pending.pop_front() {
                return Ok(change);
            }
            let has_more = self.read().await?;
            if self.pending.is_empty() && !has_more {
                let news = self.source.clock.beyond(self.place.0);
                // After a while it is time to look, whether or not anybody told of changes.
                let _told = timeout(LOOK_AGAIN, news).await;
            }
        }
    }

    /// The reading side of the catalogue.
    pub(crate) fn reads(&self) -> &Reading {
        &self.source.reads
    }

    /// Reads on; whether there is more.
    async fn read(&mut self) -> Result<bool, PersistenceError> {
        let request = ChangesRequest {
            after: Some(self.place),
            entities: self.entities.clone(),
            limit: MAX_PAGE_SIZE,
            total: false,
        };
        let page = self.source.reads.changes_page(&request).await?;
        self.place = page.end();
        self.pending.extend(page.changes);
        Ok(page.has_more)
    }
}
