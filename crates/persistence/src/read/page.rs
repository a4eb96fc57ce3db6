//! Pages as SQL and back: keyset pagination in one statement, at the root or nested.

use std::borrow::Cow;

use domain::read::page::MAX_COUNT;
use domain::read::{Count, Cursor, Direction, Edge, Page, PageRequest};
use serde::Deserialize;

use super::Result;
use super::record::{Answer, Record};
use crate::PersistenceError;
use crate::sql::{Fields, Sql};

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

    fn write(&self, sql: &mut Sql, row: &str) {
        match self.kind {
            KeyKind::Text => sql.push(&format!("{row}.{}", self.column)),
            KeyKind::Integer => sql.push(&format!("CAST({row}.{} AS TEXT)", self.column)),
        }
    }

    pub(super) const fn integer(column: &'static str) -> Self {
        Self {
            column,
            kind: KeyKind::Integer,
        }
    }
}

/// A list of rows of one table, or of a subquery in its place, that pages are cut from.
pub(super) struct Listing<'a> {
    pub(super) table: Cow<'static, str>,
    /// The order columns of the table; together they are unique.
    pub(super) keys: &'a [Key],
    /// Where the node of a row is, when it is not the row itself.
    pub(super) target: Option<Target>,
    pub(super) descending: bool,
    /// Describes order and filter; cursors of other listings are refused.
    pub(super) description: String,
    pub(super) page: &'a PageRequest,
    pub(super) total: bool,
}

/// The row that a row of a list leads to; every one leads to a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    pub(super) table: &'static str,
    /// The column of the list that holds the key of the row.
    pub(super) column: &'static str,
}

impl Target {
    /// Writes the join that leads from a row to its target. The order of the tables is that of
    /// the list: see "CROSS JOIN" of `SQLite`.
    fn join(self, sql: &mut Sql, row: &str, target: &str) {
        let Self { table, column } = self;
        sql.push(&format!(
            " CROSS JOIN {table} AS {target} WHERE {target}.id = {row}.{column}"
        ));
    }
}

/// Writes something about the row with an alias.
type OfRow<'a> = &'a dyn Fn(&mut Sql, &str);

/// Writes something about a row of a list and its node, which are named by their aliases.
type OfNode<'a> = &'a dyn Fn(&mut Sql, &str, &str);

