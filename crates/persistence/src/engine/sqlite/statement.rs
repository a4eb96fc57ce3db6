//! Statements on connections of our own: values in, rows out.

use rusqlite::types::{self, ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, Row};
use sea_orm::{DbErr, Statement, Value};

use crate::PersistenceError;
use crate::engine::Rows;

/// Statements that stay prepared on a connection.
pub(super) const PREPARED: usize = 256;

/// Prepares a statement, or takes it as it was prepared before, and binds its values.
pub(super) fn prepare(
    connection: &Connection,
    statement: Statement,
) -> rusqlite::Result<CachedStatement<'_>> {
    let Statement { sql, values, .. } = statement;
    let mut prepared = connection.prepare_cached(&sql)?;
    let values = values.map_or_else(Vec::new, |values| values.0);
    for (i, value) in values.into_iter().enumerate() {
        prepared.raw_bind_parameter(i + 1, bound(value)?)?;
    }
    Ok(prepared)
}

/// Runs a statement and copies what comes back.
pub(super) fn rows(connection: &Connection, statement: Statement) -> rusqlite::Result<Rows> {
    let mut prepared = prepare(connection, statement)?;
    let columns = prepared.column_count();
    let mut rows = Rows::new(columns);
    let mut found = prepared.raw_query();
    while let Some(row) = found.next()? {
        copy(row, &mut rows, columns)?;
    }
    Ok(rows)
}

/// A value in the words of SQLite.
fn bound(value: Value) -> rusqlite::Result<ToSqlOutput<'static>> {
    Ok(ToSqlOutput::Owned(match value {
        Value::String(Some(text)) => types::Value::Text(text),
        Value::Bytes(Some(bytes)) => types::Value::Blob(bytes),
        Value::BigInt(Some(number)) => types::Value::Integer(number),
        Value::BigUnsigned(Some(number)) => {
            let number = i64::try_from(number);
            let number = number.map_err(|error| unbound(error.into()))?;
            types::Value::Integer(number)
        }
        Value::Int(Some(number)) => types::Value::Integer(number.into()),
        Value::Bool(Some(is)) => types::Value::Integer(is.into()),
        Value::String(None)
        | Value::Bytes(None)
        | Value::BigInt(None)
        | Value::BigUnsigned(None)
        | Value::Int(None)
        | Value::Bool(None) => types::Value::Null,
        other => {
            let problem = format!("a statement cannot bind {other:?}");
            return Err(unbound(
                PersistenceError::Statement(DbErr::Custom(problem)).into(),
            ));
        }
    }))
}

fn unbound(problem: Box<dyn std::error::Error + Send + Sync>) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(problem)
}

/// Adds a row that SQLite stands at.
fn copy(row: &Row<'_>, rows: &mut Rows, columns: usize) -> rusqlite::Result<()> {
    for column in 0..columns {
        match row.get_ref(column)? {
            ValueRef::Null => rows.push_null(),
            ValueRef::Integer(number) => rows.push_integer(number),
            ValueRef::Blob(bytes) => rows.push_bytes(bytes),
            text => rows.push_text(text.as_str()?),
        }
    }
    Ok(())
}
