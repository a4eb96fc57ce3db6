//! SQL text with its bound values, in the words of either engine.
//!
//! The only place where SQL is put together. Names of tables, columns and aliases are literals of
//! this crate; everything that comes from outside is bound.

use sea_orm::{DbBackend, Statement, Value};

use crate::PersistenceError;

/// Lists of keys up to this length are bound, so that the engine prepares their statement once;
/// longer ones stand in the text, because there may be more of them than an engine binds.
const BOUND_KEYS: usize = 32;

/// A statement being written: values are bound in the order in which they appear in the text.
#[derive(Debug)]
pub(crate) struct Sql {
    backend: DbBackend,
    text: String,
    values: Vec<Value>,
    aliases: u32,
    columns: Vec<Column>,
    problem: Option<PersistenceError>,
}

/// What stands in a column of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Integer,
    Json,
}

/// A column of a result.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

/// A statement that is written, and what its columns are.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) statement: Statement,
    pub(crate) columns: Vec<Column>,
}

impl Sql {
    pub(crate) fn new(backend: DbBackend) -> Self {
        let text = String::with_capacity(2_048);
        Self {
            backend,
            text,
            values: Vec::new(),
            aliases: 0,
            columns: Vec::new(),
            problem: None,
        }
    }

    /// The engine that the statement is for.
    pub(crate) fn backend(&self) -> DbBackend {
        self.backend
    }

