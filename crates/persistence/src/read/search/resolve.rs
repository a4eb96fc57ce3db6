//! Which roles a job title may mean.
//!
//! Candidates are the roles that have the title as a name, and those whose names have its words, the
//! most alike first. Their names are then compared with the title by `search::title`.

use std::collections::{BTreeMap, BTreeSet};

use ::search::document::Column;
use ::search::rank::{Sought, Variant, score};
use ::search::request::{ResolveRequest, TitleMatch};
use ::search::suggest;
use ::search::title::{Name, NameKind, Title, resolve};
use domain::read::RoleParts;
use domain::role::{RoleTitle, TitleKind};

use super::super::{Reads, Result, role, role_tree};
use super::candidates::{Index, profile, write_source};
use super::expression::Expression;
use super::lexicon::{Asked, Lexicon};
use crate::PersistenceError;
use crate::sql::Sql;
use crate::stored::child::TitleRow;

/// So many roles are taken from the index for each of the ways to find them.
const TAKEN: usize = 200;
/// So many candidates are compared with a title.
const COMPARED: usize = 60;
/// So many of the words that a mistyped one may have been meant to be are tried.
const CORRECTIONS: usize = 5;

/// So many words of a title are looked for.
const MOST_WORDS: usize = 8;

/// What a title means less likely than this, it does not mean.
const LEAST_CONFIDENCE: f64 = 0.01;

/// A title with the words that its candidates may have.
pub(super) struct Wanted {
    title: Title,
    text: String,
    /// For each core word those that stand for it.
    words: Vec<BTreeSet<String>>,
}

/// A role with its names.
struct Named {
    key: i64,
    title: String,
    others: Vec<RoleTitle>,
}

impl Named {
    /// The name, or the title in the place of one that is not to be shown.
    fn shown<'n>(&'n self, name: &'n str) -> &'n str {
        let mut others = self.others.iter();
        let hidden = others.any(|other| other.kind == TitleKind::Hidden && other.text == name);
        if hidden { &self.title } else { name }
    }
}

impl Reads {
    /// For every title the roles that it may mean, the likeliest first.
    pub async fn resolve_titles(
        &self,
        request: &ResolveRequest,
        parts: &RoleParts,
    ) -> Result<Vec<Vec<TitleMatch>>> {
        let reads = self.snapshot().await?;
        let mut titles: Vec<Wanted> = request
            .titles
            .iter()
            .map(|title| Wanted::of(title))
            .collect();
        let lexicon = reads.lexicon_of_titles(&mut titles).await?;
        let candidates = reads.candidates(&titles, &lexicon).await?;
        let keys: BTreeSet<i64> = candidates.iter().flatten().copied().collect();
        let named = reads
            .names_of(&keys.into_iter().collect::<Vec<_>>())
            .await?;
        let matched = titles.iter().zip(&candidates).map(|(title, candidates)| {
            let candidates = candidates.iter().filter_map(|key| named.get(key));
            matches(
                title,
                &candidates.collect::<Vec<_>>(),
                &lexicon,
                request.limit,
            )
        });
        let matched: Vec<Vec<Match>> = matched.collect();
        let keys: BTreeSet<i64> = matched.iter().flatten().map(|found| found.key).collect();
        let keys: Vec<i64> = keys.into_iter().collect();
        let trees = reads
            .trees_of_keys(
                &keys,
                |sql| role::select_of_keys(sql, &keys, parts),
                |record| role_tree(record, parts),
            )
            .await?;
        let resolved = matched.into_iter().map(|found| {
            let found = found.into_iter().filter_map(|found| {
                Some(TitleMatch {
                    role: trees.get(&found.key)?.clone(),
                    matched_title: found.name,
                    kind: found.kind,
                    confidence: found.confidence,
                    reasons: found.reasons,
                })
            });
            found.collect()
        });
        Ok(resolved.collect())
    }

