//! The roles that may be hits, in groups.
//!
//! Ranking looks at every role of a group, so groups are bounded. The roles with the words in
//! their names come first, those with the words in their texts behind, each in the order of their
//! keys; as long as no more than [`GROUP`] roles have the words, there is one group, and the order
//! of hits is that of their scores alone.

use std::collections::BTreeMap;

use sea_orm::DbBackend;
use search::profile::Profile;
use search::request::SearchFilter;

use super::super::role_filter;
use super::super::{Reads, Result, Visibility};
use super::expression::Expression;
use crate::PersistenceError;
use crate::sql::Sql;

/// How many roles of either kind a group has at most.
pub(super) const GROUP: usize = 1_000;

/// Which roles, before they are ranked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matching<'a> {
    /// What their names have to have; nothing when every role will do.
    pub(super) names: Option<&'a Expression>,
    /// What their texts have to have; nothing when every role will do.
    pub(super) texts: Option<&'a Expression>,
    /// What they must not have.
    pub(super) excluded: Option<&'a Expression>,
    /// What else must be so.
    pub(super) filter: &'a SearchFilter,
}

/// Where a group begins: behind a role of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Start {
    /// Whether it has the words in its texts only.
    pub(super) texts: bool,
    /// The key of the role.
    pub(super) key: i64,
}

/// Roles that are ranked together.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) start: Start,
    /// The roles with their profiles.
    pub(super) roles: BTreeMap<i64, Profile>,
    /// Where the next group begins, unless this is the last one.
    pub(super) next: Option<Start>,
}

/// What was taken from one of the indexes.
#[derive(Debug, Default)]
struct Taken {
    roles: BTreeMap<i64, Profile>,
    last: i64,
}

impl Group {
    fn new(start: Start, by_name: Taken, by_text: Taken) -> Self {
        if by_name.roles.len() >= GROUP {
            return Self {
                start,
                roles: by_name.roles,
                next: Some(Start {
                    texts: false,
                    key: by_name.last,
                }),
            };
        }
        let more = by_text.roles.len() >= GROUP;
        let next = more.then_some(Start {
            texts: true,
            key: by_text.last,
        });
        let mut roles = by_text.roles;
        roles.extend(by_name.roles);
        Self { start, roles, next }
    }
}

impl Reads {
    /// A group of roles.
    pub(super) async fn group(&self, matching: Matching<'_>, start: Start) -> Result<Group> {
        let answer = self.answer(|sql| write_group(sql, matching, start));
        let answer = answer.await?;
        let (mut by_name, mut by_text) = (Taken::default(), Taken::default());
        for row in answer.rows.iter() {
            let (Some(in_texts), Some(key)) = (row.integer(0), row.integer(1)) else {
                continue;
            };
            let taken = if in_texts == 0 {
                &mut by_name
            } else {
                &mut by_text
            };
            taken.last = key.max(taken.last);
            taken.roles.insert(key, profile(key, row.bytes(2))?);
        }
        Ok(Group::new(start, by_name, by_text))
    }

    /// How many roles match, counted up to a number.
    pub(super) async fn count_up_to(&self, matching: Matching<'_>, most: u64) -> Result<u64> {
        let answer = self.answer(|sql| write_count(sql, matching, most)).await?;
        let count = answer.rows.iter().next().and_then(|row| row.integer(0));
        Ok(count
            .and_then(|count| u64::try_from(count).ok())
            .unwrap_or_default())
    }
}

/// Reads the profile of a role.
pub(super) fn profile(key: i64, stored: Option<&[u8]>) -> Result<Profile> {
    let profile = Profile::from_bytes(stored.unwrap_or_default());
    profile.map_err(|problem| PersistenceError::Corrupt {
        table: "search_profile",
        key: key.to_string(),
        problem: problem.to_string(),
    })
}

/// Writes the statement for a group.
pub(super) fn write_group(sql: &mut Sql, matching: Matching<'_>, start: Start) {
    sql.push("SELECT found.in_texts, found.role_id, search_profile.profile FROM (");
    if let Some(names) = matching.names.filter(|_| !start.texts) {
        sql.push("SELECT in_texts, role_id FROM (SELECT CAST(0 AS BIGINT) AS in_texts, ");
        write_source(sql, Index::Names, Some(names));
        write_conditions(sql, Index::Names, matching);
        write_end(sql, Index::Names, start.key);
        sql.push(") AS by_name UNION ALL ");
    }
    sql.push("SELECT in_texts, role_id FROM (SELECT CAST(1 AS BIGINT) AS in_texts, ");
    write_source(sql, Index::Texts, matching.texts);
    write_conditions(sql, Index::Texts, matching);
    if let Some(names) = matching.names.filter(|_| start != Start::default()) {
        sql.push(&format!(
            " AND {} NOT IN (SELECT ",
            Index::Texts.key(sql.backend())
        ));
        write_source(sql, Index::Names, Some(names));
        sql.push(")");
    }
    write_end(sql, Index::Texts, if start.texts { start.key } else { 0 });
    sql.push(
        ") AS by_text) AS found JOIN search_profile ON search_profile.role_id = found.role_id \
         ORDER BY found.in_texts",
    );
}

