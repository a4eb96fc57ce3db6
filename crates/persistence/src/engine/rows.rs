//! What a statement brought back, whatever the engine.

use std::sync::Arc;

use sea_orm::{DbErr, QueryResult, RuntimeErr};
#[cfg(feature = "postgres")]
use sqlx::postgres::PgRow;
#[cfg(feature = "sqlite")]
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, TypeInfo as _, ValueRef as _};

use crate::PersistenceError;

/// Rows, copied once out of the engine: all texts lie one after the other in one buffer, and so do
/// all byte strings.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    columns: usize,
    texts: String,
    bytes: Vec<u8>,
    cells: Vec<Cell>,
}

/// A value of a row.
#[derive(Clone, Copy, Debug)]
enum Cell {
    Null,
    Integer(i64),
    /// Where the text begins and ends.
    Text(usize, usize),
    /// Where the byte string begins and ends.
    Bytes(usize, usize),
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'r> {
    texts: &'r str,
    bytes: &'r [u8],
    cells: &'r [Cell],
}

impl Rows {
    /// No rows yet, of so many columns.
    pub(super) fn new(columns: usize) -> Self {
        Self {
            columns,
            ..Self::default()
        }
    }

    /// Adds a value to the last row.
    pub(super) fn push_null(&mut self) {
        self.cells.push(Cell::Null);
    }

    /// Adds a value to the last row.
    pub(super) fn push_integer(&mut self, value: i64) {
        self.cells.push(Cell::Integer(value));
    }

    /// Adds a value to the last row.
    pub(super) fn push_text(&mut self, text: &str) {
        let start = self.texts.len();
        self.texts.push_str(text);
        self.cells.push(Cell::Text(start, self.texts.len()));
    }

    /// Adds a value to the last row.
    pub(super) fn push_bytes(&mut self, bytes: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.cells.push(Cell::Bytes(start, self.bytes.len()));
    }

    /// The rows of a pool, which have texts, whole numbers and byte strings.
    pub(crate) fn of_pool(found: &[QueryResult]) -> Result<Self, PersistenceError> {
        let columns = found.first().map_or(0, |row| row.column_names().len());
        let mut rows = Self::new(columns);
        for row in found {
            for column in 0..columns {
                rows.push_value(row, column)?;
            }
        }
        Ok(rows)
    }

    /// Adds a value by its type; trying one type after the other would make up errors.
    fn push_value(&mut self, row: &QueryResult, column: usize) -> Result<(), PersistenceError> {
        #[cfg(feature = "sqlite")]
        if let Some(row) = row.try_as_sqlite_row() {
            return self.push_sqlite(row, column).map_err(unreadable);
        }
        #[cfg(feature = "postgres")]
        if let Some(row) = row.try_as_pg_row() {
            return self.push_postgres(row, column).map_err(unreadable);
        }
        let other = RuntimeErr::Internal("a row of neither engine".to_owned());
        Err(DbErr::Query(other).into())
    }

    #[cfg(feature = "sqlite")]
    fn push_sqlite(&mut self, row: &SqliteRow, column: usize) -> Result<(), sqlx::Error> {
        let value = row.try_get_raw(column)?;
        if value.is_null() {
            self.push_null();
            return Ok(());
        }
        match value.type_info().name() {
            "TEXT" => self.push_text(row.try_get_unchecked(column)?),
            "BLOB" => self.push_bytes(row.try_get_unchecked(column)?),
            _ => self.push_integer(row.try_get(column)?),
        }
        Ok(())
    }

    #[cfg(feature = "postgres")]
    fn push_postgres(&mut self, row: &PgRow, column: usize) -> Result<(), sqlx::Error> {
        let value = row.try_get_raw(column)?;
        if value.is_null() {
            self.push_null();
            return Ok(());
        }
        match value.type_info().name() {
            "INT8" => self.push_integer(row.try_get(column)?),
            "BYTEA" => self.push_bytes(row.try_get(column)?),
            _ => self.push_text(row.try_get(column)?),
        }
        Ok(())
    }

    /// All rows, in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        let rows = self.cells.chunks_exact(self.columns.max(1));
        rows.map(|cells| Row {
            texts: &self.texts,
            bytes: &self.bytes,
            cells,
        })
    }
}

fn unreadable(error: sqlx::Error) -> PersistenceError {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error))).into()
}

impl<'r> Row<'r> {
    /// The text in a column; `None` for NULL and whatever is no text.
    pub(crate) fn text(self, column: usize) -> Option<&'r str> {
        match *self.cells.get(column)? {
            Cell::Text(start, end) => self.texts.get(start..end),
            Cell::Null | Cell::Integer(_) | Cell::Bytes(..) => None,
        }
    }

    /// The number in a column; `None` for NULL and whatever is no number.
    pub(crate) fn integer(self, column: usize) -> Option<i64> {
        match *self.cells.get(column)? {
            Cell::Integer(value) => Some(value),
            Cell::Null | Cell::Text(..) | Cell::Bytes(..) => None,
        }
    }

    /// The byte string in a column; `None` for NULL and whatever is none.
    pub(crate) fn bytes(self, column: usize) -> Option<&'r [u8]> {
        match *self.cells.get(column)? {
            Cell::Bytes(start, end) => self.bytes.get(start..end),
            Cell::Null | Cell::Integer(_) | Cell::Text(..) => None,
        }
    }
}
