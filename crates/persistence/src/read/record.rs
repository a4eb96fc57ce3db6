//! Rows of a result as what serde reads: a map from the names of the columns to their values.
//!
//! The same row types read the JSON objects that stand inside of a result, so that an entity is
//! decoded in one way wherever it is.

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Error as _, IntoDeserializer as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};
use serde_json::Error;
use serde_json::value::RawValue;

use super::Result;
use crate::PersistenceError;
use crate::engine::{Row, Rows};
use crate::sql::{Column, Kind};

/// The name that [`Json`] asks for its text by.
const JSON: &str = "rolegraph::Json";

/// What a statement brought back, and what its columns are.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) rows: Rows,
    pub(super) columns: Vec<Column>,
}

impl Answer {
    pub(super) fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.rows.iter().map(|row| Record {
            row,
            columns: &self.columns,
        })
    }
}

/// One row of an answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'r> {
    row: Row<'r>,
    columns: &'r [Column],
}

impl<'r> Record<'r> {
    /// Reads the row; `table` is where its first column, the id, comes from.
    pub(super) fn read<T: Deserialize<'r>>(self, table: &'static str) -> Result<T> {
        let read = T::deserialize(Columns {
            record: self,
            next: 0,
        });
        read.map_err(|error| PersistenceError::Corrupt {
            table,
            key: self.row.text(0).unwrap_or_default().to_owned(),
            problem: error.to_string(),
        })
    }

    /// The text in a column.
    pub(super) fn text(self, column: usize) -> Option<&'r str> {
        self.row.text(column)
    }

    /// The number in a column.
    pub(super) fn integer(self, column: usize) -> Option<i64> {
        self.row.integer(column)
    }

    /// The key of the row, which stands right behind the entity.
    pub(super) fn key(self) -> Option<i64> {
        self.integer_behind(0)
    }

    /// The texts of the columns behind those of the entity.
    pub(super) fn keys(self, count: usize) -> Vec<String> {
        let first = self.columns.len();
        let keys = (first..first + count).map(|column| self.row.text(column));
        keys.map(|key| key.unwrap_or_default().to_owned()).collect()
    }

    /// The number behind the entity and its keys.
    pub(super) fn integer_behind(self, keys: usize) -> Option<i64> {
        self.row.integer(self.columns.len() + keys)
    }
}

/// Reads a row column by column.
struct Columns<'r> {
    record: Record<'r>,
    next: usize,
}

impl<'r> Deserializer<'r> for Columns<'r> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'r>>(self, visitor: V) -> std::result::Result<V::Value, Error> {
        visitor.visit_map(self)
    }

    forward_to_deserialize_any! {
        <V: Visitor<'r>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        option unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

impl<'r> MapAccess<'r> for Columns<'r> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'r>>(
        &mut self,
        seed: K,
    ) -> std::result::Result<Option<K::Value>, Error> {
        let Some(column) = self.record.columns.get(self.next) else {
            return Ok(None);
        };
        let name: StrDeserializer<'_, Error> = column.name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'r>>(
        &mut self,
        seed: S,
    ) -> std::result::Result<S::Value, Error> {
        let place = self.next;
        self.next += 1;
        let Some(Column { name, kind }) = self.record.columns.get(place) else {
            return Err(Error::custom("a value without a column"));
        };
        let row = self.record.row;
        let cell = match kind {
            Kind::Text => row.text(place).map(Cell::Text),
            Kind::Json => row.text(place).map(Cell::Json),
            Kind::Integer => row.integer(place).map(Cell::Integer),
        };
        let value = seed.deserialize(cell.unwrap_or(Cell::Null));
        value.map_err(|error| Error::custom(format_args!("{name}: {error}")))
    }
}

/// The value of a column.
enum Cell<'r> {
    Null,
    Text(&'r str),
    Integer(i64),
    Json(&'r str),
}

impl<'r> Deserializer<'r> for Cell<'r> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'r>>(self, visitor: V) -> std::result::Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Text(text) => visitor.visit_borrowed_str(text),
            Self::Integer(number) => visitor.visit_i64(number),
            Self::Json(text) => {
                let mut json = serde_json::Deserializer::from_str(text);
                let value = json.deserialize_any(visitor)?;
                json.end()?;
                Ok(value)
            }
        }
    }

    fn deserialize_option<V: Visitor<'r>>(
        self,
        visitor: V,
    ) -> std::result::Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_none(),
            value => visitor.visit_some(value),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'r>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> std::result::Result<V::Value, Error> {
        match self {
            Self::Json(text) if name == JSON => visitor.visit_borrowed_str(text),
            value => visitor.visit_newtype_struct(value),
        }
    }

    forward_to_deserialize_any! {
        <V: Visitor<'r>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// JSON that is read later, with what is known by then: its text, not looked at yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Json<'r>(pub(super) &'r str);

impl<'de: 'r, 'r> Deserialize<'de> for Json<'r> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer
            .deserialize_newtype_struct(JSON, JsonVisitor)
            .map(Self)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = &'de str;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("JSON")
    }

    /// The column holds it.
    fn visit_borrowed_str<E>(self, text: &'de str) -> std::result::Result<&'de str, E> {
        Ok(text)
    }

    /// It stands inside of other JSON.
    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<&'de str, D::Error> {
        <&RawValue>::deserialize(deserializer).map(RawValue::get)
    }
}

impl<'r> Json<'r> {
    /// Reads a value.
    pub(super) fn value<T: Deserialize<'r>>(self) -> std::result::Result<T, Error> {
        serde_json::from_str(self.0)
    }

    /// Reads the first items of a list, all of them without `first`; what comes behind them is
    /// not looked at.
    pub(super) fn items<T: Deserialize<'r>>(
        self,
        first: Option<u32>,
    ) -> std::result::Result<Vec<T>, Error> {
        let Some(first) = first else {
            return self.value();
        };
        let first = usize::try_from(first).unwrap_or(usize::MAX);
        let mut items = Vec::new();
        let mut json = serde_json::Deserializer::from_str(self.0);
        let read = json.deserialize_seq(Front {
            first,
            items: &mut items,
        });
        // Leaving the list before its end is an error to the library.
        match read {
            Err(error) if items.len() < first => Err(error),
            _ => Ok(items),
        }
    }
}

/// Reads the items at the front of a list.
struct Front<'v, T> {
    first: usize,
    items: &'v mut Vec<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Front<'_, T> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(
        self,
        mut list: A,
    ) -> std::result::Result<(), A::Error> {
        while self.items.len() < self.first {
            match list.next_element()? {
                Some(item) => self.items.push(item),
                None => break,
            }
        }
        Ok(())
    }
}
