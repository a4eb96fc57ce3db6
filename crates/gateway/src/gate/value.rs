//! How large values are, in literals and in variables.

use async_graphql::Value as ConstValue;
use async_graphql_value::Value;

/// How large the largest of some values is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ValueSize {
    /// Lists and objects inside of each other.
    pub(crate) depth: usize,
    /// Items of the longest list.
    pub(crate) list_items: usize,
}

/// What a literal consists of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) values: usize,
    pub(super) variables: usize,
}

impl Parts {
    fn plus(self, other: Self) -> Self {
        Self {
            values: self.values + other.values,
            variables: self.variables + other.variables,
        }
    }
}

impl ValueSize {
    /// Looks at a literal that may hold variables.
    pub(crate) fn add(&mut self, value: &Value) {
        self.literal(value, 1);
    }

    /// Looks at a value without variables.
    pub(crate) fn add_const(&mut self, value: &ConstValue) {
        self.constant(value, 1);
    }

    /// How many values a literal consists of, and how many variables are among them.
    pub(super) fn parts(value: &Value) -> Parts {
        let own = Parts {
            values: 1,
            variables: matches!(value, Value::Variable(_)).into(),
        };
        match value {
            Value::List(items) => items.iter().map(Self::parts).fold(own, Parts::plus),
            Value::Object(members) => members.values().map(Self::parts).fold(own, Parts::plus),
            _ => own,
        }
    }

    fn literal(&mut self, value: &Value, level: usize) {
        match value {
            Value::List(items) => {
                self.container(level, items.len());
                for item in items {
                    self.literal(item, level + 1);
                }
            }
            Value::Object(members) => {
                self.container(level, 0);
                for value in members.values() {
                    self.literal(value, level + 1);
                }
            }
            _ => {}
        }
    }

    fn constant(&mut self, value: &ConstValue, level: usize) {
        match value {
            ConstValue::List(items) => {
                self.container(level, items.len());
                for item in items {
                    self.constant(item, level + 1);
                }
            }
            ConstValue::Object(members) => {
                self.container(level, 0);
                for value in members.values() {
                    self.constant(value, level + 1);
                }
            }
            _ => {}
        }
    }

    fn container(&mut self, level: usize, items: usize) {
        self.depth = self.depth.max(level);
        self.list_items = self.list_items.max(items);
    }
}
