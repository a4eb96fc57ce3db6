//! Hits where few roles have all words: behind them follow those that come near.

use std::collections::BTreeMap;

use ::search::query::Query;
use ::search::rank::{Score, score};
use ::search::request::SearchFilter;

use super::super::{Reads, Result};
use super::candidates::{Group, Matching, Start};
use super::lexicon::{Lexicon, Typos};
use super::meaning::Meaning;
use super::near::Others;
use super::ranked::{Ranked, all_words};

/// Which share of the query, by weight, another role must have at least.
const ENOUGH: f32 = 0.25;

/// What a query looks for when few roles have all of its words.
#[derive(Debug)]
pub(super) struct Near {
    /// With everything that may stand for its words.
    pub(super) meaning: Meaning,
    /// The same without typing mistakes.
    without_typos: Meaning,
    /// What its words may have been meant to be.
    pub(super) typos: Typos,
}

impl Near {
    fn new(query: &Query, lexicon: &Lexicon, others: Others) -> Self {
        let meaning = Meaning::new(query, lexicon, Some(&others));
        let Others { unknown, typos } = others;
        let plain = Others {
            unknown,
            typos: Typos::default(),
        };
        Self {
            meaning,
            without_typos: Meaning::new(query, lexicon, Some(&plain)),
            typos,
        }
    }
}

impl Reads {
    /// What a query looks for when few roles have all of its words.
    pub(super) async fn near(&self, query: &Query, lexicon: &Lexicon) -> Result<Near> {
        let (others, lexicon) = self.others(query, lexicon).await?;
        Ok(Near::new(query, &lexicon, others))
    }

    /// The few roles that have all words, and those behind them that come near.
    pub(super) async fn few_hits(
        &self,
        strict: &Meaning,
        all: &Group,
        near: &Near,
        filter: &SearchFilter,
    ) -> Result<Vec<Ranked>> {
        let mut roles = all.roles.clone();
        if let Some((names, texts)) = near.meaning.some() {
            let matching = Matching {
                names: Some(&names),
                texts: Some(&texts),
                excluded: near.meaning.excluded.as_ref(),
                filter,
            };
            roles.extend(self.group(matching, Start::default()).await?.roles);
        }
        let exact = strict.sought();
        let with_all = all.roles.iter();
        let with_all: BTreeMap<i64, u32> = with_all
            .map(|(key, profile)| (*key, all_words(score(profile, &exact))))
            .collect();
        let lowest = with_all.values().min().copied().unwrap_or(u32::MAX);
        let (broad, plain) = (near.meaning.sought(), near.without_typos.sought());
        let ranked = roles.iter().filter_map(|(key, profile)| {
            let score = match with_all.get(key) {
                Some(score) => *score,
                None => some_words(score(profile, &broad), score(profile, &plain), lowest)?,
            };
            Some(Ranked {
                key: *key,
                start: Start::default(),
                score,
            })
        });
        let mut ranked: Vec<Ranked> = ranked.collect();
        ranked.sort_unstable_by_key(|role| role.place());
        Ok(ranked)
    }
}

/// The score of another one, less the less it has; `None` when that is too little. One that only
/// has what may be a mistyped word stays below `lowest`, the lowest score of those with all words.
fn some_words(near: Score, without_typos: Score, lowest: u32) -> Option<u32> {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a coverage lies between 0 and 1"
    )]
    let percent = (40.0 + 60.0 * near.coverage) as u32;
    let score = near.thousandths * percent / 100;
    let mistyped = without_typos.covered < near.covered;
    let score = if mistyped {
        score.min(lowest.saturating_sub(1))
    } else {
        score
    };
    (near.coverage >= ENOUGH).then_some(score)
}
