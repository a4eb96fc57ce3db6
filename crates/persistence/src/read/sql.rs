//! SQL text with its bound values, in the words of either engine.
//!
//! The only place where SQL is put together. Names of tables, columns and aliases are literals of
//! this crate; everything that comes from outside is bound.

use sea_orm::{DbBackend, Statement, Value};

use crate::PersistenceError;

/// A statement being written: values are bound in the order in which they appear in the text.
#[derive(Debug)]
pub(super) struct Sql {
    backend: DbBackend,
    text: String,
    values: Vec<Value>,
    aliases: u32,
    problem: Option<PersistenceError>,
}

impl Sql {
    pub(super) fn new(backend: DbBackend) -> Self {
        let text = String::with_capacity(2_048);
        Self {
            backend,
            text,
            values: Vec::new(),
            aliases: 0,
            problem: None,
        }
    }

    /// Adds text that is part of the statement.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a placeholder for a value.
    pub(super) fn bind(&mut self, value: impl Into<Value>) {
        self.values.push(value.into());
        match self.backend {
            DbBackend::Postgres => {
                self.text.push('$');
                self.text.push_str(&self.values.len().to_string());
            }
            _ => self.text.push('?'),
        }
    }

    /// Adds placeholders for a list, with commas in between.
    pub(super) fn bind_all<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) {
        for (i, value) in values.into_iter().enumerate() {
            if i > 0 {
                self.push(", ");
            }
            self.bind(value);
        }
    }

    /// A table alias that is used nowhere else in the statement.
    pub(super) fn alias(&mut self) -> String {
        self.aliases += 1;
        format!("t{}", self.aliases)
    }

    /// Starts a JSON object; see [`Object`].
    pub(super) fn object(&mut self) -> Object<'_> {
        self.push(match self.backend {
            DbBackend::Postgres => "json_build_object(",
            _ => "json_object(",
        });
        Object {
            sql: self,
            empty: true,
        }
    }

    /// Adds a JSON array of fixed length.
    pub(super) fn array<T>(&mut self, items: &[T], mut item: impl FnMut(&mut Self, &T)) {
        self.push(match self.backend {
            DbBackend::Postgres => "json_build_array(",
            _ => "json_array(",
        });
        for (i, value) in items.iter().enumerate() {
            if i > 0 {
                self.push(", ");
            }
            item(self, value);
        }
        self.push(")");
    }

    /// Adds a subquery whose rows become one JSON array: `rows` writes `FROM …`, `item` an element.
    pub(super) fn list(&mut self, item: impl FnOnce(&mut Self), rows: impl FnOnce(&mut Self)) {
        let (open, close) = match self.backend {
            DbBackend::Postgres => ("(SELECT COALESCE(json_agg(", "), '[]'::json)"),
            _ => ("(SELECT json_group_array(", ")"),
        };
        self.push(open);
        item(self);
        self.push(close);
        rows(self);
        self.push(")");
    }

    /// Adds the condition that the text in `column` contains `needle`, byte by byte.
    pub(super) fn contains(&mut self, column: &str, needle: String) {
        let function = match self.backend {
            DbBackend::Postgres => "STRPOS(",
            _ => "INSTR(",
        };
        self.push(function);
        self.push(column);
        self.push(", ");
        self.bind(needle);
        self.push(") > 0");
    }

    /// Adds the JSON text stored in `column` as JSON rather than as a string.
    pub(super) fn stored_json(&mut self, column: &str) {
        let (open, close) = match self.backend {
            DbBackend::Postgres => ("", "::json"),
            _ => ("json(", ")"),
        };
        self.push(open);
        self.push(column);
        self.push(close);
    }

    /// How a JSON value in a result column becomes text.
    pub(super) fn as_text(&mut self) {
        if self.backend == DbBackend::Postgres {
            self.push("::text");
        }
    }

    /// Notes that the statement cannot be written; the first problem is what [`Self::finish`] says.
    pub(super) fn refuse(&mut self, problem: PersistenceError) {
        self.problem.get_or_insert(problem);
    }

    pub(super) fn finish(self) -> Result<Statement, PersistenceError> {
        match self.problem {
            Some(problem) => Err(problem),
            None => Ok(Statement::from_sql_and_values(
                self.backend,
                self.text,
                self.values,
            )),
        }
    }
}

/// A JSON object being written, field by field.
pub(super) struct Object<'a> {
    sql: &'a mut Sql,
    empty: bool,
}

impl Object<'_> {
    /// Adds a field whose value `write` writes.
    pub(super) fn field(&mut self, name: &str, write: impl FnOnce(&mut Sql)) -> &mut Self {
        if !self.empty {
            self.sql.push(", ");
        }
        self.empty = false;
        self.sql.push("'");
        self.sql.push(name);
        self.sql.push("', ");
        write(self.sql);
        self
    }

    /// Adds fields that are columns of the same name.
    pub(super) fn columns(&mut self, alias: &str, names: &[&str]) -> &mut Self {
        for name in names {
            self.field(name, |sql| {
                sql.push(alias);
                sql.push(".");
                sql.push(name);
            });
        }
        self
    }

    pub(super) fn end(&mut self) {
        self.sql.push(")");
    }
}
