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
mod ranked;
mod resolve;
mod show;
mod suggest;

use std::collections::BTreeMap;

use ::search::highlight;
use ::search::request::{Facets, Found, SearchFilter, SearchParts, SearchRequest};
use domain::read::{Count, Edge, Page, page};

use super::record::Record;
use super::{Reads, Result};
use crate::sql::Sql;
use candidates::{Group, Matching, Start};
use expression::Expression;
use facets::Counted;
use few::Near;
use lexicon::Asked;
use meaning::Meaning;
use ranked::{Ranked, behind, ranked};

/// Fewer hits than this are few: then those follow that have not quite what was asked for.
const FEW: usize = 5;

/// What a query looks for.
struct Sense {
    /// All of its words.
    strict: Meaning,
    /// What roles with all words have; nothing when every role will do.
    all: Option<Expression>,
    /// What comes near, when few roles have all words. Filters have no say in that, or facets would
    /// promise other numbers than choosing in them shows.
    near: Option<Near>,
}

impl Sense {
    /// Which roles have all words.
    fn matching<'a>(&'a self, filter: &'a SearchFilter) -> Matching<'a> {
        Matching {
            names: self.all.as_ref(),
            texts: self.all.as_ref(),
            excluded: self.strict.excluded.as_ref(),
            filter,
        }
    }

    /// What is marked in the texts of hits.
    fn highlights(&self) -> highlight::Sought {
        let near = self.near.as_ref().map(|near| &near.meaning);
        near.unwrap_or(&self.strict).highlights()
    }
}

/// The hits of a query that pass its filter.
enum Hits {
    /// All of them, the best first.
    Few(Vec<Ranked>),
    /// The first group of those that have all words.
    Many(Group),
}

