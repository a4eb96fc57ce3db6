//! Answers that are kept, each for exactly as long as nothing it depends on has changed.
//!
//! An answer is kept under its operation and variables, with the places of the [`ChangeClock`]
//! that belong to what it has read. Several callers that miss the same answer wait for the one
//! that makes it. Only answers without errors are kept.

mod concept;
mod flight;
mod kept;
mod key;
mod reading;

use std::sync::Arc;

use actix_web::web::Bytes;
use domain::change::Tags;
use moka::sync::Cache;
use persistence::{ChangeClock, Moment};

use crate::CacheSettings;
use crate::metrics::{CacheUse, Metrics};
use flight::{Flights, State};

pub(crate) use kept::{Kept, entity_tag};
pub(crate) use key::{Audience, Key};
pub(crate) use reading::Reading;

/// What one answer may take of the cache: an eighth, so that a few large ones cannot empty it.
const LARGEST_SHARE: u64 = 8;

/// Answers by what was asked; without the cache every answer is made.
pub(crate) struct AnswerCache {
    kept: Option<Cache<Key, Arc<Kept>>>,
    largest: u64,
    flights: Flights,
    clock: ChangeClock,
    metrics: Metrics,
}

/// An answer that was made and can be kept.
#[derive(Debug)]
pub(crate) struct Finished {
    /// The whole body.
    pub(crate) body: Bytes,
    /// What it is worth, in points.
    pub(crate) worth: u64,
    /// What it depends on.
    pub(crate) tags: Tags,
}

/// What came of making an answer.
pub(crate) enum Made<T> {
    /// One that others may see.
    Finished(Finished),
    /// One that is nobody else's.
    Private(T),
}

/// What somebody gets who asks.
pub(crate) enum Taken<T> {
    /// An answer that is kept, and the version of the catalogue that it has at least.
    Kept(Arc<Kept>, u64),
    /// What was made and could not be kept, likewise.
    Private(T, u64),
}

impl AnswerCache {
    /// A cache of the given size, or none.
    pub(crate) fn new(settings: &CacheSettings, clock: ChangeClock, metrics: Metrics) -> Self {
        let bytes = settings.answer_bytes();
        let builder = Cache::builder()
            .max_capacity(bytes)
            .weigher(|_, kept: &Arc<Kept>| u32::try_from(kept.bytes()).unwrap_or(u32::MAX));
        Self {
            kept: settings.keeps_answers().then(|| builder.build()),
            largest: bytes / LARGEST_SHARE,
            flights: Flights::default(),
            clock,
            metrics,
        }
    }

    /// Whether answers are kept at all.
    pub(crate) fn is_on(&self) -> bool {
        self.kept.is_some()
    }

    /// What is known of changes.
    pub(crate) fn clock(&self) -> &ChangeClock {
        &self.clock
    }

    /// How many answers are kept, and how many bytes they take.
    pub(crate) fn size(&self) -> (u64, u64) {
        let size = self.kept.as_ref();
        size.map_or((0, 0), |kept| (kept.entry_count(), kept.weighted_size()))
    }

    /// The answer that is kept under `key`; made by `make` when there is none. Of several that
    /// ask at the same time one makes it; when that one is dropped, the next one does.
    pub(crate) async fn take<T, F>(&self, key: Key, make: impl FnOnce() -> F) -> Taken<T>
    where
        F: Future<Output = Made<T>>,
    {
        let arrived = self.clock.now();
        if let Some(kept) = self.find(&key, arrived) {
            self.metrics.cache_used(CacheUse::Hit);
            return Taken::Kept(kept, arrived.head);
        }
        let flight = self.flights.join(key);
        let mut state = flight.state().await;
        match &*state {
            State::Landed(kept) if kept.began_after(arrived) => {
                self.metrics.cache_used(CacheUse::Shared);
                return Taken::Kept(Arc::clone(kept), kept.version());
            }
            State::Diverted => {
                drop(state);
                return self.made(key, make()).await;
            }
            State::Landed(_) | State::Waiting => {}
        }
        // Somebody may have made it between the first look and the place in the queue.
        let now = self.clock.now();
        if let Some(kept) = self.find(&key, now) {
            self.metrics.cache_used(CacheUse::Shared);
            return Taken::Kept(kept, now.head);
        }
        let taken = self.made(key, make()).await;
        *state = match &taken {
            Taken::Kept(kept, _) => State::Landed(Arc::clone(kept)),
            Taken::Private(..) => State::Diverted,
        };
        taken
    }

    /// The answer that is kept under `key`, when it is right, and the version of the catalogue that
    /// it has at least. Nothing is counted.
    pub(crate) fn look(&self, key: &Key) -> Option<(Arc<Kept>, u64)> {
        let now = self.clock.now();
        let kept = self.usable(key)?;
        let is_right = kept.is_right(&self.clock, now);
        is_right.then_some((kept, now.head))
    }

    /// The answer under `key`, when it is right at this moment; one that is not any more is counted.
    fn find(&self, key: &Key, now: Moment) -> Option<Arc<Kept>> {
        let kept = self.usable(key)?;
        if kept.is_right(&self.clock, now) {
            return Some(kept);
        }
        self.metrics.cache_used(CacheUse::Outdated);
        None
    }

    /// What stands under `key`, while the clock knows enough to judge it.
    fn usable(&self, key: &Key) -> Option<Arc<Kept>> {
        let kept = self.kept.as_ref()?.get(key)?;
        self.clock.is_fresh().then_some(kept)
    }

    async fn made<T>(&self, key: Key, make: impl Future<Output = Made<T>>) -> Taken<T> {
        self.metrics.cache_used(CacheUse::Miss);
        let began = self.clock.now();
        match make.await {
            Made::Private(own) => Taken::Private(own, began.head),
            Made::Finished(finished) => {
                let Finished { body, worth, tags } = finished;
                let watch = self.clock.watch(tags);
                let kept = Arc::new(Kept::new(body, worth, watch, began));
                if let Some(cache) = &self.kept
                    && kept.bytes() <= self.largest
                {
                    cache.insert(key, Arc::clone(&kept));
                }
                Taken::Kept(kept, began.head)
            }
        }
    }
}

#[cfg(test)]
mod tests;
