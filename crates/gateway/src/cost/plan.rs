//! The price of an operation: before it runs from its variables, and afterwards from its data.

use async_graphql::parser::types::{Field, OperationDefinition, Selection, SelectionSet};
use async_graphql::{Name, Value, Variables};
use async_graphql_value::Value as Literal;
use domain::read::page::MAX_PAGE_SIZE;

use crate::schema::{FieldShape, ListSize, Shape, root_type};

/// What `__schema` and `__type` cost, whatever is selected below them.
const INTROSPECTION: u64 = 10;
/// What a field costs that the schema does not have; validation refuses it later.
const UNKNOWN: u64 = 1;

/// The prices in an operation, ready to be summed up for given variables.
#[derive(Clone, Debug)]
pub(crate) struct PricePlan {
    root: Selected,
}

/// What is selected of one object.
#[derive(Clone, Debug, Default)]
struct Selected {
    /// Selected whatever the type of the object is.
    always: Vec<Node>,
    /// Selected when the object is of a type; the dearest of them counts.
    on_types: Vec<(Name, Selected)>,
}

#[derive(Clone, Debug)]
struct Node {
    /// Under which name the data holds it.
    key: Name,
    weight: u64,
    size: Size,
    below: Selected,
}

/// How many items a field has.
#[derive(Clone, Debug)]
enum Size {
    /// As many as are written in the schema; however many there are in the data, they cost no
    /// more than that.
    Fixed(u64),
    /// As many as one of these arguments says, else the assumed number.
    Arguments { values: Vec<Literal>, assumed: u64 },
}

impl PricePlan {
    /// The plan of a normalised operation.
    pub(crate) fn of(operation: &OperationDefinition, shape: &Shape) -> Self {
        let planner = Planner { shape };
        let set = &operation.selection_set.node;
        Self {
            root: planner.selected(set, Some(root_type(operation.ty)), None),
        }
    }

    /// What the operation costs at most with these variables.
    pub(crate) fn requested(&self, variables: &Variables) -> u64 {
        self.root.requested(variables)
    }

    /// What the data of an answer was worth.
    pub(crate) fn actual(&self, data: &Value) -> u64 {
        self.root.actual(data)
    }
}

impl Selected {
    fn requested(&self, variables: &Variables) -> u64 {
        let always = self.always.iter().map(|node| node.requested(variables));
        let always = always.fold(0, u64::saturating_add);
        let mut of_types: Vec<(&Name, u64)> = Vec::new();
        for (name, selected) in &self.on_types {
            let price = selected.requested(variables);
            match of_types.iter_mut().find(|(known, _)| *known == name) {
                Some((_, sum)) => *sum = sum.saturating_add(price),
                None => of_types.push((name, price)),
            }
        }
        let dearest = of_types.into_iter().map(|(_, price)| price).max();
        always.saturating_add(dearest.unwrap_or(0))
    }

    fn actual(&self, object: &Value) -> u64 {
        let Value::Object(members) = object else {
            return 0;
        };
        let nodes = self.always.iter();
        let found = nodes.filter_map(|node| Some(node.actual(members.get(&node.key)?)));
        // Data does not tell its type; fields of another type are not in it.
        let of_types = self
            .on_types
            .iter()
            .map(|(_, selected)| selected.actual(object));
        found.chain(of_types).fold(0, u64::saturating_add)
    }
}

impl Node {
    fn requested(&self, variables: &Variables) -> u64 {
        let each = self.weight.saturating_add(self.below.requested(variables));
        self.size.requested(variables).saturating_mul(each)
    }

    fn actual(&self, value: &Value) -> u64 {
        let each = |item: &Value| self.weight.saturating_add(self.below.actual(item));
        match (value, &self.size) {
            (Value::List(items), Size::Arguments { .. }) => {
                items.iter().map(each).fold(0, u64::saturating_add)
            }
            (Value::List(items), Size::Fixed(size)) => {
                let dearest = items.iter().map(each).max();
                dearest.unwrap_or(self.weight).saturating_mul(*size)
            }
            (item, _) => each(item),
        }
    }
}

impl Size {
    fn requested(&self, variables: &Variables) -> u64 {
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

struct Planner<'s> {
    shape: &'s Shape,
}

impl Planner<'_> {
    /// Plans a selection of `parent`; `sized` is the size of some of its fields.
    fn selected(&self, set: &SelectionSet, parent: Option<&str>, sized: Sized<'_>) -> Selected {
        let mut selected = Selected::default();
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => {
                    selected.always.push(self.node(&field.node, parent, sized));
                }
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let condition = condition.map(|condition| &condition.node.on.node);
                    let on = condition.map(Name::as_str).or(parent);
                    let mut inner = self.selected(&fragment.node.selection_set.node, on, sized);
                    match condition {
                        Some(name) if Some(name.as_str()) != parent => {
                            selected.on_types.push((name.clone(), inner));
                        }
                        _ => {
                            selected.always.append(&mut inner.always);
                            selected.on_types.append(&mut inner.on_types);
                        }
                    }
                }
                // A normalised operation has none.
                Selection::FragmentSpread(_) => {}
            }
        }
        selected
    }

    fn node(&self, field: &Field, parent: Option<&str>, sized: Sized<'_>) -> Node {
        let name = field.name.node.as_str();
        let shape = parent.and_then(|parent| self.shape.field(parent, name));
        let weight = match (name, shape) {
            ("__typename", _) => 0,
            ("__schema" | "__type", _) => INTROSPECTION,
            (_, None) => UNKNOWN,
            (_, Some(shape)) => shape.weight,
        };
        let own = shape.and_then(|shape| shape.size.as_ref());
        let size = match (own, sized) {
            (Some(size), _) if size.fields.is_empty() => asked_for(size, field),
            (_, Some((names, size))) if names.iter().any(|sized| sized == name) => size.clone(),
            _ => Size::Fixed(1),
        };
        let below = match shape {
            Some(shape) => self.below(field, shape),
            None => Selected::default(),
        };
        Node {
            key: field.response_key().node.clone(),
            weight,
            size,
            below,
        }
    }

    fn below(&self, field: &Field, shape: &FieldShape) -> Selected {
        let lists = shape.size.as_ref().filter(|size| !size.fields.is_empty());
        let size = lists.map(|lists| asked_for(lists, field));
        let sized = lists
            .map(|lists| lists.fields.as_slice())
            .zip(size.as_ref());
        let set = &field.selection_set.node;
        self.selected(set, Some(shape.type_name.as_str()), sized)
    }
}

/// The fields of a selection that are lists of a size that the field above them decides.
type Sized<'a> = Option<(&'a [String], &'a Size)>;

fn asked_for(size: &ListSize, field: &Field) -> Size {
    if size.arguments.is_empty() {
        return Size::Fixed(size.assumed);
    }
    let given = size
        .arguments
        .iter()
        .filter_map(|name| field.get_argument(name));
    Size::Arguments {
        values: given.map(|value| value.node.clone()).collect(),
        assumed: size.assumed,
    }
}
