//! Between columns and domain values.

use std::fmt::Display;

use domain::id::Id;
use uuid::Uuid;

use super::Result;
use crate::PersistenceError;

/// The stored form of an id: the UUID without its prefix.
pub(super) fn id_text(id: impl Id) -> String {
    id.uuid().to_string()
}

/// Reads a stored id.
pub(super) fn id<I: Id>(table: &'static str, text: &str) -> Result<I> {
    let uuid = Uuid::try_parse(text).map_err(|error| corrupt(table, text, &error))?;
    Ok(I::from_uuid(uuid))
}

/// Reports a stored value that breaks the rules of `domain`.
pub(super) fn corrupt(table: &'static str, key: &str, problem: &dyn Display) -> PersistenceError {
    PersistenceError::Corrupt {
        table,
        key: key.to_owned(),
        problem: problem.to_string(),
    }
}

/// Values with their positions from 0.
pub(super) fn numbered<T>(values: impl IntoIterator<Item = T>) -> impl Iterator<Item = (i32, T)> {
    (0..).zip(values)
}
