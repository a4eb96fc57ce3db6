//! Pages as SQL and back: keyset pagination in one statement, at the root or nested.

use domain::read::page::MAX_COUNT;
use domain::read::{Count, Cursor, Direction, Edge, Page, PageRequest};
use serde::Deserialize;

use super::Result;
use super::sql::Sql;
use crate::PersistenceError;

/// What the values of an order column are.
#[derive(Clone, Copy, Debug)]
pub(super) enum KeyKind {
    Text,
    Integer,
}

/// One column of an order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) column: &'static str,
    pub(super) kind: KeyKind,
}

impl Key {
    pub(super) const fn text(column: &'static str) -> Self {
        Self {
            column,
            kind: KeyKind::Text,
        }
    }

    pub(super) const fn integer(column: &'static str) -> Self {
        Self {
            column,
            kind: KeyKind::Integer,
        }
    }
}

/// A list of rows of one table that pages are cut from.
pub(super) struct Listing<'a> {
    pub(super) table: &'static str,
    /// The order columns; together they are unique.
    pub(super) keys: &'a [Key],
    pub(super) descending: bool,
    /// Describes order and filter; cursors of other listings are refused.
    pub(super) description: String,
    pub(super) page: &'a PageRequest,
    pub(super) total: bool,
}

impl Listing<'_> {
    fn fingerprint(&self) -> u64 {
        domain::read::page::fingerprint(&self.description)
    }

    /// Writes the page as a JSON object; `filter` and `node` get the alias of the row.
    pub(super) fn write(
        &self,
        sql: &mut Sql,
        filter: &dyn Fn(&mut Sql, &str),
        node: &dyn Fn(&mut Sql, &str),
    ) {
        let row = sql.alias();
        let mut page = sql.object();
        page.field("rows", |sql| {
            sql.list(
                |sql| self.write_edge(sql, &row, node),
                |sql| self.write_rows(sql, &row, filter),
            );
        });
        if self.total {
            page.field("total", |sql| self.write_total(sql, filter));
        }
        page.end();
    }

    fn write_edge(&self, sql: &mut Sql, row: &str, node: &dyn Fn(&mut Sql, &str)) {
        let mut edge = sql.object();
        edge.field("k", |sql| {
            sql.array(self.keys, |sql, key| match key.kind {
                KeyKind::Text => sql.push(&format!("{row}.{}", key.column)),
                KeyKind::Integer => sql.push(&format!("CAST({row}.{} AS TEXT)", key.column)),
            });
        });
        edge.field("n", |sql| node(sql, row));
        edge.end();
    }

    fn write_rows(&self, sql: &mut Sql, row: &str, filter: &dyn Fn(&mut Sql, &str)) {
        sql.push(&format!(
            " FROM (SELECT * FROM {} AS {row} WHERE ",
            self.table
        ));
        filter(sql, row);
        if let Some(cursor) = &self.page.cursor {
            self.write_keyset(sql, row, cursor);
        }
        sql.push(" ORDER BY ");
        let direction = if self.reversed() { " DESC" } else { "" };
        for (i, key) in self.keys.iter().enumerate() {
            let comma = if i > 0 { ", " } else { "" };
            sql.push(&format!("{comma}{row}.{}{direction}", key.column));
        }
        sql.push(" LIMIT ");
        sql.bind(i64::from(self.page.limit) + 1);
        sql.push(&format!(") AS {row}"));
    }

    /// Whether rows are read from the large end of the order.
    fn reversed(&self) -> bool {
        self.descending != (self.page.direction == Direction::Backward)
    }

    fn write_keyset(&self, sql: &mut Sql, row: &str, cursor: &Cursor) {
        if cursor.fingerprint != self.fingerprint() || cursor.keys.len() != self.keys.len() {
            return sql.refuse(PersistenceError::CursorMismatch);
        }
        let columns: Vec<String> = self
            .keys
            .iter()
            .map(|key| format!("{row}.{}", key.column))
            .collect();
        let comparison = if self.reversed() { "<" } else { ">" };
        sql.push(&format!(" AND ({}) {comparison} (", columns.join(", ")));
        for (i, (key, value)) in self.keys.iter().zip(&cursor.keys).enumerate() {
            if i > 0 {
                sql.push(", ");
            }
            match (key.kind, value.parse::<i64>()) {
                (KeyKind::Text, _) => sql.bind(value.clone()),
                (KeyKind::Integer, Ok(number)) => sql.bind(number),
                (KeyKind::Integer, Err(_)) => sql.refuse(PersistenceError::CursorMismatch),
            }
        }
        sql.push(")");
    }

    fn write_total(&self, sql: &mut Sql, filter: &dyn Fn(&mut Sql, &str)) {
        let (row, counted) = (sql.alias(), sql.alias());
        sql.push(&format!(
            "(SELECT COUNT(*) FROM (SELECT 1 FROM {} AS {row} WHERE ",
            self.table
        ));
        filter(sql, &row);
        sql.push(&format!(" LIMIT {}) AS {counted})", MAX_COUNT + 1));
    }

    /// Turns the JSON object that [`Self::write`] asked for into a page.
    pub(super) fn decode<R, T>(
        &self,
        found: PageRow<R>,
        mut node: impl FnMut(R) -> Result<T>,
    ) -> Result<Page<T>> {
        let PageRow { mut rows, total } = found;
        let limit = usize::try_from(self.page.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let forward = self.page.direction == Direction::Forward;
        if !forward {
            rows.reverse();
        }
        let fingerprint = self.fingerprint();
        let edges = rows.into_iter().map(|EdgeRow { k, n }| {
            Ok(Edge {
                cursor: Cursor {
                    fingerprint,
                    keys: k,
                },
                node: node(n)?,
            })
        });
        let beyond_cursor = self.page.cursor.is_some();
        Ok(Page {
            edges: edges.collect::<Result<_>>()?,
            has_next: if forward { more } else { beyond_cursor },
            has_previous: if forward { beyond_cursor } else { more },
            total: total.map(Count::capped),
        })
    }
}

/// A page as the database wrote it.
#[derive(Debug, Deserialize)]
pub(super) struct PageRow<R> {
    rows: Vec<EdgeRow<R>>,
    #[serde(default)]
    total: Option<u64>,
}

#[derive(Debug, Deserialize)]
struct EdgeRow<R> {
    k: Vec<String>,
    n: R,
}
