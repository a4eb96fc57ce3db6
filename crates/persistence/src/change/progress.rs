//! How far the changes are known without a gap.

use std::collections::BTreeMap;

/// How far the changes are known without a gap, and which later ones came early.
#[derive(Debug)]
pub(super) struct Progress {
    head: u64,
    /// First and last number of what came early, with gaps in between.
    early: BTreeMap<u64, u64>,
}

impl Progress {
    /// Everything up to `head` is known.
    pub(super) fn starting_at(head: u64) -> Self {
        Self {
            head,
            early: BTreeMap::new(),
        }
    }

    /// All changes up to this one are known.
    pub(super) fn head(&self) -> u64 {
        self.head
    }

    /// Adds the changes `first` to `last`; true when some before them are missing. Numbers that
    /// were never given out look like that as well.
    pub(super) fn add(&mut self, first: u64, last: u64) -> bool {
        let follows = self
            .early
            .iter_mut()
            .find(|(_, end)| end.checked_add(1) == Some(first));
        match follows {
            Some((_, end)) => *end = last,
            None => {
                self.early.insert(first, last);
            }
        }
        self.close_gaps();
        !self.early.is_empty()
    }

    /// All changes up to `last` are known, whatever the numbers in between.
    pub(super) fn reach(&mut self, last: u64) {
        self.head = self.head.max(last);
        self.close_gaps();
    }

    fn close_gaps(&mut self) {
        while let Some(next) = self.early.first_entry()
            && *next.key() <= self.head.saturating_add(1)
        {
            self.head = self.head.max(next.remove());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_moves_the_head_at_once() {
        let mut progress = Progress::starting_at(3);
        assert!(!progress.add(4, 6));
        assert_eq!(progress.head(), 6);
    }

    #[test]
    fn what_comes_early_waits_until_the_gap_is_closed() {
        let mut progress = Progress::starting_at(3);
        assert!(progress.add(6, 7));
        assert!(progress.add(8, 8));
        assert!(progress.add(10, 10));
        assert_eq!(progress.head(), 3);
        progress.reach(5);
        assert_eq!(progress.head(), 8);
        assert_eq!(progress.early.len(), 1);
        assert!(!progress.add(9, 9));
        assert_eq!(progress.head(), 10);
    }

    #[test]
    fn numbers_that_were_never_given_out_are_passed_over() {
        let mut progress = Progress::starting_at(3);
        assert!(progress.add(5, 5));
        progress.reach(5);
        assert_eq!(progress.head(), 5);
        assert!(progress.early.is_empty());
    }
}
