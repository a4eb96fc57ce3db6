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

impl ValueSize {
    /// Looks at a literal that may hold variables.
    pub(crate) fn add(&mut self, value: &Value) {
        self.literal(value, 1);
    }

    /// Looks at a value without variables.
    pub(crate) fn add_const(&mut self, value: &ConstValue) {
        self.constant(value, 1);
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