    /// What the vocabulary knows of the words of titles; words that it does not know are joined by
    /// what they may have been meant to be.
    async fn lexicon_of_titles(&self, titles: &mut [Wanted]) -> Result<Lexicon> {
        let mut asked = Asked::default();
        for words in titles.iter().flat_map(|title| &title.words) {
            asked.words.extend(words.iter().cloned());
        }
        let mut lexicon = self.look_up(&asked).await?;
        let lists = titles.iter_mut().flat_map(|title| &mut title.words);
        let mut unknown: Vec<&mut BTreeSet<String>> = lists
            .filter(|words| words.iter().all(|word| lexicon.word(word).is_none()))
            .collect();
        let written: BTreeSet<String> = unknown
            .iter()
            .flat_map(|words| words.iter().cloned())
            .collect();
        let typos = self.misspelt(written.iter().map(String::as_str)).await?;
        let mut corrected = Asked::default();
        for words in &mut unknown {
            let near = words.iter().filter_map(|word| typos.get(word)).flatten();
            let mut near: Vec<_> = near.collect();
            near.sort_by_key(|(entry, mistakes)| (*mistakes, std::cmp::Reverse(entry.roles)));
            let near = near
                .into_iter()
                .take(CORRECTIONS)
                .map(|(entry, _)| entry.word.clone());
            let near: Vec<String> = near.collect();
            corrected.words.extend(near.iter().cloned());
            words.extend(near);
        }
        if !corrected.words.is_empty() {
            lexicon.join(self.look_up(&corrected).await?);
        }
        Ok(lexicon)
    }

    /// For every title the keys of the roles whose names come near it.
    async fn candidates(&self, titles: &[Wanted], lexicon: &Lexicon) -> Result<Vec<Vec<i64>>> {
        let mut candidates: Vec<BTreeMap<i64, u32>> =
            titles.iter().map(|_| BTreeMap::new()).collect();
        if titles.is_empty() {
            return Ok(Vec::new());
        }
        let answer = self.answer(|sql| write_candidates(sql, titles)).await?;
        let sought: Vec<Vec<Sought>> = titles.iter().map(|title| title.sought(lexicon)).collect();
        for row in answer.rows.iter() {
            let place = row.integer(0).and_then(|place| usize::try_from(place).ok());
            let (Some(place), Some(key), Some(exact)) = (place, row.integer(1), row.integer(2))
            else {
                continue;
            };
            let (Some(of_title), Some(sought)) = (candidates.get_mut(place), sought.get(place))
            else {
                continue;
            };
            let names = profile(key, row.bytes(3))?.only_titles();
            // Names that are the very title stand before all others.
            let alike = score(&names, sought).thousandths + if exact == 1 { 10_000 } else { 0 };
            let known = of_title.entry(key).or_default();
            *known = alike.max(*known);
        }
        let best = candidates.into_iter().map(|candidates| {
            let mut best: Vec<(i64, u32)> = candidates.into_iter().collect();
            best.sort_by_key(|(key, alike)| (std::cmp::Reverse(*alike), *key));
            best.truncate(COMPARED);
            best.into_iter().map(|(key, _)| key).collect()
        });
        Ok(best.collect())
    }

    async fn names_of(&self, keys: &[i64]) -> Result<BTreeMap<i64, Named>> {
        if keys.is_empty() {
            return Ok(BTreeMap::new());
        }
        let answer = self.answer(|sql| {
            sql.push("SELECT id, title, titles FROM role WHERE ");
            sql.one_of_keys("id", keys);
        });
        let answer = answer.await?;
        let named = answer.rows.iter().map(|row| {
            let key = row.integer(0).unwrap_or_default();
            let titles: Vec<TitleRow<'_>> = serde_json::from_str(row.text(2).unwrap_or("[]"))
                .map_err(|problem| PersistenceError::Corrupt {
                    table: "role",
                    key: key.to_string(),
                    problem: problem.to_string(),
                })?;
            let named = Named {
                key,
                title: row.text(1).unwrap_or_default().to_owned(),
                others: titles.into_iter().map(Into::into).collect(),
            };
            Ok((key, named))
        });
        named.collect()
    }
}

impl Wanted {
    pub(super) fn of(text: &str) -> Self {
        let title = Title::of(text);
        let words = title.lookup().into_iter();
        Self {
            words: words.map(|words| words.into_iter().collect()).collect(),
            text: suggest::prefix(text.trim()),
            title,
        }
    }

    fn sought(&self, lexicon: &Lexicon) -> Vec<Sought> {
        let sought = self.words.iter().map(|words| {
            let known = words.iter().filter_map(|word| lexicon.word(word));
            let variants: Vec<_> = known.collect();
            let roles = variants.iter().map(|entry| entry.roles).max().unwrap_or(0);
            let variants = variants.into_iter().map(|entry| Variant {
                word: entry.id,
                likeness: 1.0,
            });
            Sought {
                variants: variants.collect(),
                weight: Sought::weight(roles, lexicon.roles),
            }
        });
        sought.collect()
    }

