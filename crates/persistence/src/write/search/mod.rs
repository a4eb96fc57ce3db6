//! The index of published roles, kept by the transaction that changes them.
//!
//! A transaction notes the roles that it touches. Before it commits, it takes what it knew of them
//! out of the index and puts in what is there now: words into the lists of the engine (`text`) and
//! into the vocabulary with its counts (`vocabulary`), profiles for ranking, what facets count, and
//! names for suggestions (`member`). Rebuilding the index is the same for all roles.

mod member;
mod source;
mod text;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::DbBackend;
use search::document::Document;
use search::profile::{InvalidProfile, Profile, pull, push};
use search::request::NameKind;

use super::row::corrupt;
use super::{Result, Transaction};
use crate::sql::Sql;
use member::Name;
pub(crate) use member::{bands, stored_kind};
use source::Source;
use vocabulary::Growth;

/// Grows whenever texts are taken apart in another way; an older index is built anew.
pub(crate) const INDEX_VERSION: i64 = 1;
/// Roles that are indexed together.
const ROLES_PER_GROUP: usize = 256;

/// What the index has of a role.
#[derive(Debug, Default)]
struct Indexed {
    words: Vec<u32>,
    categories: Vec<u32>,
    skills: Vec<u32>,
}

impl Transaction {
    /// Notes that the index has to look at a role again.
    pub(super) fn touch(&mut self, role: i64) {
        self.touched.insert(role);
    }

    /// Notes that the index has to look again at the roles whose keys a statement selects.
    pub(super) async fn touch_all(&mut self, select: &str) -> Result<()> {
        let rows = self.rows(|sql| sql.push(select)).await?;
        let roles = rows.iter().filter_map(|row| row.integer(0));
        self.touched.extend(roles);
        Ok(())
    }

    /// Brings the index in line with the roles that were touched.
    pub(super) async fn index_touched(&mut self) -> Result<()> {
        let touched: Vec<i64> = std::mem::take(&mut self.touched).into_iter().collect();
        for group in touched.chunks(ROLES_PER_GROUP) {
            self.index(group).await?;
        }
        Ok(())
    }

    /// Leaves nothing in the index of what is about to be deleted, also where transactions that
    /// share the commit have left roles to be indexed: a key that is free is given out again.
    pub(super) async fn index_before_deletion(&mut self) -> Result<()> {
        self.lock_changes().await?;
        self.touched.extend(self.inner.left_by_others());
        self.index_touched().await
    }

    /// Builds the whole index anew and returns how many roles it has now; `indexed` is told after
    /// every group how many that are so far.
    pub async fn reindex(&mut self, mut indexed: impl FnMut(u64)) -> Result<u64> {
        self.lock_changes().await?;
        self.clear_index().await?;
        let (mut last, mut count) = (0, 0);
        loop {
            let found = self.rows(|sql| {
                sql.push("SELECT id FROM role WHERE state = 'PUBLISHED' AND id > ");
                sql.bind(last);
                sql.push(&format!(" ORDER BY id LIMIT {ROLES_PER_GROUP}"));
            });
            let found = found.await?;
            let group: Vec<i64> = found.iter().filter_map(|row| row.integer(0)).collect();
            let Some(end) = group.last() else {
                return Ok(count);
            };
            last = *end;
            self.index(&group).await?;
            count += u64::try_from(group.len()).unwrap_or_default();
            indexed(count);
        }
    }

    async fn clear_index(&self) -> Result<()> {
        let tables: &[&str] = match self.backend() {
            DbBackend::Postgres => &["search_text"],
            _ => &["search_text", "search_name"],
        };
        let rest = [
            "search_start",
            "search_member",
            "search_profile",
            "search_role",
            "search_word",
            "search_state",
        ];
        for table in tables.iter().chain(&rest) {
            self.run(|sql| sql.push(&format!("DELETE FROM {table}")))
                .await?;
        }
        self.run(|sql| {
            sql.push(&format!(
                "INSERT INTO search_state (version, roles) VALUES ({INDEX_VERSION}, 0)"
            ));
        })
        .await
    }

