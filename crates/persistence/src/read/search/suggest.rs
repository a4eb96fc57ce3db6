//! Names that somebody may be typing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use ::search::request::{NameKind, Named, SuggestParts, SuggestRequest, Suggestion};
use ::search::suggest;
use domain::read::{CategoryTree, RoleTree, SkillTree};

use super::super::{Reads, Result, category, category_tree, role, role_tree, skill, skill_tree};
use crate::sql::Sql;
use crate::write::{bands, stored_kind};

/// So many rows are looked at for each suggestion, because several roles may have one name.
const ROWS_PER_SUGGESTION: usize = 8;
/// Prefixes up to so many characters have an index by rank.
const SHORT: usize = 3;

/// A name and the key of what it names.
#[derive(Clone, Debug)]
struct Start {
    kind: NameKind,
    owner: i64,
    rank: i64,
    /// The name from one of its words on.
    from: String,
    text: String,
    /// How many things of the kind have the name.
    shared: usize,
}

impl Reads {
    /// The names of roles, skills and categories that begin like a text, or have a word that does.
    pub async fn suggest(
        &self,
        request: &SuggestRequest,
        parts: &SuggestParts,
    ) -> Result<Vec<Suggestion>> {
        let prefix = suggest::prefix(&request.typed);
        if prefix.is_empty() || request.limit == 0 {
            return Ok(Vec::new());
        }
        let reads = self.snapshot().await?;
        let rows = request.limit * ROWS_PER_SUGGESTION;
        let starts = reads.read_starts(|sql| write_starts(sql, &prefix, rows));
        let mut starts = best(starts.await?);
        starts.truncate(request.limit);
        reads.named(starts, parts).await
    }

    async fn read_starts(&self, write: impl FnOnce(&mut Sql)) -> Result<Vec<Start>> {
        let answer = self.answer(write).await?;
        let starts = answer.rows.iter().filter_map(|row| {
            Some(Start {
                kind: stored_kind(row.text(0)?)?,
                owner: row.integer(1)?,
                rank: row.integer(2)?,
                from: row.text(3)?.to_owned(),
                text: row.text(4)?.to_owned(),
                shared: 1,
            })
        });
        Ok(starts.collect())
    }

    /// The suggestions with what they name; what is not there any more is left out.
    async fn named(&self, starts: Vec<Start>, parts: &SuggestParts) -> Result<Vec<Suggestion>> {
        let keys = |kinds: &[NameKind]| {
            let of_kind = starts.iter().filter(|start| kinds.contains(&start.kind));
            let keys: BTreeSet<i64> = of_kind.map(|start| start.owner).collect();
            keys.into_iter().collect::<Vec<_>>()
        };
        let roles = keys(&[NameKind::Title, NameKind::AlternateTitle]);
        let roles = self.roles_of_keys(&roles, parts).await?;
        let skills = self
            .skills_of_keys(&keys(&[NameKind::Skill]), parts)
            .await?;
        let categories = self
            .categories_of_keys(&keys(&[NameKind::Category]), parts)
            .await?;
        let suggestions = starts.into_iter().filter_map(|start| {
            let named = match start.kind {
                NameKind::Title | NameKind::AlternateTitle => {
                    Named::Role(Box::new(roles.get(&start.owner)?.clone()))
                }
                NameKind::Skill => Named::Skill(Box::new(skills.get(&start.owner)?.clone())),
                NameKind::Category => {
                    Named::Category(Box::new(categories.get(&start.owner)?.clone()))
                }
            };
            Some(Suggestion {
                kind: start.kind,
                text: start.text,
                named,
            })
        });
        Ok(suggestions.collect())
    }

    async fn roles_of_keys(
        &self,
        keys: &[i64],
        parts: &SuggestParts,
    ) -> Result<BTreeMap<i64, RoleTree>> {
        let wanted = &parts.role;
        self.trees_of_keys(
            keys,
            |sql| role::select_of_keys(sql, keys, wanted),
            |record| role_tree(record, wanted),
        )
        .await
    }

    async fn skills_of_keys(
        &self,
        keys: &[i64],
        parts: &SuggestParts,
    ) -> Result<BTreeMap<i64, SkillTree>> {
        let wanted = &parts.skill;
        self.trees_of_keys(
            keys,
            |sql| skill::select_of_keys(sql, keys, wanted),
            |record| skill_tree(record, wanted),
        )
        .await
    }

    async fn categories_of_keys(
        &self,
        keys: &[i64],
        parts: &SuggestParts,
    ) -> Result<BTreeMap<i64, CategoryTree>> {
        let wanted = &parts.category;
        self.trees_of_keys(
            keys,
            |sql| category::select_of_keys(sql, keys, wanted),
            |record| category_tree(record, wanted),
        )
        .await
    }
}

/// The best name of each kind and spelling, in their order: by rank, then by how many things have
/// the name, then by the name.
fn best(starts: Vec<Start>) -> Vec<Start> {
    let mut by_name: BTreeMap<(NameKind, String), Start> = BTreeMap::new();
    for start in starts {
        let name = (start.kind, start.text.clone());
        by_name
            .entry(name)
            .and_modify(|known| {
                known.shared += usize::from(known.owner != start.owner);
                if start.rank < known.rank {
                    known.rank = start.rank;
                }
            })
            .or_insert(start);
    }
    let mut starts: Vec<Start> = by_name.into_values().collect();
    starts.sort_by(|a, b| {
        let place = |start: &Start| (start.rank, std::cmp::Reverse(start.shared));
        place(a)
            .cmp(&place(b))
            .then_with(|| a.from.cmp(&b.from))
            .then_with(|| a.text.cmp(&b.text))
    });
    starts
}

/// Writes the statement for the best names that begin like this.
pub(super) fn write_starts(sql: &mut Sql, prefix: &str, rows: usize) {
    let length = prefix.chars().count().min(SHORT);
    let short: String = prefix.chars().take(length).collect();
    if prefix == short {
        return write_band(sql, &short, length, None, rows);
    }
    // Within one rank names are in the order of texts, so that the range of a longer prefix is one
    // of the index as well.
    for (place, band) in bands().enumerate() {
        if place > 0 {
            sql.push(" UNION ALL ");
        }
        sql.push("SELECT * FROM (");
        write_band(sql, &short, length, Some((prefix, band)), rows);
        sql.push(&format!(") AS band_{place}"));
    }
}

/// Writes the best names within a range of ranks, or among all.
fn write_band(
    sql: &mut Sql,
    short: &str,
    length: usize,
    within: Option<(&str, RangeInclusive<i64>)>,
    rows: usize,
) {
    sql.push(&format!(
        "SELECT kind, owner_id, rank, start, text FROM search_start \
         WHERE SUBSTR(start, 1, {length}) = "
    ));
    sql.bind(short);
    if let Some((prefix, ranks)) = within {
        let (lowest, highest) = ranks.into_inner();
        if lowest == highest {
            sql.push(&format!(" AND rank = {lowest}"));
        } else {
            sql.push(&format!(" AND rank BETWEEN {lowest} AND {highest}"));
        }
        sql.push(" AND start >= ");
        sql.bind(prefix);
        sql.push(" AND start < ");
        sql.bind(format!("{prefix}{}", char::MAX));
    }
    sql.push(&format!(" ORDER BY rank, start LIMIT {rows}"));
}