    /// What names have to have, the most first: all words, two of them, one of them.
    fn expressions(&self) -> Vec<Expression> {
        let any = |words: &BTreeSet<String>| {
            Expression::Any(words.iter().cloned().map(Expression::Word).collect())
        };
        let words: Vec<Expression> = self.words.iter().take(MOST_WORDS).map(any).collect();
        let pairs = words.iter().enumerate().flat_map(|(at, first)| {
            let behind = words.iter().skip(at + 1);
            behind.map(|second| Expression::All(vec![first.clone(), second.clone()]))
        });
        let pairs: Vec<Expression> = pairs.collect();
        let mut expressions = Vec::new();
        if words.len() > 2 {
            expressions.push(Expression::All(words.clone()));
        }
        if !pairs.is_empty() {
            expressions.push(Expression::Any(pairs));
        }
        if !words.is_empty() {
            expressions.push(Expression::Any(words));
        }
        let in_titles = |expression| Expression::In(Column::Title, Box::new(expression));
        expressions.into_iter().map(in_titles).collect()
    }
}

/// A role that a title may mean, by the key of its row.
struct Match {
    key: i64,
    name: String,
    kind: ::search::title::MatchKind,
    confidence: f64,
    reasons: Vec<String>,
}

fn matches(title: &Wanted, candidates: &[&Named], lexicon: &Lexicon, limit: usize) -> Vec<Match> {
    let mut names = Vec::new();
    for (owner, role) in candidates.iter().enumerate() {
        names.push(Name {
            text: &role.title,
            kind: NameKind::Title,
            owner,
        });
        names.extend(role.others.iter().map(|other| Name {
            text: &other.text,
            kind: NameKind::Alternate,
            owner,
        }));
    }
    let most = f64::from(Sought::weight(1, lexicon.roles));
    let weight = |word: &str| {
        let roles = lexicon.word(word).map_or(1, |entry| entry.roles);
        (f64::from(Sought::weight(roles, lexicon.roles)) / most).clamp(0.05, 1.0)
    };
    let found = resolve(&title.title, &names, &weight)
        .into_iter()
        .take(limit);
    let found = found.filter_map(|candidate| {
        let role = candidates.get(candidate.owner)?;
        // Rounded down, so that confidences still add up to no more than 1.
        let confidence = (candidate.confidence * 1_000.0).floor() / 1_000.0;
        (confidence >= LEAST_CONFIDENCE).then_some(())?;
        Some(Match {
            key: role.key,
            name: role.shown(names.get(candidate.name)?.text).to_owned(),
            kind: candidate.kind,
            confidence,
            reasons: candidate.reasons.iter().map(ToString::to_string).collect(),
        })
    });
    found.collect()
}

/// Writes one statement for the candidates of all titles: the place of the title, the key of the
/// role, whether it has the title as a name, and its profile.
pub(super) fn write_candidates(sql: &mut Sql, titles: &[Wanted]) {
    sql.push("SELECT found.title, found.role_id, found.exact, search_profile.profile FROM (");
    for (place, title) in titles.iter().enumerate() {
        if place > 0 {
            sql.push(" UNION ALL ");
        }
        sql.push(&format!(
            "SELECT * FROM (SELECT CAST({place} AS BIGINT) AS title, owner_id AS role_id, \
             CAST(1 AS BIGINT) AS exact FROM search_start WHERE start = "
        ));
        sql.bind(title.text.as_str());
        sql.push(&format!(
            " AND kind IN ('TITLE', 'ALTERNATE_TITLE') ORDER BY rank LIMIT {TAKEN}) AS named"
        ));
        for expression in title.expressions() {
            sql.push(&format!(
                " UNION ALL SELECT title, role_id, CAST(0 AS BIGINT) AS exact FROM \
                 (SELECT CAST({place} AS BIGINT) AS title, "
            ));
            write_source(sql, Index::Names, Some(&expression));
            sql.push(&format!(" LIMIT {TAKEN}) AS alike"));
        }
    }
    sql.push(") AS found JOIN search_profile ON search_profile.role_id = found.role_id");
}
