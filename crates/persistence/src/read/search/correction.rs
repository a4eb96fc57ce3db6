//! A better spelling of a query that finds little.

use std::cmp::Reverse;

use ::search::query::{Wanted, with_words_replaced};
use ::search::request::SearchRequest;
use ::search::typo;

use super::super::{Reads, Result};
use super::lexicon::Lexicon;

impl Reads {
    /// The query with every word that no role has replaced by the nearest one that roles have, of
    /// several equally near ones that which most roles have; `None` when nothing can be replaced.
    pub(super) async fn correction(
        &self,
        request: &SearchRequest,
        lexicon: &Lexicon,
    ) -> Result<Option<String>> {
        let unknown = request
            .query
            .wanted()
            .filter_map(|term| match &term.wanted {
                Wanted::Word { text, parts } if lexicon.lacks(text) && parts.is_empty() => {
                    Some((term.span.clone(), text.as_str()))
                }
                _ => None,
            });
        let unknown: Vec<_> = unknown.collect();
        let near = self.misspelt(unknown.iter().map(|(_, word)| *word)).await?;
        let replaced = unknown.into_iter().filter_map(|(span, word)| {
            let nearest = near.get(word)?.iter().min_by_key(|(entry, mistakes)| {
                // Words that are near by their stems alone stand behind.
                let by_stem = typo::distance(word, &entry.word, *mistakes).is_none();
                (*mistakes, by_stem, Reverse(entry.roles), &entry.word)
            })?;
            Some((span, nearest.0.word.clone()))
        });
        let replaced: Vec<_> = replaced.collect();
        Ok((!replaced.is_empty()).then(|| with_words_replaced(&request.text, &replaced)))
    }
}