impl Listing<'_> {
    fn fingerprint(&self) -> u64 {
        domain::read::page::fingerprint(&self.description)
    }

    /// Writes the page as a statement of its own, one row for each node; `filter` gets the alias
    /// of the list, `fields` that of the node.
    ///
    /// The columns of the node come first, then the keys. A count is one more row, in which
    /// everything but the count is NULL: so it is there for an empty page, too.
    pub(super) fn select(
        &self,
        sql: &mut Sql,
        filter: OfRow<'_>,
        fields: &dyn Fn(&mut Fields<'_>, &str),
    ) {
        let row = sql.alias();
        let node = self.target.map_or_else(|| row.clone(), |_| sql.alias());
        if self.total {
            sql.push("SELECT * FROM (");
        }
        sql.push("SELECT ");
        fields(&mut sql.columns(), &node);
        let columns = sql.column_count() + self.keys.len();
        for (place, key) in self.keys.iter().enumerate() {
            sql.push(", ");
            key.write(sql, &row);
            sql.push(&format!(" AS key_{place}"));
        }
        if self.total {
            sql.push(", CAST(NULL AS BIGINT) AS total");
        }
        sql.push(&format!(" FROM {} AS {row}", self.table));
        match self.target {
            Some(target) => {
                target.join(sql, &row, &node);
                sql.push(" AND ");
            }
            None => sql.push(" WHERE "),
        }
        filter(sql, &row);
        self.write_range(sql, &row);
        if self.total {
            sql.push(&format!(
                ") AS page UNION ALL SELECT {}",
                "NULL, ".repeat(columns)
            ));
            self.write_total(sql, filter);
        }
    }

    /// Writes the page as a JSON object; `filter` gets the alias of the list, `node` those of the
    /// list and of the node.
    pub(super) fn object(&self, sql: &mut Sql, filter: OfRow<'_>, node: OfNode<'_>) {
        let row = sql.alias();
        let target = self.target.map(|target| (target, sql.alias()));
        let mut page = sql.object();
        page.json("rows", |sql| {
            sql.list(
                |sql| {
                    let found = target.as_ref().map_or(&row, |(_, found)| found);
                    self.write_edge(sql, &row, |sql| node(sql, &row, found));
                    if target.is_some() {
                        sql.order_of_list(|sql| self.write_order(sql, &row));
                    }
                },
                |sql| {
                    sql.push(&format!(
                        " FROM (SELECT {row}.* FROM {} AS {row}",
                        self.table
                    ));
                    sql.push(" WHERE ");
                    filter(sql, &row);
                    self.write_range(sql, &row);
                    sql.push(&format!(") AS {row}"));
                    if let Some((target, found)) = &target {
                        target.join(sql, &row, found);
                    }
                },
            );
        });
        if self.total {
            page.json("total", |sql| self.write_total(sql, filter));
        }
        page.end();
    }

    fn write_range(&self, sql: &mut Sql, row: &str) {
        if let Some(cursor) = &self.page.cursor {
            self.write_keyset(sql, row, cursor);
        }
        sql.push(" ORDER BY ");
        self.write_order(sql, row);
        sql.push(" LIMIT ");
        sql.bind(i64::from(self.page.limit) + 1);
    }

    fn write_order(&self, sql: &mut Sql, row: &str) {
        let direction = if self.reversed() { " DESC" } else { "" };
        for (i, key) in self.keys.iter().enumerate() {
            let comma = if i > 0 { ", " } else { "" };
            sql.push(&format!("{comma}{row}.{}{direction}", key.column));
        }
    }

    fn write_edge(&self, sql: &mut Sql, row: &str, node: impl FnOnce(&mut Sql)) {
        let mut edge = sql.object();
        edge.json("k", |sql| {
            sql.array(self.keys, |sql, key| key.write(sql, row));
        });
        edge.json("n", node);
        edge.end();
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

    /// Turns the rows that [`Self::select`] asked for into a page.
    pub(super) fn read<T>(
        &self,
        answer: &Answer,
        node: impl FnMut(Record<'_>) -> Result<T>,
    ) -> Result<Page<T>> {
        let mut rows = Vec::new();
        let mut total = None;
        for record in answer.records() {
            let keys = self.keys.len();
            match record.integer_behind(keys) {
                Some(counted) => total = u64::try_from(counted).ok(),
                None => rows.push((record.keys(keys), record)),
            }
        }
        self.page(rows, total, node)
    }

    /// Turns the JSON object that [`Self::object`] asked for into a page.
    pub(super) fn decode<R, T>(
        &self,
        found: PageRow<R>,
        node: impl FnMut(R) -> Result<T>,
    ) -> Result<Page<T>> {
        let PageRow { rows, total } = found;
        let rows = rows.into_iter().map(|EdgeRow { k, n }| (k, n)).collect();
        self.page(rows, total, node)
    }

    fn page<R, T>(
        &self,
        mut rows: Vec<(Vec<String>, R)>,
        total: Option<u64>,
        mut node: impl FnMut(R) -> Result<T>,
    ) -> Result<Page<T>> {
        let limit = usize::try_from(self.page.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let forward = self.page.direction == Direction::Forward;
        if !forward {
            rows.reverse();
        }
        let fingerprint = self.fingerprint();
        let edges = rows.into_iter().map(|(keys, row)| {
            Ok(Edge {
                cursor: Cursor { fingerprint, keys },
                node: node(row)?,
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

    /// Cuts the page out of a list that is there as a whole, ordered by position.
    pub(super) fn cut<T>(&self, items: Vec<T>) -> Result<Page<T>> {
        let total = self
            .total
            .then(|| u64::try_from(items.len()).unwrap_or(u64::MAX));
        let after = self.position()?;
        let mut rows: Vec<(Vec<String>, T)> = (0_i64..)
            .zip(items)
            .filter(|(position, _)| {
                after.is_none_or(|after| {
                    if self.reversed() {
                        *position < after
                    } else {
                        *position > after
                    }
                })
            })
            .map(|(position, item)| (vec![position.to_string()], item))
            .collect();
        if self.reversed() {
            rows.reverse();
        }
        self.page(rows, total, Ok)
    }

    /// The position that the cursor names.
    fn position(&self) -> Result<Option<i64>> {
        let Some(cursor) = &self.page.cursor else {
            return Ok(None);
        };
        let position = match cursor.keys.as_slice() {
            [position] if cursor.fingerprint == self.fingerprint() => position.parse().ok(),
            _ => None,
        };
        position.map(Some).ok_or(PersistenceError::CursorMismatch)
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