    async fn index(&self, roles: &[i64]) -> Result<()> {
        let new = self.load_sources(roles).await?;
        let old = self.load_indexed(roles).await?;
        let words = new.values().flat_map(|role| role.document.words.keys());
        let words: BTreeSet<&str> = words.map(String::as_str).collect();
        let words = self.word_keys(&words).await?;
        let profiles: BTreeMap<i64, Profile> = new
            .iter()
            .map(|(key, role)| (*key, profile(&role.document, &words)))
            .collect();
        self.remove(&old).await?;
        self.insert_roles(&new, &profiles).await?;
        let words_of = |profile: &Profile| {
            profile
                .words
                .iter()
                .map(|(word, _)| i64::from(*word))
                .collect()
        };
        let mut growth = Growth::new();
        grow(&mut growth, profiles.values().map(words_of), 1);
        grow(&mut growth, old.values().map(|role| keys(&role.words)), -1);
        self.grow_words(&growth).await?;
        let mut growth = Growth::new();
        grow(
            &mut growth,
            new.values()
                .map(|role| role.skills.iter().copied().collect()),
            1,
        );
        grow(&mut growth, old.values().map(|role| keys(&role.skills)), -1);
        self.grow_members(NameKind::Skill, &growth).await?;
        let mut growth = Growth::new();
        grow(
            &mut growth,
            new.values()
                .map(|role| role.categories.iter().copied().collect()),
            1,
        );
        grow(
            &mut growth,
            old.values().map(|role| keys(&role.categories)),
            -1,
        );
        self.grow_members(NameKind::Category, &growth).await?;
        let count = |roles: usize| i64::try_from(roles).unwrap_or_default();
        self.grow_index(count(new.len()) - count(old.len())).await
    }

    async fn grow_index(&self, roles: i64) -> Result<()> {
        if roles == 0 {
            return Ok(());
        }
        self.run(|sql| {
            sql.push(&format!(
                "UPDATE search_state SET roles = roles + ({roles})"
            ));
        })
        .await
    }

    /// What the index has of those of the roles that are in it.
    async fn load_indexed(&self, roles: &[i64]) -> Result<BTreeMap<i64, Indexed>> {
        let rows = self.rows(|sql| {
            sql.push(
                "SELECT search_role.role_id, profile, categories, skills FROM search_role \
                 JOIN search_profile ON search_profile.role_id = search_role.role_id WHERE ",
            );
            sql.one_of_keys("search_role.role_id", roles);
        });
        let rows = rows.await?;
        let found = rows.iter().map(|row| {
            let key = row.integer(0).unwrap_or_default();
            let bytes = |column| row.bytes(column).unwrap_or_default();
            let broken = |error| corrupt("search_role", &key.to_string(), &error);
            let profile = Profile::from_bytes(bytes(1)).map_err(broken)?;
            Ok((
                key,
                Indexed {
                    words: profile.words.into_iter().map(|(word, _)| word).collect(),
                    categories: unpack(bytes(2))
                        .collect::<std::result::Result<_, _>>()
                        .map_err(broken)?,
                    skills: unpack(bytes(3))
                        .collect::<std::result::Result<_, _>>()
                        .map_err(broken)?,
                },
            ))
        });
        found.collect()
    }

    async fn remove(&self, old: &BTreeMap<i64, Indexed>) -> Result<()> {
        let roles: Vec<i64> = old.keys().copied().collect();
        if roles.is_empty() {
            return Ok(());
        }
        self.delete_texts(&roles).await?;
        self.delete_names(NameKind::Title, &roles).await?;
        self.delete_names(NameKind::AlternateTitle, &roles).await?;
        for table in ["search_profile", "search_role"] {
            let deleted = self.run(|sql| {
                sql.push(&format!("DELETE FROM {table} WHERE "));
                sql.one_of_keys("role_id", &roles);
            });
            deleted.await?;
        }
        Ok(())
    }

