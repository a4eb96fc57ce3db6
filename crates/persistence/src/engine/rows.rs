//! What a statement brought back, whatever the engine.

use sea_orm::QueryResult;

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

    fn push_value(&mut self, row: &QueryResult, column: usize) -> Result<(), PersistenceError> {
        if let Ok(text) = row.try_get_by_index::<Option<String>>(column) {
            match text {
                Some(text) => self.push_text(&text),
                None => self.push_null(),
            }
        } else if let Ok(number) = row.try_get_by_index::<Option<i64>>(column) {
            match number {
                Some(number) => self.push_integer(number),
                None => self.push_null(),
            }
        } else {
            match row.try_get_by_index::<Option<Vec<u8>>>(column)? {
                Some(bytes) => self.push_bytes(&bytes),
                None => self.push_null(),
            }
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
