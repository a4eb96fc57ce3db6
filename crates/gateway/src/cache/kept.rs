//! An answer that is kept.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::web::Bytes;
use persistence::{ChangeClock, Moment, Watch};
use sha2::{Digest as _, Sha256};

/// What an answer takes besides its bytes and what it watches, roughly.
const OVERHEAD: usize = 256;

/// An answer without errors, as the body of a response.
#[derive(Debug)]
pub(crate) struct Kept {
    body: Bytes,
    worth: u64,
    watch: Watch,
    /// The moment before it was made.
    began: Moment,
    /// The last turn of the clock at which it was found to be right.
    right_at: AtomicU64,
    tag: OnceLock<String>,
}

impl Kept {
    /// An answer that was made after the moment `began`.
    pub(super) fn new(body: Bytes, worth: u64, watch: Watch, began: Moment) -> Self {
        Self {
            body,
            worth,
            watch,
            right_at: AtomicU64::new(began.turn),
            began,
            tag: OnceLock::new(),
        }
    }

    /// The whole body.
    pub(crate) fn body(&self) -> &Bytes {
        &self.body
    }

    /// What it is worth, in points.
    pub(crate) fn worth(&self) -> u64 {
        self.worth
    }

    /// The name of the body for caches of clients.
    pub(crate) fn tag(&self) -> &str {
        self.tag.get_or_init(|| entity_tag(&self.body))
    }

    /// The version of the catalogue that it has at least.
    pub(super) fn version(&self) -> u64 {
        self.began.head
    }

    /// Whether it was begun after everything that happened before a moment.
    pub(super) fn began_after(&self, moment: Moment) -> bool {
        self.began.turn >= moment.turn
    }

    /// Whether nothing that it depends on has changed until now.
    pub(super) fn is_right(&self, clock: &ChangeClock, now: Moment) -> bool {
        if self.right_at.load(Ordering::Relaxed) == now.turn {
            return true;
        }
        let is_right = !clock.has_changed(&self.watch, self.began.head);
        if is_right {
            self.right_at.store(now.turn, Ordering::Relaxed);
        }
        is_right
    }

    /// What it takes of the memory, roughly.
    pub(super) fn bytes(&self) -> u64 {
        let bytes = self.body.len() + self.watch.len() * size_of::<u32>() + OVERHEAD;
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}

/// A name of a body that changes with it.
pub(crate) fn entity_tag(body: &[u8]) -> String {
    let hash = Sha256::digest(body);
    let digits = hash.iter().take(16).map(|byte| format!("{byte:02x}"));
    format!("\"{}\"", digits.collect::<String>())
}
