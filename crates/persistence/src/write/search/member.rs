//! Skills and categories as suggestions: how many roles have each, and what they are found by.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use search::request::NameKind;
use search::suggest;

use super::super::{ROWS_PER_STATEMENT, Result, Transaction};
use super::vocabulary::Growth;

const KINDS: [NameKind; 4] = [
    NameKind::Title,
    NameKind::AlternateTitle,
    NameKind::Skill,
    NameKind::Category,
];

/// How a kind of name is stored.
pub(crate) const fn kind_text(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Title => "TITLE",
        NameKind::AlternateTitle => "ALTERNATE_TITLE",
        NameKind::Skill => "SKILL",
        NameKind::Category => "CATEGORY",
    }
}

/// The kind of name that is stored like this.
pub(crate) fn stored_kind(text: &str) -> Option<NameKind> {
    KINDS.into_iter().find(|kind| kind_text(*kind) == text)
}

/// What a name that has inside what is typed stands behind those that begin with it.
const INSIDE: i64 = 1_000;
/// How far the kinds of names stand apart.
const KIND: i64 = 100;
/// The rank of a name of the first kind that one role has.
const ONE_ROLE: i64 = 63;

/// Where the kind of a name stands among others.
const fn kind_rank(kind: NameKind) -> i64 {
    let place = match kind {
        NameKind::Title => 0,
        NameKind::AlternateTitle => 1,
        NameKind::Skill => 2,
        NameKind::Category => 3,
    };
    place * KIND
}

/// Where a name stands among others; smaller is better. Names that begin with what is typed come
/// before those that have it inside, then the kind decides, then how many roles have the thing, by
/// powers of two.
fn rank(kind: NameKind, inside: bool, roles: i64) -> i64 {
    let inside = i64::from(inside) * INSIDE;
    inside + kind_rank(kind) + ONE_ROLE - i64::from(magnitude(roles))
}

/// The ranks that names may have, kind by kind: of those that begin with what is typed, then of
/// those that have it inside. The names of a role have one rank, because one role has them.
pub(crate) fn bands() -> impl Iterator<Item = RangeInclusive<i64>> {
    [0, INSIDE].into_iter().flat_map(|inside| {
        KINDS.into_iter().map(move |kind| {
            let last = inside + kind_rank(kind) + ONE_ROLE;
            match kind {
                NameKind::Title | NameKind::AlternateTitle => last..=last,
                NameKind::Skill | NameKind::Category => last - ONE_ROLE..=last,
            }
        })
    })
}

/// The power of two below a number.
fn magnitude(roles: i64) -> u32 {
    roles.max(1).ilog2()
}

/// A name to be found from each of its words.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) kind: NameKind,
    pub(super) owner: i64,
    pub(super) text: String,
    /// How many roles have it.
    pub(super) roles: i64,
}

impl Transaction {
    /// Counts skills or categories of roles anew, where these have more or fewer of them now.
    pub(super) async fn grow_members(&self, kind: NameKind, growth: &Growth) -> Result<()> {
        let grown: Vec<i64> = growth
            .iter()
            .filter(|(_, by)| **by != 0)
            .map(|(key, _)| *key)
            .collect();
        for chunk in grown.chunks(ROWS_PER_STATEMENT) {
            let before = self.load_members(kind, chunk).await?;
            let count = |key: &i64| before.get(key).copied().unwrap_or(0);
            let after = |key: &i64| count(key) + growth.get(key).copied().unwrap_or(0);
            let written = self.run(|sql| {
                sql.push("INSERT INTO search_member (kind, owner_id, roles) VALUES ");
                sql.separated(chunk, |sql, key| {
                    sql.push(&format!(
                        "('{}', {key}, {})",
                        kind_text(kind),
                        after(key).max(0)
                    ));
                });
                sql.push(" ON CONFLICT (kind, owner_id) DO UPDATE SET roles = excluded.roles");
            });
            written.await?;
            let moved = chunk.iter().copied().filter(|key| {
                let (before, after) = (count(key), after(key));
                (before > 0) != (after > 0) || magnitude(before) != magnitude(after)
            });
            let moved: Vec<i64> = moved.collect();
            self.delete_names(kind, &moved).await?;
            let shown: Vec<i64> = moved.into_iter().filter(|key| after(key) > 0).collect();
            let mut names = self.load_names(kind, &shown).await?;
            for name in &mut names {
                name.roles = after(&name.owner);
            }
            self.insert_names(&names).await?;
        }
        Ok(())
    }

