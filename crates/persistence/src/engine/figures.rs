//! What there is to know about writing, in numbers.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The longest times that commits are counted by, in seconds; longer ones are in the sum only.
pub const COMMIT_BOUNDS: [f64; 10] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0,
];

/// What there is to know about writing at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WriteFigures {
    /// Transactions that wait for their turn to write. PostgreSQL has none: its transactions run
    /// side by side.
    pub queued: usize,
    /// How long commits of this process took so far.
    pub commits: CommitFigures,
    /// The bytes of the log beside the file of SQLite; `None` on PostgreSQL.
    pub wal_bytes: Option<u64>,
}

/// How long commits took so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CommitFigures {
    /// How many there were.
    pub count: u64,
    /// How long they took together, in seconds.
    pub seconds: f64,
    /// How many took longer than the bound before and at most this one, for each of
    /// [`COMMIT_BOUNDS`].
    pub counts: [u64; COMMIT_BOUNDS.len()],
}

/// Counts commits by how long they take.
#[derive(Debug, Default)]
pub(crate) struct CommitTimes {
    count: AtomicU64,
    nanoseconds: AtomicU64,
    counts: [AtomicU64; COMMIT_BOUNDS.len()],
}

impl CommitTimes {
    /// Counts a commit.
    pub(crate) fn note(&self, time: Duration) {
        let seconds = time.as_secs_f64();
        let place = COMMIT_BOUNDS.iter().position(|bound| seconds <= *bound);
        if let Some(count) = place.and_then(|place| self.counts.get(place)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        let nanoseconds = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        self.nanoseconds.fetch_add(nanoseconds, Ordering::Relaxed);
        self.count.fetch_add(1, Ordering::Relaxed);
    }

    /// What was counted so far.
    pub(crate) fn figures(&self) -> CommitFigures {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        CommitFigures {
            count: read(&self.count),
            seconds: Duration::from_nanos(read(&self.nanoseconds)).as_secs_f64(),
            counts: self.counts.each_ref().map(read),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_are_counted_up_to_their_bounds() {
        let times = CommitTimes::default();
        for milliseconds in [1, 2, 3, 2_000] {
            times.note(Duration::from_millis(milliseconds));
        }
        let figures = times.figures();
        assert_eq!(figures.count, 4);
        assert_eq!(figures.counts, [0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
        assert!((figures.seconds - 2.006).abs() < 1e-9, "{figures:?}");
    }
}