/// Writes the statement that counts the roles that match, up to a number.
pub(super) fn write_count(sql: &mut Sql, matching: Matching<'_>, most: u64) {
    sql.push("SELECT COUNT(*) FROM (");
    write_matches(sql, matching);
    sql.push(&format!(" LIMIT {most}) AS matches"));
}

/// Writes a statement for the keys of all roles that match.
pub(super) fn write_matches(sql: &mut Sql, matching: Matching<'_>) {
    sql.push("SELECT ");
    write_source(sql, Index::Texts, matching.texts);
    write_conditions(sql, Index::Texts, matching);
}

/// Which of the two indexes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Index {
    Names,
    Texts,
}

impl Index {
    /// The column with the key of the role.
    fn key(self, backend: DbBackend) -> &'static str {
        match (backend, self) {
            (DbBackend::Postgres, _) => "source.role_id",
            _ => "source.rowid",
        }
    }
}

/// Writes the key as `role_id`, where it comes from, and the condition that a role has something.
pub(super) fn write_source(sql: &mut Sql, index: Index, expression: Option<&Expression>) {
    let backend = sql.backend();
    let Some(expression) = expression else {
        let key = if backend == DbBackend::Postgres {
            "role_id"
        } else {
            "rowid"
        };
        return sql.push(&format!(
            "source.role_id AS role_id FROM search_role AS source WHERE source.{key} > 0"
        ));
    };
    if backend == DbBackend::Postgres {
        let column = match index {
            Index::Names => "names",
            Index::Texts => "words",
        };
        sql.push(&format!(
            "source.role_id AS role_id FROM search_text AS source WHERE source.{column} @@ CAST("
        ));
        sql.bind(expression.write(backend));
        sql.push(" AS tsquery)");
    } else {
        let table = match index {
            Index::Names => "search_name",
            Index::Texts => "search_text",
        };
        sql.push(&format!(
            "source.rowid AS role_id FROM {table} AS source WHERE source.{table} MATCH "
        ));
        sql.bind(expression.write(backend));
    }
}

fn write_conditions(sql: &mut Sql, index: Index, matching: Matching<'_>) {
    let key = index.key(sql.backend());
    if let Some(excluded) = matching.excluded {
        sql.push(&format!(" AND {key} NOT IN (SELECT "));
        write_source(sql, Index::Texts, Some(excluded));
        sql.push(")");
    }
    let SearchFilter {
        roles,
        salary_bands,
        outlooks,
    } = matching.filter;
    if *roles != domain::read::RoleFilter::default() {
        let role = sql.alias();
        sql.push(&format!(
            " AND EXISTS (SELECT 1 FROM role AS {role} WHERE {role}.id = {key}"
        ));
        role_filter::filtered(sql, &role, roles, Visibility::Published);
        sql.push(")");
    }
    let bands = salary_bands.iter().map(|band| band.place());
    one_of_places(sql, key, "salary_band", bands);
    let outlooks = outlooks.iter().map(|outlook| outlook.place());
    one_of_places(sql, key, "outlook", outlooks);
}

/// Writes the condition that a column of the role has one of some places; nothing without any.
fn one_of_places(sql: &mut Sql, key: &str, column: &str, places: impl Iterator<Item = usize>) {
    let places: Vec<String> = places.map(|place| place.to_string()).collect();
    if !places.is_empty() {
        let counted = sql.alias();
        sql.push(&format!(
            " AND EXISTS (SELECT 1 FROM search_role AS {counted} WHERE {counted}.role_id = {key} \
             AND {counted}.{column} IN ({}))",
            places.join(", ")
        ));
    }
}

fn write_end(sql: &mut Sql, index: Index, after: i64) {
    let key = index.key(sql.backend());
    sql.push(&format!(" AND {key} > "));
    sql.bind(after);
    sql.push(&format!(" ORDER BY {key} LIMIT {GROUP}"));
}
