//! Hits in their order.

use std::cmp::Reverse;

use ::search::rank::{Score, Sought, score};
use domain::read::Cursor;

use super::super::Result;
use super::candidates::{Group, Start};
use crate::PersistenceError;

/// What a role that has all words is worth more.
const ALL_WORDS: u32 = 250;

/// A role among the hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ranked {
    pub(super) key: i64,
    /// Where its group begins.
    pub(super) start: Start,
    /// How well it answers, in thousandths.
    pub(super) score: u32,
}

impl Ranked {
    /// What orders the roles of a group: the score, then the key.
    pub(super) fn place(self) -> (Reverse<u32>, i64) {
        (Reverse(self.score), self.key)
    }

    pub(super) fn cursor(self, fingerprint: u64) -> Cursor {
        let keys = [
            i64::from(self.start.texts),
            self.start.key,
            i64::from(self.score),
            self.key,
        ];
        Cursor {
            fingerprint,
            keys: keys.map(|key| key.to_string()).to_vec(),
        }
    }

    pub(super) fn of_cursor(cursor: &Cursor, fingerprint: u64) -> Result<Self> {
        let mut keys = cursor.keys.iter().map(|key| key.parse::<i64>());
        let mut key = || keys.next().and_then(std::result::Result::ok);
        let ranked = (|| {
            Some(Self {
                start: Start {
                    texts: key()? != 0,
                    key: key()?,
                },
                score: key()?.try_into().ok()?,
                key: key()?,
            })
        })();
        ranked
            .filter(|_| cursor.fingerprint == fingerprint && cursor.keys.len() == 4)
            .ok_or(PersistenceError::CursorMismatch)
    }
}

/// The roles of a group that has all words, the best first.
pub(super) fn ranked(group: &Group, sought: &[Sought]) -> Vec<Ranked> {
    let ranked = group.roles.iter().map(|(key, profile)| Ranked {
        key: *key,
        start: group.start,
        score: all_words(score(profile, sought)),
    });
    let mut ranked: Vec<Ranked> = ranked.collect();
    ranked.sort_unstable_by_key(|role| role.place());
    ranked
}

/// The roles behind one of them.
pub(super) fn behind(ranked: &[Ranked], after: Option<Ranked>) -> impl Iterator<Item = Ranked> {
    let ranked = ranked.iter().copied();
    ranked.filter(move |role| after.is_none_or(|after| role.place() > after.place()))
}

/// The score of a role that has all words.
pub(super) fn all_words(score: Score) -> u32 {
    score.thousandths + ALL_WORDS
}
