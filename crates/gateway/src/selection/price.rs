//! The price of a selection: before it runs from its variables, and afterwards from its data.

use async_graphql::{Value, Variables};
use async_graphql_value::Value as Literal;
use domain::read::page::MAX_PAGE_SIZE;

use super::{Below, Selected, Selection};
use crate::schema::ListSize;

/// How many items a field has.
#[derive(Clone, Debug)]
pub(crate) enum Size {
    /// As many as are written in the schema; however many there are in the data, they cost no
    /// more than that.
    Fixed(u64),
    /// As many as one of these arguments says, else the assumed number.
    Arguments {
        /// The values of the arguments.
        values: Vec<Literal>,
        /// The number of items when none is given.
        assumed: u64,
    },
}

impl Selection {
    /// What the operation costs at most with these variables.
    pub(crate) fn price(&self, variables: &Variables) -> u64 {
        sum(self.fields.iter().map(|field| field.price(variables)))
    }

    /// What the data of an answer was worth.
    pub(crate) fn worth(&self, data: &Value) -> u64 {
        worth(&self.fields, data)
    }
}

impl Selected {
    fn price(&self, variables: &Variables) -> u64 {
        let of = |fields: &[Self]| sum(fields.iter().map(|field| field.price(variables)));
        let below = match &self.below {
            Below::Nothing => 0,
            Below::Object(fields) => of(fields),
            // The dearest counts.
            Below::OneOf(types) => {
                let prices = types.iter().map(|(_, fields)| of(fields));
                prices.max().unwrap_or(0)
            }
        };
        let each = self.weight.saturating_add(below);
        let items = self.size.asked_for(variables).saturating_mul(each);
        self.once.saturating_add(items)
    }

    fn worth(&self, value: &Value) -> u64 {
        let each = |item: &Value| self.weight.saturating_add(self.worth_below(item));
        let items = match (value, &self.size) {
            (Value::List(items), Size::Arguments { .. }) => sum(items.iter().map(each)),
            (Value::List(items), Size::Fixed(size)) => {
                let dearest = items.iter().map(each).max();
                dearest.unwrap_or(self.weight).saturating_mul(*size)
            }
            (item, _) => each(item),
        };
        self.once.saturating_add(items)
    }

    fn worth_below(&self, object: &Value) -> u64 {
        match &self.below {
            Below::Nothing => 0,
            Below::Object(fields) => worth(fields, object),
            // Data does not tell its type, but has all fields of its own.
            Below::OneOf(types) => {
                let worths = types.iter().map(|(_, fields)| worth(fields, object));
                worths.max().unwrap_or(0)
            }
        }
    }
}

fn worth(fields: &[Selected], object: &Value) -> u64 {
    let Value::Object(members) = object else {
        return 0;
    };
    let found = fields
        .iter()
        .filter_map(|field| Some(field.worth(members.get(field.key())?)));
    sum(found)
}

fn sum(prices: impl Iterator<Item = u64>) -> u64 {
    prices.fold(0, u64::saturating_add)
}

impl Size {
    /// The size that the arguments of `field` ask for.
    pub(super) fn of(size: &ListSize, field: &Selected) -> Self {
        if size.arguments.is_empty() {
            return Self::Fixed(size.assumed);
        }
        let given = size
            .arguments
            .iter()
            .filter_map(|name| field.literal(name).cloned());
        Self::Arguments {
            values: given.collect(),
            assumed: size.assumed,
        }
    }

    fn asked_for(&self, variables: &Variables) -> u64 {
        match self {
            Self::Fixed(size) => *size,
            Self::Arguments { values, assumed } => {
                let given = values.iter().filter_map(|value| items(value, variables));
                given.max().unwrap_or(*assumed)
            }
        }
    }
}

/// How many items an argument asks for; `None` when it is left out or null. What is no size that
/// a page can have will be refused by its resolver, and counts as the nearest one that is.
fn items(value: &Literal, variables: &Variables) -> Option<u64> {
    let largest = u64::from(MAX_PAGE_SIZE);
    let size = match value {
        Literal::Variable(name) => match variables.get(name)? {
            Value::Null => return None,
            Value::Number(number) => number.as_i64().map_or(largest, non_negative),
            Value::List(items) => items.len().try_into().unwrap_or(largest),
            _ => 1,
        },
        Literal::Null => return None,
        Literal::Number(number) => number.as_i64().map_or(largest, non_negative),
        Literal::List(items) => items.len().try_into().unwrap_or(largest),
        _ => 1,
    };
    Some(size.min(largest))
}

fn non_negative(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