    /// Lets a skill or category be found by the name that it has now.
    pub(in super::super) async fn rename_member(&self, kind: NameKind, key: i64) -> Result<()> {
        let counts = self.load_members(kind, &[key]).await?;
        let roles = counts.get(&key).copied().unwrap_or(0);
        self.delete_names(kind, &[key]).await?;
        if roles == 0 {
            return Ok(());
        }
        let mut names = self.load_names(kind, &[key]).await?;
        for name in &mut names {
            name.roles = roles;
        }
        self.insert_names(&names).await
    }

    /// Forgets a skill or category that no role has.
    pub(in super::super) async fn delete_member(&self, kind: NameKind, key: i64) -> Result<()> {
        self.delete_names(kind, &[key]).await?;
        self.run(|sql| {
            sql.push(&format!(
                "DELETE FROM search_member WHERE kind = '{}' AND owner_id = {key}",
                kind_text(kind)
            ));
        })
        .await
    }

    async fn load_members(&self, kind: NameKind, owners: &[i64]) -> Result<BTreeMap<i64, i64>> {
        let rows = self.rows(|sql| {
            sql.push(&format!(
                "SELECT owner_id, roles FROM search_member WHERE kind = '{}' AND ",
                kind_text(kind)
            ));
            sql.one_of_keys("owner_id", owners);
        });
        let rows = rows.await?;
        let members = rows
            .iter()
            .filter_map(|row| Some((row.integer(0)?, row.integer(1)?)));
        Ok(members.collect())
    }

    async fn load_names(&self, kind: NameKind, owners: &[i64]) -> Result<Vec<Name>> {
        if owners.is_empty() {
            return Ok(Vec::new());
        }
        let table = if kind == NameKind::Skill {
            "skill"
        } else {
            "category"
        };
        let rows = self.rows(|sql| {
            sql.push(&format!("SELECT id, name FROM {table} WHERE "));
            sql.one_of_keys("id", owners);
        });
        let rows = rows.await?;
        let names = rows.iter().filter_map(|row| {
            Some(Name {
                kind,
                owner: row.integer(0)?,
                text: row.text(1)?.to_owned(),
                roles: 0,
            })
        });
        Ok(names.collect())
    }

    pub(super) async fn delete_names(&self, kind: NameKind, owners: &[i64]) -> Result<()> {
        if owners.is_empty() {
            return Ok(());
        }
        self.run(|sql| {
            sql.push(&format!(
                "DELETE FROM search_start WHERE kind = '{}' AND ",
                kind_text(kind)
            ));
            sql.one_of_keys("owner_id", owners);
        })
        .await
    }

    /// Adds names that stand one after the other by kind and owner.
    pub(super) async fn insert_names(&self, names: &[Name]) -> Result<()> {
        let mut rows = Vec::new();
        let mut place = (None, 0_i64);
        for Name {
            kind,
            owner,
            text,
            roles,
        } in names
        {
            if place.0 != Some((*kind, *owner)) {
                place = (Some((*kind, *owner)), 0);
            }
            for (word, start) in suggest::starts(text).into_iter().enumerate() {
                let rank = rank(*kind, word > 0, *roles);
                rows.push((*kind, *owner, place.1, start, rank, text));
                place.1 += 1;
            }
        }
        for chunk in rows.chunks(ROWS_PER_STATEMENT) {
            let inserted = self.run(|sql| {
                sql.push(
                    "INSERT INTO search_start (kind, owner_id, position, start, rank, text) VALUES ",
                );
                sql.separated(chunk, |sql, (kind, owner, position, start, rank, text)| {
                    sql.push(&format!("('{}', {owner}, {position}, ", kind_text(*kind)));
                    sql.bind(start.as_str());
                    sql.push(&format!(", {rank}, "));
                    sql.bind(text.as_str());
                    sql.push(")");
                });
            });
            inserted.await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rank_lies_in_the_band_of_its_kind() {
        let bands: Vec<_> = bands().collect();
        assert!(bands.is_sorted_by(|one, next| one.end() < next.start()));
        for (at, kind) in KINDS.into_iter().enumerate() {
            let of_roles = matches!(kind, NameKind::Title | NameKind::AlternateTitle);
            for roles in [1, 2, 1_000, i64::MAX] {
                // Each name of a role is of one role.
                let roles = if of_roles { 1 } else { roles };
                for (inside, band) in [(false, &bands[at]), (true, &bands[at + KINDS.len()])] {
                    assert!(
                        band.contains(&rank(kind, inside, roles)),
                        "{kind:?} {roles}"
                    );
                }
            }
        }
    }
}
