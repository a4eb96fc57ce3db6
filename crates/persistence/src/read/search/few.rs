//! Hits where few roles have all words: behind them follow those that come near.

use std::collections::BTreeMap;

use ::search::rank::{Score, score};
use ::search::request::{SearchFilter, SearchRequest};

use super::super::{Reads, Result};
use super::candidates::{Group, Matching, Start};
use super::lexicon::{Lexicon, Typos};
use super::meaning::Meaning;
use super::near::Others;
use super::{Ranked, all_words};

/// Which share of the query, by weight, another role must have at least.
const ENOUGH: f32 = 0.25;

impl Reads {
    /// The few roles that have all words, and those behind them that come near.
    pub(super) async fn few_hits(
        &self,
        request: &SearchRequest,
        filter: &SearchFilter,
        lexicon: &Lexicon,
        meaning: &Meaning,
        strict: &Group,
    ) -> Result<(Meaning, Vec<Ranked>)> {
        let (others, lexicon) = self.others(&request.query, lexicon).await?;
        let broad = Meaning::new(&request.query, &lexicon, Some(&others));
        let without_typos = Others {
            typos: Typos::default(),
            ..others
        };
        let plain = Meaning::new(&request.query, &lexicon, Some(&without_typos));
        let mut roles = strict.roles.clone();
        if let Some((names, texts)) = broad.some() {
            let matching = Matching {
                names: Some(&names),
                texts: Some(&texts),
                excluded: broad.excluded.as_ref(),
                filter,
            };
            roles.extend(self.group(matching, Start::default()).await?.roles);
        }
        let exact = meaning.sought();
        let strict_scores = strict.roles.iter();
        let strict_scores: BTreeMap<i64, u32> = strict_scores
            .map(|(key, profile)| (*key, all_words(score(profile, &exact))))
            .collect();
        let lowest = strict_scores.values().min().copied().unwrap_or(u32::MAX);
        let (near, plain) = (broad.sought(), plain.sought());
        let ranked = roles.iter().filter_map(|(key, profile)| {
            let score = match strict_scores.get(key) {
                Some(score) => *score,
                None => some_words(score(profile, &near), score(profile, &plain), lowest)?,
            };
            Some(Ranked {
                key: *key,
                start: Start::default(),
                score,
            })
        });
        let mut ranked: Vec<Ranked> = ranked.collect();
        ranked.sort_unstable_by_key(|role| role.place());
        Ok((broad, ranked))
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
