//! Which change last touched what, in this process.
//!
//! Answers that are kept have to be dropped when something they show changes. Instead of an index
//! from every entity to the answers that show it, [`ChangeClock`] remembers for every [`Tag`] the
//! number of the last change that touched it, in a table of fixed size; whoever keeps an answer
//! looks there whether it is still right. `follow` brings in the changes of other processes.

mod follow;
mod progress;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::change::{Tag, Tags, Touch};
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

pub(crate) use follow::CHANNEL;
pub use follow::Following;
use progress::Progress;

/// Places in the table, a power of two. Two names in one place change together, so that more
/// places save work and fewer would still be right.
const SLOTS: usize = 1 << 17;
/// How old the news of other processes may be at most; see [`ChangeClock::is_fresh`].
const FRESH: Duration = Duration::from_secs(1);

/// Which change last touched what, in this process; cheap to clone.
#[derive(Clone, Debug)]
pub struct ChangeClock {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// By place, the number of the last change that touched a name in it.
    slots: Box<[AtomicU64]>,
    /// Grows whenever slots have changed.
    turn: AtomicU64,
    /// All changes up to this one are in the slots.
    head: AtomicU64,
    progress: Mutex<Progress>,
    started: Instant,
    /// Milliseconds since the start at which the last successful look at the database began, and
    /// one more; 0 before the first one.
    looked: AtomicU64,
    /// The head, for those who wait until it moves.
    moved: watch::Sender<u64>,
    /// Rings when it is worth to look at once.
    bell: Notify,
    looking: tokio::sync::Mutex<()>,
}

/// A moment in the life of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Grows with every change; whatever was acknowledged before the moment came before this turn.
    pub turn: u64,
    /// Whatever is read after the moment has all changes up to this one.
    pub head: u64,
}

/// The places of what an answer depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch(Box<[u32]>);

impl Watch {
    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing that could change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl ChangeClock {
    /// A clock that starts behind the change `head`.
    pub(crate) fn starting_at(head: u64) -> Self {
        Self {
            inner: Arc::new(Inner {
                slots: (0..SLOTS).map(|_| AtomicU64::new(0)).collect(),
                turn: AtomicU64::new(0),
                head: AtomicU64::new(head),
                progress: Mutex::new(Progress::starting_at(head)),
                started: Instant::now(),
                looked: AtomicU64::new(0),
                moved: watch::Sender::new(head),
                bell: Notify::new(),
                looking: tokio::sync::Mutex::default(),
            }),
        }
    }

    /// The last change up to which all are known here.
    #[must_use]
    pub fn head(&self) -> u64 {
        self.inner.head.load(Ordering::Acquire)
    }

    /// Waits until changes behind `place` are known here.
    pub async fn beyond(&self, place: u64) {
        let mut moved = self.inner.moved.subscribe();
        // The clock, which holds the other end, is there as long as somebody waits.
        let _head = moved.wait_for(|head| *head > place).await;
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Moment {
        // The turn comes second, as it is written first: it includes what the head includes.
        let head = self.head();
        let turn = self.inner.turn.load(Ordering::Acquire);
        Moment { turn, head }
    }

    /// Whether the changes of other processes are known up to a second ago. Never when nobody
    /// follows them.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.lag().is_some_and(|lag| lag <= FRESH)
    }

    /// How old the news of other processes are; `None` when there never were any.
    #[must_use]
    pub fn lag(&self) -> Option<Duration> {
        let looked = self.inner.looked.load(Ordering::Acquire).checked_sub(1)?;
        let age = self.inner.started.elapsed();
        Some(age.saturating_sub(Duration::from_millis(looked)))
    }

    /// The places to watch for what an answer depends on.
    #[must_use]
    pub fn watch(&self, tags: Tags) -> Watch {
        let places = tags.into_sorted().into_iter();
        let mut places: Vec<u32> = places.map(place).collect();
        places.sort_unstable();
        places.dedup();
        Watch(places.into_boxed_slice())
    }

    /// Whether a later change than `head` has touched something that is watched.
    #[must_use]
    pub fn has_changed(&self, watch: &Watch, head: u64) -> bool {
        watch.0.iter().any(|place| {
            let slot = usize::try_from(*place)
                .ok()
                .and_then(|place| self.inner.slots.get(place));
            slot.is_none_or(|slot| slot.load(Ordering::Acquire) > head)
        })
    }

    /// Takes in the changes `first` to `last` of one transaction of this process. Whoever is told
    /// of the commit after that finds no older answer.
    pub(crate) fn apply(&self, first: u64, last: u64, touches: &[Touch]) {
        self.touch(touches.iter().map(|touch| (touch, last)));
        let mut progress = self.progress();
        let missing = progress.add(first, last);
        self.move_to(progress.head());
        drop(progress);
        if missing {
            self.inner.bell.notify_one();
        }
    }

    /// Takes in changes as they were read: all that there are up to `last`.
    fn take_in(&self, last: u64, changes: &[(u64, Touch)]) {
        self.touch(changes.iter().map(|(number, touch)| (touch, *number)));
        let mut progress = self.progress();
        progress.reach(last);
        self.move_to(progress.head());
    }

    /// Called by whoever holds the progress, so that the head never goes back.
    fn move_to(&self, head: u64) {
        self.inner.head.store(head, Ordering::Release);
        self.inner.moved.send_if_modified(|moved| {
            let is_news = *moved < head;
            *moved = head;
            is_news
        });
    }

    fn touch<'t>(&self, touches: impl Iterator<Item = (&'t Touch, u64)>) {
        for (touch, number) in touches {
            for tag in touch.tags() {
                let slot = usize::try_from(place(tag))
                    .ok()
                    .and_then(|place| self.inner.slots.get(place));
                if let Some(slot) = slot {
                    slot.fetch_max(number, Ordering::Release);
                }
            }
        }
        self.inner.turn.fetch_add(1, Ordering::Release);
    }

    fn progress(&self) -> std::sync::MutexGuard<'_, Progress> {
        // Progress is right after every step, so that a panic in between cannot leave it broken.
        let progress = self.inner.progress.lock();
        progress.unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of a name in the table.
