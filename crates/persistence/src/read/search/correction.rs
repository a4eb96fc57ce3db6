//! A better spelling of a query that finds little.

use std::cmp::Reverse;

use ::search::query::{Wanted, with_words_replaced};
use ::search::request::SearchRequest;
use ::search::typo;

use super::lexicon::Typos;

/// The query with every word that no role has replaced by the nearest one that roles have, of
/// several equally near ones that which most roles have; `None` when nothing can be replaced.
pub(super) fn of(request: &SearchRequest, typos: &Typos) -> Option<String> {
    let replaced = request.query.wanted().filter_map(|term| {
        let Wanted::Word { text, parts } = &term.wanted else {
            return None;
        };
        let near = typos.get(text).filter(|_| parts.is_empty())?;
        let (nearest, _) = near.iter().min_by_key(|(entry, mistakes)| {
            // Words that are near by their stems alone stand behind.
            let by_stem = typo::distance(text, &entry.word, *mistakes).is_none();
            (*mistakes, by_stem, Reverse(entry.roles), &entry.word)
        })?;
        Some((term.span.clone(), nearest.word.clone()))
    });
    let replaced: Vec<_> = replaced.collect();
    (!replaced.is_empty()).then(|| with_words_replaced(&request.text, &replaced))
}