impl Reads {
    /// A page of the published roles that answer a query, the best first.
    pub async fn search(&self, request: &SearchRequest, parts: &SearchParts) -> Result<Found> {
        let fingerprint = fingerprint(request);
        let after = request.page.cursor.as_ref();
        let after = after.map(|cursor| Ranked::of_cursor(cursor, fingerprint));
        let after = after.transpose()?;
        let reads = self.snapshot().await?;
        let (sense, hits) = reads.hits(request).await?;
        let (ranked, more) = reads.page_of_hits(request, &sense, &hits, after).await?;
        let (facets, counted) = reads.facets(request, parts, &sense, &hits).await?;
        let total = match counted.filter(|_| parts.total) {
            None if parts.total => Some(reads.total(request, &sense, &hits).await?),
            counted => counted,
        };
        let near = sense.near.as_ref().filter(|_| parts.did_you_mean);
        let did_you_mean = near.and_then(|near| correction::of(request, &near.typos));
        let shown = reads.show(&ranked, parts, sense.highlights()).await?;
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

    /// Finds out what a query looks for, and its hits.
    async fn hits(&self, request: &SearchRequest) -> Result<(Sense, Hits)> {
        let lexicon = self.look_up(&Asked::of(&request.query)).await?;
        let strict = Meaning::new(&request.query, &lexicon, None);
        let mut sense = Sense {
            all: strict.all(),
            strict,
            near: None,
        };
        if sense.strict.nothing {
            return Ok((sense, Hits::Few(Vec::new())));
        }
        let group = self.group(sense.matching(&request.filter), Start::default());
        let group = group.await?;
        if sense.all.is_none() || self.are_many(request, &sense, &group).await? {
            return Ok((sense, Hits::Many(group)));
        }
        let near = self.near(&request.query, &lexicon).await?;
        let few = self.few_hits(&sense.strict, &group, &near, &request.filter);
        let few = few.await?;
        sense.near = Some(near);
        Ok((sense, Hits::Few(few)))
    }

    /// Whether many roles have all words, of which the filter may have left few.
    async fn are_many(
        &self,
        request: &SearchRequest,
        sense: &Sense,
        filtered: &Group,
    ) -> Result<bool> {
        let everything = SearchFilter::default();
        if filtered.roles.len() >= FEW || request.filter == everything {
            return Ok(filtered.roles.len() >= FEW);
        }
        let few = u64::try_from(FEW).unwrap_or(u64::MAX);
        let all = self.count_up_to(sense.matching(&everything), few).await?;
        Ok(all >= few)
    }

    /// How many hits there are.
    async fn total(&self, request: &SearchRequest, sense: &Sense, hits: &Hits) -> Result<Count> {
        let counted = match hits {
            Hits::Few(few) => u64::try_from(few.len()).unwrap_or(u64::MAX),
            Hits::Many(_) => {
                let matching = sense.matching(&request.filter);
                self.count_up_to(matching, page::MAX_COUNT + 1).await?
            }
        };
        Ok(Count::capped(counted))
    }

    /// The hits of the page, and whether more follow.
    async fn page_of_hits(
        &self,
        request: &SearchRequest,
        sense: &Sense,
        hits: &Hits,
        after: Option<Ranked>,
    ) -> Result<(Vec<Ranked>, bool)> {
        let limit = usize::try_from(request.page.limit).unwrap_or(usize::MAX);
        let mut page: Vec<Ranked> = match hits {
            Hits::Few(few) => behind(few, after).collect(),
            Hits::Many(first) => {
                let matching = sense.matching(&request.filter);
                let groups = self.page_of_groups(matching, &sense.strict, first, after, limit);
                groups.await?
            }
        };
        let more = page.len() > limit;
        page.truncate(limit);
        Ok((page, more))
    }

    /// The hits behind one of them, group after group, until there are more than `limit`.
    async fn page_of_groups(
        &self,
        matching: Matching<'_>,
        meaning: &Meaning,
        first: &Group,
        after: Option<Ranked>,
        limit: usize,
    ) -> Result<Vec<Ranked>> {
        let sought = meaning.sought();
        let mut page = Vec::new();
        let mut next = Some(after.map(|after| after.start).unwrap_or_default());
        while let Some(start) = next.filter(|_| page.len() <= limit) {
            let read;
            let group = if first.start == start {
                first
            } else {
                read = self.group(matching, start).await?;
                &read
            };
            let after = after.filter(|after| after.start == start);
            page.extend(behind(&ranked(group, &sought), after));
            next = group.next;
        }
        Ok(page)
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
        sense: &Sense,
        hits: &Hits,
    ) -> Result<(Facets, Option<Count>)> {
        let mut facets = Facets::default();
        let mut of_hits = None;
        for same in facets::grouped(&parts.facets, &request.filter) {
            let is_own = same.filter == request.filter;
            let keys: Vec<i64>;
            let counted = match hits {
                Hits::Many(_) => Counted::Matching(sense.matching(&same.filter)),
                Hits::Few(few) if is_own => {
                    keys = few.iter().map(|role| role.key).collect();
                    Counted::Keys(&keys)
                }
                Hits::Few(_) => {
                    keys = self.keys_of_few(sense, &same.filter).await?;
                    Counted::Keys(&keys)
                }
            };
            let counted = self.add_facets(&mut facets, &same, counted, &parts.facets);
            let counted = counted.await?;
            if is_own {
                of_hits = Some(counted);
            }
        }
        Ok((facets, of_hits))
    }

    /// The keys of the hits that pass another filter, for a query that has few hits.
    async fn keys_of_few(&self, sense: &Sense, filter: &SearchFilter) -> Result<Vec<i64>> {
        let Some(near) = &sense.near else {
            return Ok(Vec::new());
        };
        let group = self.group(sense.matching(filter), Start::default()).await?;
        let few = self.few_hits(&sense.strict, &group, near, filter).await?;
        Ok(few.into_iter().map(|role| role.key).collect())
    }
}

/// Tells lists of hits apart, so that cursors are not mixed up.
fn fingerprint(request: &SearchRequest) -> u64 {
    let (query, filter) = (request.query.description(), &request.filter);
    page::fingerprint(&format!("search {query} {filter:?}"))
}
