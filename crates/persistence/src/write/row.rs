//! Between columns and domain values.

use std::collections::HashMap;
use std::fmt::Display;

use domain::id::Id;
use sea_orm::{
    ActiveModelTrait, ColumnTrait as _, ColumnType, EntityTrait, Iterable as _, ModelTrait,
    TryIntoModel, Value,
};
use serde::Serialize;
use uuid::Uuid;

use super::Result;
use crate::PersistenceError;
use crate::engine::Row;
use crate::entity::{category, concept, role, scheme, skill, source, translation_group};

/// The stored form of an id: the UUID without its prefix.
pub(super) fn id_text(id: impl Id) -> String {
    id.uuid().to_string()
}

/// Reads a stored id.
pub(super) fn id<I: Id>(table: &'static str, text: &str) -> Result<I> {
    Ok(I::from_uuid(uuid(table, text)?))
}

/// Reads the UUID of a stored id.
pub(super) fn uuid(table: &'static str, text: &str) -> Result<Uuid> {
    Uuid::try_parse(text).map_err(|error| corrupt(table, text, &error))
}

/// Reports a stored value that breaks the rules of `domain`.
pub(super) fn corrupt(table: &'static str, key: &str, problem: &dyn Display) -> PersistenceError {
    PersistenceError::Corrupt {
        table,
        key: key.to_owned(),
        problem: problem.to_string(),
    }
}

/// A row of a table, of all its columns in their order.
pub(super) fn model<E: EntityTrait>(row: Row<'_>) -> Result<E::Model>
where
    E::ActiveModel: TryIntoModel<E::Model>,
{
    let mut model = <E::ActiveModel as ActiveModelTrait>::default();
    for (place, column) in E::Column::iter().enumerate() {
        let value = match column.def().get_column_type() {
            ColumnType::BigInteger => Value::BigInt(row.integer(place)),
            _ => Value::String(row.text(place).map(str::to_owned)),
        };
        model.try_set(column, value)?;
    }
    Ok(model.try_into_model()?)
}

/// Values with their positions from 0.
pub(super) fn numbered<T>(values: impl IntoIterator<Item = T>) -> impl Iterator<Item = (i64, T)> {
    (0..).zip(values)
}

/// The JSON of a long column.
pub(super) fn json(role: impl Id, value: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string(value);
    text.map_err(|error| corrupt("role", &id_text(role), &error))
}

/// A row with an id for everybody and a key that the database gives out.
pub(super) trait Keyed: ModelTrait {
    /// The name of the table.
    const TABLE: &'static str;
    /// The key.
    const KEY: <Self::Entity as EntityTrait>::Column;
    /// The id.
    const UUID: <Self::Entity as EntityTrait>::Column;
}

macro_rules! keyed {
    ($($table:ident),+) => { $(
        impl Keyed for $table::Model {
            const TABLE: &'static str = stringify!($table);
            const KEY: $table::Column = $table::Column::Id;
            const UUID: $table::Column = $table::Column::Uuid;
        }
    )+ };
}

keyed!(
    category,
    concept,
    role,
    scheme,
    skill,
    source,
    translation_group
);

/// Stands for the key of a row that is not inserted yet.
pub(super) const NO_KEY: i64 = 0;

/// The keys of the rows that a transaction has met, by their ids.
#[derive(Debug, Default)]
pub(super) struct RowKeys(HashMap<Uuid, i64>);

impl RowKeys {
    pub(super) fn insert(&mut self, id: impl Id, key: i64) {
        self.note(id.uuid(), key);
    }

    pub(super) fn note(&mut self, uuid: Uuid, key: i64) {
        self.0.insert(uuid, key);
    }

    /// Whether a row was found or inserted before.
    pub(super) fn has(&self, id: impl Id) -> bool {
        self.0.contains_key(&id.uuid())
    }

    /// The key of a row that was found or inserted before.
    pub(super) fn of(&self, table: &'static str, id: impl Id) -> Result<i64> {
        let key = self.0.get(&id.uuid()).copied();
        key.ok_or_else(|| corrupt(table, &id_text(id), &"the row was not looked up before"))
    }
}
