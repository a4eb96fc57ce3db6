//! Searching: which roles answer a query, how well, and what they have in common.
//!
//! The engine says which roles have the words ([`expression`], [`candidates`]), we say how well they
//! answer: the vocabulary tells what the words stand for ([`lexicon`], [`meaning`]), and ranking looks
//! at the profile of every candidate. Where few roles have all the words, those follow that have
//! most of them, or words that may be meant. The number of statements does not depend on the number
//! of roles, and all of them see one state of the catalogue.

mod candidates;
mod correction;
mod expression;
mod facets;
mod few;
mod lexicon;
mod meaning;
mod near;
#[cfg(test)]
pub(super) mod plan;
mod resolve;
mod show;
mod suggest;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ::search::rank::{Score, score};
use ::search::request::{Facets, Found, SearchFilter, SearchParts, SearchRequest};
use domain::read::{Count, Cursor, Edge, Page, page};

use super::record::Record;
use super::{Reads, Result};
use crate::PersistenceError;
use crate::sql::Sql;
use candidates::{Group, Matching, Start};
use expression::Expression;
use facets::Counted;
use lexicon::{Asked, Lexicon};
use meaning::Meaning;

/// Fewer hits than this are few: then those follow that have not quite what was asked for.
const FEW: usize = 5;
/// A role among the hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ranked {
    key: i64,
    /// Where its group begins.
    start: Start,
    score: u32,
}

impl Ranked {
    /// What orders the roles of a group: the score, then the key.
    fn place(self) -> (Reverse<u32>, i64) {
        (Reverse(self.score), self.key)
    }