fn place(tag: Tag) -> u32 {
    const BITS: u32 = SLOTS.trailing_zeros();
    // The shift leaves as few bits as there are places.
    u32::try_from(tag.number() >> (u64::BITS - BITS)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use domain::change::{Aspects, ChangeEntity};
    use domain::id::{Id as _, RoleId};
    use uuid::Uuid;

    use super::*;

    fn touch(id: u128) -> Touch {
        Touch {
            entity: ChangeEntity::Role,
            id: Uuid::from_u128(id),
            aspects: Aspects::NAME,
            slugs: Vec::new(),
        }
    }

    fn watch(clock: &ChangeClock, id: u128) -> Watch {
        let mut tags = Tags::default();
        tags.add_entity(ChangeEntity::Role, RoleId::from_uuid(Uuid::from_u128(id)));
        clock.watch(tags)
    }

    #[test]
    fn a_change_ends_what_it_touched_and_nothing_else() {
        let clock = ChangeClock::starting_at(7);
        let (one, other) = (watch(&clock, 1), watch(&clock, 2));
        let before = clock.now();
        assert_eq!(before.head, 7);
        clock.apply(8, 8, &[touch(1)]);
        assert!(clock.has_changed(&one, before.head));
        assert!(!clock.has_changed(&other, before.head));
        assert!(!clock.has_changed(&one, clock.head()));
        assert!(clock.now().turn > before.turn);
    }

    #[test]
    fn the_head_waits_for_changes_that_are_missing() {
        let clock = ChangeClock::starting_at(7);
        clock.apply(9, 9, &[touch(1)]);
        assert_eq!(clock.head(), 7);
        assert!(clock.has_changed(&watch(&clock, 1), 8));
        clock.take_in(8, &[(8, touch(2))]);
        assert_eq!(clock.head(), 9);
    }

    #[tokio::test]
    async fn whoever_waits_for_changes_is_woken_by_the_first_one() {
        let clock = ChangeClock::starting_at(7);
        clock.beyond(6).await;
        let waiting = clock.clone();
        let waiting = tokio::spawn(async move { waiting.beyond(8).await });
        clock.apply(8, 8, &[touch(1)]);
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        clock.take_in(9, &[(9, touch(2))]);
        waiting.await.unwrap();
    }

    #[test]
    fn nothing_is_fresh_before_somebody_has_looked() {
        let clock = ChangeClock::starting_at(0);
        assert!(!clock.is_fresh());
        assert_eq!(clock.lag(), None);
    }
}