    /// Adds text that is part of the statement.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a placeholder for a value.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) {
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
    pub(crate) fn bind_all<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) {
        for (i, value) in values.into_iter().enumerate() {
            if i > 0 {
                self.push(", ");
            }
            self.bind(value);
        }
    }

    /// Adds the condition that a column is one of some texts.
    pub(crate) fn one_of(&mut self, column: &str, texts: &[String]) {
        self.push(&format!("{column} IN ("));
        self.bind_all(texts.iter().map(String::as_str));
        self.push(")");
    }

    /// Adds the condition that a column is one of some keys of rows.
    pub(crate) fn one_of_keys(&mut self, column: &str, keys: &[i64]) {
        self.push(&format!("{column} IN ("));
        if keys.len() <= BOUND_KEYS {
            self.bind_all(keys.iter().copied());
        } else {
            self.separated(keys, |sql, key| sql.push(&key.to_string()));
        }
        self.push(")");
    }

    /// Adds what `item` writes for every item, with commas in between.
    pub(crate) fn separated<T>(&mut self, items: &[T], mut item: impl FnMut(&mut Self, &T)) {
        for (i, value) in items.iter().enumerate() {
            if i > 0 {
                self.push(", ");
            }
            item(self, value);
        }
    }

    /// A table alias that is used nowhere else in the statement.
    pub(crate) fn alias(&mut self) -> String {
        self.aliases += 1;
        format!("t{}", self.aliases)
    }

    /// Starts the fields of an entity as columns of the result; see [`Fields`].
    pub(crate) fn columns(&mut self) -> Fields<'_> {
        Fields {
            sql: self,
            shape: Shape::Columns,
            empty: true,
        }
    }

    /// Starts the fields of an entity as a JSON object; see [`Fields`].
    pub(crate) fn object(&mut self) -> Fields<'_> {
        self.push(match self.backend {
            DbBackend::Postgres => "json_build_object(",
            _ => "json_object(",
        });
        Fields {
            sql: self,
            shape: Shape::Object,
            empty: true,
        }
    }

    /// How many columns the result has so far.
    pub(crate) fn column_count(&self) -> usize {
        self.columns.len()
    }

    /// Adds a JSON array of fixed length.
    pub(crate) fn array<T>(&mut self, items: &[T], item: impl FnMut(&mut Self, &T)) {
        self.push(match self.backend {
            DbBackend::Postgres => "json_build_array(",
            _ => "json_array(",
        });
        self.separated(items, item);
        self.push(")");
    }

    /// Adds a subquery whose rows become one JSON array: `rows` writes `FROM …`, `item` an element.
    pub(crate) fn list(&mut self, item: impl FnOnce(&mut Self), rows: impl FnOnce(&mut Self)) {
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

    /// Ends an element of a list whose rows come out of a join with the order that they have.
    /// `SQLite` keeps the order of the first table; joins of `PostgreSQL` may lose it.
    pub(crate) fn order_of_list(&mut self, order: impl FnOnce(&mut Self)) {
        if self.backend == DbBackend::Postgres {
            self.push(" ORDER BY ");
            order(self);
        }
    }

    /// Adds the condition that the text in `column` contains `needle`, byte by byte.
    pub(crate) fn contains(&mut self, column: &str, needle: String) {
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

    /// Adds the element of a stored JSON array at a place.
    pub(crate) fn element(&mut self, array: &str, place: &str) {
        self.push(&match self.backend {
            DbBackend::Postgres => format!("({array}::json -> {place}::int)"),
            _ => format!("json_extract({array}, '$[' || {place} || ']')"),
        });
    }

    /// Adds the numbers of a stored JSON array as rows with a column `value`.
    pub(crate) fn numbers(&mut self, array: &str, rows: &str) {
        self.push(&match self.backend {
            DbBackend::Postgres => {
                format!("(SELECT n::bigint AS value FROM json_array_elements_text({array}::json) AS n) AS {rows}")
            }
            _ => format!("json_each({array}) AS {rows}"),
        });
    }

    /// The elements of a stored JSON array as rows with the columns `position`, from 0, and `value`,
    /// which is JSON.
    pub(crate) fn elements(&self, array: &str, rows: &str) -> String {
        match self.backend {
            DbBackend::Postgres => format!(
                "(SELECT place - 1 AS position, value FROM json_array_elements({array}::json) \
                 WITH ORDINALITY AS element (value, place)) AS {rows}"
            ),
            _ => format!("(SELECT key AS position, value FROM json_each({array})) AS {rows}"),
        }
    }

    /// Adds one of two JSON values. `SQLite` forgets behind a `CASE` that a text is JSON.
    pub(crate) fn case_of_json(
        &mut self,
        condition: &str,
        then: impl FnOnce(&mut Self),
        otherwise: impl FnOnce(&mut Self),
    ) {
        let (open, close) = match self.backend {
            DbBackend::Postgres => ("", ""),
            _ => ("json(", ")"),
        };
        self.push(&format!("{open}CASE WHEN {condition} THEN "));
        then(self);
        self.push(" ELSE ");
        otherwise(self);
        self.push(&format!(" END{close}"));
    }

    /// Notes that the statement cannot be written; the first problem is what [`Self::finish`] says.
    pub(crate) fn refuse(&mut self, problem: PersistenceError) {
        self.problem.get_or_insert(problem);
    }

    pub(crate) fn finish(self) -> Result<Question, PersistenceError> {
        match self.problem {
            Some(problem) => Err(problem),
            None => Ok(Question {
                statement: Statement::from_sql_and_values(self.backend, self.text, self.values),
                columns: self.columns,
            }),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Columns,
    Object,
}

/// The fields of an entity being written: columns of the result for what stands at the top of a
/// statement, members of a JSON object for everything inside of it.
pub(crate) struct Fields<'a> {
    sql: &'a mut Sql,
    shape: Shape,
    empty: bool,
}

impl Fields<'_> {
    /// Adds a field whose value `write` writes.
    fn field(&mut self, name: &'static str, kind: Kind, write: impl FnOnce(&mut Sql)) {
        if !self.empty {
            self.sql.push(", ");
        }
        self.empty = false;
        match self.shape {
            Shape::Object => self.sql.push(&format!("'{name}', ")),
            Shape::Columns => self.sql.columns.push(Column { name, kind }),
        }
        write(self.sql);
    }

    /// Adds a text that `write` writes.
    pub(crate) fn text(&mut self, name: &'static str, write: impl FnOnce(&mut Sql)) -> &mut Self {
        self.field(name, Kind::Text, write);
        self
    }

    /// Adds JSON that `write` has the database put together.
    pub(crate) fn json(&mut self, name: &'static str, write: impl FnOnce(&mut Sql)) -> &mut Self {
        let as_text = self.shape == Shape::Columns && self.sql.backend == DbBackend::Postgres;
        self.field(name, Kind::Json, |sql| {
            write(sql);
            if as_text {
                sql.push("::text");
            }
        });
        self
    }

    /// Adds the UUID of `row` as its id.
    pub(crate) fn id(&mut self, row: &str) -> &mut Self {
        self.text("id", |sql| sql.push(&format!("{row}.uuid")))
    }

    /// Adds fields that are columns of the same name.
    pub(crate) fn texts(&mut self, row: &str, names: &[&'static str]) -> &mut Self {
        for name in names {
            self.text(name, |sql| sql.push(&format!("{row}.{name}")));
        }
        self
    }

    /// Adds a field that is a column of the same name with numbers.
    pub(crate) fn integer(&mut self, row: &str, name: &'static str) -> &mut Self {
        self.field(name, Kind::Integer, |sql| {
            sql.push(&format!("{row}.{name}"));
        });
        self
    }

    /// Adds a field that is a column of the same name with stored JSON.
    pub(crate) fn stored(&mut self, row: &str, name: &'static str) -> &mut Self {
        let (open, close) = match (self.shape, self.sql.backend) {
            (Shape::Columns, _) => ("", ""),
            (Shape::Object, DbBackend::Postgres) => ("", "::json"),
            (Shape::Object, _) => ("json(", ")"),
        };
        self.field(name, Kind::Json, |sql| {
            sql.push(&format!("{open}{row}.{name}{close}"));
        });
        self
    }

    pub(crate) fn end(&mut self) {
        if self.shape == Shape::Object {
            self.sql.push(")");
        }
    }
}