    fn cursor(self, fingerprint: u64) -> Cursor {
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

    fn of_cursor(cursor: &Cursor, fingerprint: u64) -> Result<Self> {
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

/// The hits of a query, whatever the page.
struct Hits {
    meaning: Meaning,
    /// All of them, when they are few.
    few: Option<Vec<Ranked>>,
    /// The first group, when they are many.
    first: Option<Group>,
}

impl Reads {
    /// A page of the published roles that answer a query, the best first.
    pub async fn search(&self, request: &SearchRequest, parts: &SearchParts) -> Result<Found> {
        let fingerprint = fingerprint(request);
        let after = request.page.cursor.as_ref();
        let after = after.map(|cursor| Ranked::of_cursor(cursor, fingerprint));
        let after = after.transpose()?;
        let reads = self.snapshot().await?;
        let lexicon = reads.look_up(&Asked::of(&request.query)).await?;
        let hits = reads.hits(request, &request.filter, &lexicon).await?;
        let (ranked, more) = reads.page_of_hits(request, &hits, after).await?;
        let (facets, counted) = reads.facets(request, parts, &lexicon, &hits).await?;
        let total = match counted.filter(|_| parts.total) {
            None if parts.total => Some(reads.total(&hits, &request.filter).await?),
            counted => counted,
        };
        let did_you_mean = match (&hits.few, parts.did_you_mean) {
            (Some(_), true) => reads.correction(request, &lexicon).await?,
            _ => None,
        };
        let marked = hits.meaning.highlights();
        let shown = reads.show(&ranked, parts, marked).await?;
        let edges = shown.into_iter().map(|(ranked, node)| Edge {
            cursor: ranked.cursor(fingerprint),
            node,
        });
        Ok(Found {
            hits: Page {
                edges: edges.collect(),
                has_next: more,
                has_previous: after.is_some(),
                total,
            },
            facets,
            did_you_mean,
        })
    }

    /// How many hits there are.
    async fn total(&self, hits: &Hits, filter: &SearchFilter) -> Result<Count> {
        if let Some(few) = &hits.few {
            return Ok(Count::capped(u64::try_from(few.len()).unwrap_or(u64::MAX)));
        }
        let all = hits.meaning.all();
        let matching = matching(all.as_ref(), &hits.meaning, filter);
        Ok(Count::capped(
            self.count_up_to(matching, page::MAX_COUNT + 1).await?,
        ))
    }

    /// Finds the hits: the first group of those that have all words, or all hits when they are few.
    async fn hits(
        &self,
        request: &SearchRequest,
        filter: &SearchFilter,
        lexicon: &Lexicon,
    ) -> Result<Hits> {
        let meaning = Meaning::new(&request.query, lexicon, None);
        if meaning.nothing {
            return Ok(Hits {
                meaning,
                few: Some(Vec::new()),
                first: None,
            });
        }
        let all = meaning.all();
        let first = self.group(matching(all.as_ref(), &meaning, filter), Start::default());
        let first = first.await?;
        let enough = first.roles.len() >= FEW || first.next.is_some() || all.is_none();
        if enough || self.are_many(all.as_ref(), &meaning, filter).await? {
            return Ok(Hits {
                meaning,
                few: None,
                first: Some(first),
            });
        }
        let (meaning, few) = self
            .few_hits(request, filter, lexicon, &meaning, &first)
            .await?;
        Ok(Hits {
            meaning,
            few: Some(few),
            first: None,
        })
    }

    /// Whether many roles have all words, of which a filter may leave few. Filters do not decide what
    /// is a hit, or facets would promise other numbers than choosing in them shows.
    async fn are_many(
        &self,
        all: Option<&Expression>,
        meaning: &Meaning,
        filter: &SearchFilter,
    ) -> Result<bool> {
        let everything = SearchFilter::default();
        if *filter == everything {
            return Ok(false);
        }
        let matching = matching(all, meaning, &everything);
        let few = u64::try_from(FEW).unwrap_or(u64::MAX);
        Ok(self.count_up_to(matching, few).await? >= few)
    }

    /// The hits of the page, and whether more follow.
    async fn page_of_hits(
        &self,
        request: &SearchRequest,
        hits: &Hits,
        after: Option<Ranked>,
    ) -> Result<(Vec<Ranked>, bool)> {
        let limit = usize::try_from(request.page.limit).unwrap_or(usize::MAX);
        let mut page = Vec::new();
        if let Some(few) = &hits.few {
            page.extend(behind(few, after));
        } else {
            let all = hits.meaning.all();
            let matching = matching(all.as_ref(), &hits.meaning, &request.filter);
            let sought = hits.meaning.sought();
            let start = after.map(|after| after.start).unwrap_or_default();
            let mut next = Some(start);
            while let Some(start) = next.filter(|_| page.len() <= limit) {
                let group = match &hits.first {
                    Some(first) if first.start == start => Ok(None),
                    _ => self.group(matching, start).await.map(Some),
                }?;
                let Some(group) = group.as_ref().or(hits.first.as_ref()) else {
                    break;
                };
                let after = after.filter(|after| after.start == start);
                page.extend(behind(&ranked(group, &sought), after));
                next = group.next;
            }
        }
        let more = page.len() > limit;
        page.truncate(limit);
        Ok((page, more))
    }

    /// Entities by the keys of their rows.
    async fn trees_of_keys<T>(
        &self,
        keys: &[i64],
        write: impl FnOnce(&mut Sql),
        decode: impl Fn(Record<'_>) -> Result<T>,
    ) -> Result<BTreeMap<i64, T>> {
        if keys.is_empty() {
            return Ok(BTreeMap::new());
        }
        let answer = self.answer(write).await?;
        let trees = answer.records().filter_map(|record| {
            let key = record.key()?;
            Some(decode(record).map(|tree| (key, tree)))
        });
        trees.collect()
    }

    /// The facets, and how many hits there are, if that was counted on the way.
    async fn facets(
        &self,
        request: &SearchRequest,
        parts: &SearchParts,
        lexicon: &Lexicon,
        hits: &Hits,
    ) -> Result<(Facets, Option<Count>)> {
        let mut facets = Facets::default();
        let mut of_hits = None;
        for same in facets::grouped(&parts.facets, &request.filter) {
            let other;
            let hits = if same.filter == request.filter {
                hits
            } else {
                other = self.hits(request, &same.filter, lexicon).await?;
                &other
            };
            let all = hits.meaning.all();
            let keys: Vec<i64>;
            let counted = if let Some(few) = &hits.few {
                keys = few.iter().map(|role| role.key).collect();
                Counted::Keys(&keys)
            } else {
                Counted::Matching(matching(all.as_ref(), &hits.meaning, &same.filter))
            };
            let counted = self.add_facets(&mut facets, &same, counted, &parts.facets);
            let counted = counted.await?;
            if same.filter == request.filter {
                of_hits = Some(counted);
            }
        }
        Ok((facets, of_hits))
    }
}

/// Tells lists of hits apart, so that cursors are not mixed up.
fn fingerprint(request: &SearchRequest) -> u64 {
    let (query, filter) = (request.query.description(), &request.filter);
    page::fingerprint(&format!("search {query} {filter:?}"))
}

fn matching<'a>(
    all: Option<&'a Expression>,
    meaning: &'a Meaning,
    filter: &'a SearchFilter,
) -> Matching<'a> {
    Matching {
        names: all,
        texts: all,
        excluded: meaning.excluded.as_ref(),
        filter,
    }
}

/// The roles of a group that has all words, the best first.
fn ranked(group: &Group, sought: &[::search::rank::Sought]) -> Vec<Ranked> {
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
fn behind(ranked: &[Ranked], after: Option<Ranked>) -> impl Iterator<Item = Ranked> {
    let ranked = ranked.iter().copied();
    ranked.filter(move |role| after.is_none_or(|after| role.place() > after.place()))
}

/// What a role that has all words is worth more.
const ALL_WORDS: u32 = 250;

/// The score of a role that has all words.
fn all_words(score: Score) -> u32 {
    score.thousandths + ALL_WORDS
}
