//! Which items of two lists are the same, and which of them have moved.

use std::collections::{BTreeSet, HashMap, VecDeque};

/// An item as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// What makes it this item, whatever else it says.
    pub(super) key: String,
    /// All that it says.
    pub(super) text: String,
}

/// When items that say different things are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Matching {
    /// When they have the same key.
    ByKey,
    /// When they have the same key, or one stands where the other stood.
    ByKeyAndPlace,
}

/// Which items of two lists are the same.
#[derive(Debug)]
pub(super) struct Pairing {
    /// For each former item its new place.
    after: Vec<Option<usize>>,
    /// For each new item its former place.
    before: Vec<Option<usize>>,
    /// The former places of as many items as possible that stand in the same order in both lists.
    unmoved: BTreeSet<usize>,
}

impl Pairing {
    /// Pairs equal items first, then those with the same key, then those in the same place.
    pub(super) fn of(before: &[Item], after: &[Item], matching: Matching) -> Self {
        let mut pairing = Self {
            after: vec![None; before.len()],
            before: vec![None; after.len()],
            unmoved: BTreeSet::new(),
        };
        pairing.pair_equal(before, after, |item| &item.text);
        pairing.pair_equal(before, after, |item| &item.key);
        pairing.unmoved = pairing.in_order();
        if matching == Matching::ByKeyAndPlace {
            pairing.pair_by_place();
            pairing.unmoved = pairing.in_order();
        }
        pairing
    }

    /// The new place of a former item.
    pub(super) fn after(&self, before: usize) -> Option<usize> {
        self.after.get(before).copied().flatten()
    }

    /// The former place of a new item.
    pub(super) fn before(&self, after: usize) -> Option<usize> {
        self.before.get(after).copied().flatten()
    }

    /// The former and new places of items that are gone, new, changed or moved.
    pub(super) fn differences(
        &self,
        before: &[Item],
        after: &[Item],
    ) -> Vec<(Option<usize>, Option<usize>)> {
        let gone = (0..before.len()).filter(|at| self.after(*at).is_none());
        let gone = gone.map(|at| (Some(at), None));
        let here = after.iter().enumerate().filter_map(|(new, item)| {
            let old = self.before(new);
            let is_same = old.is_some_and(|old| {
                let says_same = before.get(old).is_some_and(|old| old.text == item.text);
                says_same && self.unmoved.contains(&old)
            });
            (!is_same).then_some((old, Some(new)))
        });
        gone.chain(here).collect()
    }

    /// Pairs items without a partner of which `of` is equal, the first with the first.
    fn pair_equal(&mut self, before: &[Item], after: &[Item], of: fn(&Item) -> &str) {
        let mut waiting: HashMap<&str, VecDeque<usize>> = HashMap::new();
        for (at, item) in before.iter().enumerate() {
            if self.after(at).is_none() {
                waiting.entry(of(item)).or_default().push_back(at);
            }
        }
        for (new, item) in after.iter().enumerate() {
            if self.before(new).is_none()
                && let Some(old) = waiting.get_mut(of(item)).and_then(VecDeque::pop_front)
            {
                self.pair(old, new);
            }
        }
    }

    /// Pairs items without a partner that stand between the same unmoved ones, in their order.
    fn pair_by_place(&mut self) {
        let unmoved: Vec<(usize, usize)> = self
            .unmoved
            .iter()
            .filter_map(|old| Some((*old, self.after(*old)?)))
            .collect();
        let mut waiting: HashMap<usize, VecDeque<usize>> = HashMap::new();
        for old in 0..self.after.len() {
            if self.after(old).is_none() {
                let gap = unmoved.partition_point(|(unmoved, _)| *unmoved < old);
                waiting.entry(gap).or_default().push_back(old);
            }
        }
        for new in 0..self.before.len() {
            if self.before(new).is_none() {
                let gap = unmoved.partition_point(|(_, unmoved)| *unmoved < new);
                if let Some(old) = waiting.get_mut(&gap).and_then(VecDeque::pop_front) {
                    self.pair(old, new);
                }
            }
        }
    }

    fn pair(&mut self, old: usize, new: usize) {
        if let (Some(after), Some(before)) = (self.after.get_mut(old), self.before.get_mut(new)) {
            *after = Some(new);
            *before = Some(old);
        }
    }

    /// The former places of a longest run of pairs that stand in the same order in both lists.
    fn in_order(&self) -> BTreeSet<usize> {
        // The last pair of the best run of each length, and what stands before each pair in its run.
        let mut ends: Vec<(usize, usize)> = Vec::new();
        let mut previous: HashMap<usize, usize> = HashMap::new();
        for (old, new) in self.after.iter().enumerate() {
            let Some(new) = *new else { continue };
            let length = ends.partition_point(|(_, end)| *end < new);
            if let Some((before, _)) = length.checked_sub(1).and_then(|at| ends.get(at)) {
                previous.insert(old, *before);
            }
            match ends.get_mut(length) {
                Some(end) => *end = (old, new),
                None => ends.push((old, new)),
            }
        }
        let mut run = BTreeSet::new();
        let mut place = ends.last().map(|(old, _)| *old);
        while let Some(old) = place {
            run.insert(old);
            place = previous.get(&old).copied();
        }
        run
    }
}
