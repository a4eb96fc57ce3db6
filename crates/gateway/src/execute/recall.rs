//! Requests that came before, recognised by their bytes.
//!
//! A front end sends the same bytes again and again. What was found out about them, up to the name
//! of their answer, is remembered, so that an answer that is kept is given without reading the
//! request once more. Nothing is decided here: what is not remembered, and what is remembered of
//! an answer that is not kept any more, takes the long way.

use std::hash::Hash;
use std::sync::Arc;

use actix_web::web::Bytes;
use foldhash::quality::RandomState;
use moka::Equivalent;
use moka::sync::Cache;

use super::account::SMALLEST_PRICE;
use super::kept::Versioned;
use super::pipeline::Paid;
use super::{Answer, Asking, CostRequest, Facts, Inner, Standing};
use crate::CacheSettings;
use crate::cache::{Audience, Key};
use crate::gate::Trust;
use crate::metrics::CacheUse;

/// What a request takes besides its bytes, roughly.
const OVERHEAD: usize = 256;

/// Requests with a text and an answer that is kept, by the bytes of their bodies and by whom they
/// are from: the same bytes do not mean the same answer for everybody.
pub(super) struct Recall {
    requests: Option<Cache<Remembered, Arc<Recalled>, RandomState>>,
}

/// A request that came before.
#[derive(PartialEq, Eq, Hash)]
struct Remembered {
    audience: Audience,
    standing: Standing,
    body: Bytes,
}

/// A request that is looked for; the hash is that of [`Remembered`].
#[derive(Hash)]
pub(super) struct Asked<'b> {
    /// For whose eyes the answer is.
    pub(super) audience: Audience,
    /// Which limits the request has passed.
    pub(super) standing: Standing,
    /// The body, which may be part of a larger buffer.
    pub(super) body: &'b [u8],
}

impl Equivalent<Remembered> for Asked<'_> {
    fn equivalent(&self, remembered: &Remembered) -> bool {
        self.audience == remembered.audience
            && self.standing == remembered.standing
            && self.body == remembered.body
    }
}

/// What was found out about a request.
#[derive(Debug)]
pub(super) struct Recalled {
    /// Where its answer is.
    pub(super) answer: Key,
    /// What it costs at most.
    pub(super) price: u64,
    /// For how many seconds caches may keep its answer.
    pub(super) max_age: Option<u64>,
    /// What the log should know.
    pub(super) facts: Facts,
}

impl Recall {
    /// Remembers requests where answers are kept.
    pub(super) fn new(settings: &CacheSettings) -> Self {
        let builder = Cache::builder()
            .max_capacity(settings.request_bytes())
            .weigher(|request: &Remembered, _| {
                u32::try_from(request.body.len() + OVERHEAD).unwrap_or(u32::MAX)
            });
        let build = || builder.build_with_hasher(RandomState::default());
        Self {
            requests: settings.keeps_answers().then(build),
        }
    }

    /// Remembers a request, once: the same bytes from the same people always mean the same.
    pub(super) fn learn(&self, asked: &Asked<'_>, recalled: impl FnOnce() -> Recalled) {
        if let Some(requests) = &self.requests
            && !requests.contains_key(asked)
        {
            let remembered = Remembered {
                audience: asked.audience,
                standing: asked.standing,
                body: Bytes::copy_from_slice(asked.body),
            };
            requests.insert(remembered, Arc::new(recalled()));
        }
    }

    fn get(&self, asked: &Asked<'_>) -> Option<Arc<Recalled>> {
        self.requests.as_ref()?.get(asked)
    }
}

impl Inner {
    /// The answer that is kept for a request with the same bytes as one before.
    pub(super) fn recall(&self, body: &[u8], asking: &Asking, facts: &mut Facts) -> Option<Answer> {
        if asking.cost != CostRequest::Silent || asking.min_version > 0 {
            return None;
        }
        let asked = Asked {
            audience: asking.audience(),
            standing: asking.standing(),
            body,
        };
        let recalled = self.recall.get(&asked)?;
        let (kept, version) = self.cache.look(&recalled.answer)?;
        let price = recalled.price;
        // Whoever may not pay so much, or cannot, is told so on the long way.
        let trust = if recalled.facts.trusted {
            Trust::Listed
        } else {
            Trust::Sent
        };
        self.accounts.check_price(price, trust, asking).ok()?;
        let rest = price - SMALLEST_PRICE;
        let charged = self.accounts.charge(asking, rest).ok()?;
        self.metrics.cache_used(CacheUse::Hit);
        *facts = recalled.facts.clone();
        let paid = Paid { price, charged };
        let versioned = Versioned::kept(kept, version, recalled.answer);
        Some(self.settled(paid, versioned, recalled.max_age, asking, facts))
    }
}
