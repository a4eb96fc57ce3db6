//! How many bytes of answers the server holds for clients that take them slowly.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The bytes that all answers together may have while they are sent; cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    used: Arc<AtomicUsize>,
    limit: usize,
}

/// A part of the budget; dropping it gives it back.
#[derive(Debug)]
pub(super) struct Share {
    bytes: usize,
    used: Arc<AtomicUsize>,
}

impl Budget {
    /// A budget of which nothing is used.
    pub(super) fn of(limit: usize) -> Self {
        Self {
            used: Arc::default(),
            limit,
        }
    }

    /// Takes a share for an answer; `None` when that much is not left.
    pub(super) fn take(&self, bytes: usize) -> Option<Share> {
        let with_share = |used: usize| {
            let sum = used.checked_add(bytes)?;
            (sum <= self.limit).then_some(sum)
        };
        let taken = self
            .used
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, with_share);
        taken.is_ok().then(|| Share {
            bytes,
            used: Arc::clone(&self.used),
        })
    }

    /// The bytes of the answers that are being sent.
    pub(super) fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }
}

impl Share {
    /// Gives back what an answer does not need any more.
    pub(super) fn shrink_to(&mut self, bytes: usize) {
        let spare = self.bytes.saturating_sub(bytes);
        self.bytes -= spare;
        self.used.fetch_sub(spare, Ordering::Relaxed);
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.shrink_to(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_lent_than_there_is() {
        let budget = Budget::of(10);
        let mut first = budget.take(6).unwrap();
        assert!(budget.take(5).is_none());
        assert!(budget.take(usize::MAX).is_none());
        first.shrink_to(2);
        first.shrink_to(9);
        assert_eq!(budget.used(), 2);
        let second = budget.take(8).unwrap();
        assert!(budget.take(1).is_none());
        drop((first, second));
        assert_eq!(budget.used(), 0);
    }
}