    async fn insert_roles(
        &self,
        new: &BTreeMap<i64, Source>,
        profiles: &BTreeMap<i64, Profile>,
    ) -> Result<()> {
        if new.is_empty() {
            return Ok(());
        }
        let roles: Vec<_> = new.iter().collect();
        self.run(|sql| {
            sql.push(
                "INSERT INTO search_role \
                 (role_id, locale, salary_band, outlook, categories, skills) VALUES ",
            );
            sql.separated(&roles, |sql, (key, role)| facet_row(sql, **key, role));
        })
        .await?;
        let profiles: Vec<_> = profiles.iter().collect();
        self.run(|sql| {
            sql.push("INSERT INTO search_profile (role_id, profile) VALUES ");
            sql.separated(&profiles, |sql, (key, profile)| {
                sql.push("(");
                sql.bind(**key);
                sql.push(", ");
                sql.bind(profile.to_bytes());
                sql.push(")");
            });
        })
        .await?;
        let texts: Vec<_> = new
            .iter()
            .map(|(key, role)| (*key, &role.document))
            .collect();
        self.insert_texts(&texts).await?;
        let names: Vec<Name> = new
            .iter()
            .flat_map(|(key, role)| names(*key, role))
            .collect();
        self.insert_names(&names).await
    }
}

fn facet_row(sql: &mut Sql, key: i64, role: &Source) {
    let place = |place: Option<usize>| match place {
        Some(place) => place.to_string(),
        None => "NULL".to_owned(),
    };
    let band = role.salary_band.map(search::facet::SalaryBand::place);
    let outlook = role.outlook.map(search::facet::EmploymentOutlook::place);
    sql.push("(");
    sql.bind(key);
    sql.push(", ");
    sql.bind(role.locale.as_str());
    sql.push(&format!(", {}, {}, ", place(band), place(outlook)));
    sql.bind(pack(role.categories.iter().copied()));
    sql.push(", ");
    sql.bind(pack(role.skills.iter().copied()));
    sql.push(")");
}

fn names(owner: i64, role: &Source) -> impl Iterator<Item = Name> {
    role.names
        .iter()
        .enumerate()
        .map(move |(place, text)| Name {
            kind: if place == 0 {
                NameKind::Title
            } else {
                NameKind::AlternateTitle
            },
            owner,
            text: text.clone(),
            roles: 1,
        })
}

/// The profile of a role; words that the vocabulary does not have are left out.
fn profile(document: &Document, words: &HashMap<String, u32>) -> Profile {
    let key = |word: &String| words.get(word).copied();
    let titles = document.titles.iter();
    let titles = titles.map(|title| title.iter().filter_map(key).collect());
    let worth = document.words.iter();
    let worth = worth.filter_map(|(word, worth)| Some((key(word)?, *worth)));
    let mut worth: Vec<(u32, u8)> = worth.collect();
    worth.sort_unstable();
    Profile {
        titles: titles.collect(),
        words: worth,
    }
}

/// Adds `by` for every key of every role.
fn grow(growth: &mut Growth, roles: impl Iterator<Item = Vec<i64>>, by: i64) {
    for key in roles.flatten() {
        *growth.entry(key).or_default() += by;
    }
}

fn keys(keys: &[u32]) -> Vec<i64> {
    keys.iter().copied().map(i64::from).collect()
}

/// Ascending keys as a byte string.
fn pack(keys: impl Iterator<Item = i64>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut last = 0;
    for key in keys {
        push(&mut bytes, usize::try_from(key - last).unwrap_or_default());
        last = key;
    }
    bytes
}

/// Reads what [`pack`] wrote.
pub(crate) fn unpack(
    mut bytes: &[u8],
) -> impl Iterator<Item = std::result::Result<u32, InvalidProfile>> {
    let mut last = 0_u32;
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let step = pull(&mut bytes);
        // What follows a broken number means nothing.
        if step.is_err() {
            bytes = &[];
        }
        Some(step.map(|step| {
            last = last.wrapping_add(step);
            last
        }))
    })
}
