//! The chain of hashes.

use sha2::{Digest as _, Sha256};

use super::{Entry, NewEntry, SealedEntry};

/// The hash that stands before the first entry.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The last entry of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditHead {
    /// Its place; 0 when there is none.
    pub seq: u64,
    /// Its hash, as 64 hexadecimal digits.
    pub hash: String,
}

impl Default for AuditHead {
    fn default() -> Self {
        Self {
            seq: 0,
            hash: GENESIS.to_owned(),
        }
    }
}

/// A chain of entries, of which only the end is known.
#[derive(Clone, Debug, Default)]
pub struct Chain(AuditHead);

/// Where a chain is broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BrokenLink {
    /// Another entry stands where the next one should.
    #[error(
        "entry {found} stands where entry {expected} should: entries are missing or were moved"
    )]
    Place {
        /// The place that comes next.
        expected: u64,
        /// The place that the entry has.
        found: u64,
    },
    /// The entry does not follow from the one before it.
    #[error("entry {0} does not follow from the one before it")]
    Previous(u64),
    /// The entry says something else than when it was written.
    #[error("entry {0} was changed: its hash is another one")]
    Hash(u64),
}

impl BrokenLink {
    /// The place where the chain is broken.
    #[must_use]
    pub const fn seq(&self) -> u64 {
        match self {
            Self::Place { expected, .. } => *expected,
            Self::Previous(seq) | Self::Hash(seq) => *seq,
        }
    }
}

impl Chain {
    /// The chain that goes on behind this entry.
    #[must_use]
    pub const fn behind(head: AuditHead) -> Self {
        Self(head)
    }

    /// The last entry.
    #[must_use]
    pub const fn head(&self) -> &AuditHead {
        &self.0
    }

    /// Gives an entry the next place.
    pub fn add(&mut self, new: &NewEntry<'_>) -> SealedEntry {
        let entry = Entry::at_place(self.0.seq + 1, new);
        let hash = hash(&self.0.hash, &entry);
        let next = AuditHead {
            seq: entry.seq,
            hash: hash.clone(),
        };
        let former = std::mem::replace(&mut self.0, next);
        SealedEntry {
            entry,
            previous: former.hash,
            hash,
        }
    }

    /// Goes on to an entry, if it is the one that was added here.
    pub fn follow(&mut self, sealed: &SealedEntry) -> Result<(), BrokenLink> {
        let SealedEntry {
            entry,
            previous,
            hash: own,
        } = sealed;
        let expected = self.0.seq + 1;
        if entry.seq != expected {
            let found = entry.seq;
            return Err(BrokenLink::Place { expected, found });
        }
        if *previous != self.0.hash {
            return Err(BrokenLink::Previous(expected));
        }
        if *own != hash(previous, entry) {
            return Err(BrokenLink::Hash(expected));
        }
        self.0 = AuditHead {
            seq: expected,
            hash: own.clone(),
        };
        Ok(())
    }
}

/// The SHA-256 of the hash before an entry and of its canonical text.
fn hash(previous: &str, entry: &Entry) -> String {
    let digest = Sha256::new()
        .chain_update(previous)
        .chain_update(entry.canonical())
        .finalize();
    let digits = digest.iter().map(|byte| format!("{byte:02x}"));
    digits.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Timestamp;
    use crate::access::Author;
    use crate::audit::AccessAction;

    /// A log of so many entries.
    fn log(entries: usize) -> Vec<SealedEntry> {
        let mut chain = Chain::default();
        let names = ["operator", "näme", "a \"b\" \\", "\n"];
        let entry = |name: &&'static str| {
            let at = Timestamp::parse("2026-03-14T09:26:53Z").unwrap();
            let author = Author {
                address: "192.0.2.7".parse().ok(),
                request: Some("7-1"),
                ..Author::named(name)
            };
            let mut entry = NewEntry::of_access(at, author, AccessAction::Denied);
            entry.detail = Some("roles:write".into());
            entry
        };
        let entries = names.iter().cycle().take(entries).map(entry);
        entries.map(|entry| chain.add(&entry)).collect()
    }

    fn check(log: &[SealedEntry]) -> Result<AuditHead, BrokenLink> {
        let mut chain = Chain::default();
        for sealed in log {
            chain.follow(sealed)?;
        }
        Ok(chain.head().clone())
    }

    #[test]
    fn the_hash_is_the_one_that_other_programs_compute() {
        // As the script in docs/audit.md does, in Python.
        let first = &log(1)[0];
        assert_eq!(first.previous, GENESIS);
        assert_eq!(
            first.hash,
            "87409c10c72bcda88985509a8031b641d0cda4e2a5e66b7f44f62e31ff4403d4"
        );
    }

    #[test]
    fn a_whole_log_leads_to_its_head() {
        let log = log(9);
        let head = check(&log).unwrap();
        assert_eq!((head.seq, &head.hash), (9, &log[8].hash));
        assert_eq!(check(&[]).unwrap(), AuditHead::default());
    }

    /// Every column of an entry, as something that can be changed.
    fn change(sealed: &mut SealedEntry, column: usize, text: &str, number: i64) {
        let entry = &mut sealed.entry;
        let texts = [
            &mut entry.at,
            &mut entry.actor,
            &mut entry.action,
            &mut sealed.previous,
            &mut sealed.hash,
        ];
        let optional = [
            &mut entry.key_id,
            &mut entry.entity,
            &mut entry.entity_id,
            &mut entry.request_id,
            &mut entry.address,
            &mut entry.detail,
        ];
        let numbers = [&mut entry.revision, &mut entry.change];
        let (texts_end, optional_end) = (texts.len(), texts.len() + optional.len());
        let numbers_end = optional_end + numbers.len();
        if column < texts_end {
            *texts.into_iter().nth(column).unwrap() = text.to_owned();
        } else if column < optional_end {
            let place = optional.into_iter().nth(column - texts_end).unwrap();
            *place = Some(text.to_owned()).filter(|text| text != "null");
        } else if column < numbers_end {
            let place = numbers.into_iter().nth(column - optional_end).unwrap();
            *place = Some(number).filter(|number| *number != 0);
        } else if column == numbers_end {
            entry.count = number;
        } else {
            entry.seq = number.unsigned_abs();
        }
    }

    proptest! {
        #[test]
        fn whatever_is_changed_in_an_entry_is_found(
            place in 0_usize..8, column in 0_usize..15, text in "\\PC{0,6}|null", number: i16,
        ) {
            let mut changed = log(8);
            change(&mut changed[place], column, &text, number.into());
            prop_assume!(changed != log(8));
            let broken = check(&changed).unwrap_err();
            let at = u64::try_from(place).unwrap() + 1;
            prop_assert!(broken.seq() == at, "{}", broken);
        }

        #[test]
        fn entries_that_were_swapped_or_removed_are_found(one in 0_usize..8, other in 0_usize..8) {
            prop_assume!(one < other);
            let mut swapped = log(8);
            swapped.swap(one, other);
            let at = u64::try_from(one).unwrap() + 1;
            prop_assert_eq!(check(&swapped).unwrap_err().seq(), at);
            let mut removed = log(8);
            removed.drain(one..other);
            prop_assert_eq!(check(&removed).unwrap_err().seq(), at);
        }

        #[test]
        fn a_log_that_was_cut_has_another_head(kept in 0_usize..8) {
            let whole = check(&log(8)).unwrap();
            prop_assert_ne!(check(&log(8)[..kept]).unwrap(), whole);
        }
    }
}
