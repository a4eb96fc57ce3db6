//! From a normalised operation to its selection.

use std::cell::OnceCell;
use std::collections::HashMap;

use async_graphql::parser::types::{
    Directive, Field, OperationDefinition, Selection as Item, SelectionSet,
};
use async_graphql::{Name, Positioned, Value, Variables};
use async_graphql_value::Value as Literal;

use super::argument::Argument;
use super::price::Size;
use super::{Below, Selected, Selection};
use crate::error::GraphError;
use crate::gate::between;
use crate::schema::{FieldShape, Shape, root_type};

/// What `__schema` and `__type` cost, whatever is selected below them.
const INTROSPECTION: u64 = 10;
/// What a field costs that the schema does not have; validation refuses it later.
const UNKNOWN: u64 = 1;

/// Makes selections of one operation.
pub(super) struct Compiler<'s> {
    shape: &'s Shape,
    /// What decides about `@skip` and `@include`; without it everything is selected.
    variables: Option<&'s Variables>,
    /// The first conflict that was met.
    conflict: OnceCell<GraphError>,
}

/// The fields of a selection that are lists of a size that the field above them decides.
type Sized<'a> = Option<(&'a [String], &'a Size)>;

/// A field of the answer, and everything that is selected below it in one place or another.
struct Group<'d> {
    field: &'d Positioned<Field>,
    below: Vec<&'d SelectionSet>,
}

/// The fields of an object, in the order of the answer.
#[derive(Default)]
struct Groups<'d> {
    groups: Vec<Group<'d>>,
    places: HashMap<&'d str, usize>,
}

impl<'s> Compiler<'s> {
    pub(super) fn new(shape: &'s Shape, variables: Option<&'s Variables>) -> Self {
        Self {
            shape,
            variables,
            conflict: OnceCell::new(),
        }
    }

    /// The selection of an operation.
    pub(super) fn selection(&self, operation: &OperationDefinition) -> Selection {
        let set = &operation.selection_set.node;
        Selection {
            fields: self.fields(&[set], root_type(operation.ty), None),
        }
    }

    /// Which fields cannot stand beside each other, if there are any.
    pub(super) fn conflict(self) -> Option<GraphError> {
        self.conflict.into_inner()
    }

    /// What these sets select of an object of the type `parent`; `sized` is the size of some of
    /// its fields.
    pub(super) fn fields(
        &self,
        sets: &[&SelectionSet],
        parent: &str,
        sized: Sized<'_>,
    ) -> Vec<Selected> {
        let mut groups = Groups::default();
        for set in sets {
            self.collect(set, parent, &mut groups);
        }
        let groups = groups.groups.iter().enumerate();
        groups
            .map(|(place, group)| self.selected(group, parent, sized, place == 0))
            .collect()
    }

    /// A field of an object of the type `parent`.
    pub(super) fn field(&self, field: &Positioned<Field>, parent: &str) -> Selected {
        let group = Group {
            field,
            below: vec![&field.node.selection_set.node],
        };
        self.selected(&group, parent, None, true)
    }

    /// Collects the fields that apply to objects of the type `parent`.
    fn collect<'d>(&self, set: &'d SelectionSet, parent: &str, groups: &mut Groups<'d>) {
        for item in &set.items {
            if self.is_left_out(item.node.directives()) {
                continue;
            }
            match &item.node {
                Item::Field(field) => {
                    if let Err(conflict) = groups.add(field) {
                        self.conflict.get_or_init(|| conflict);
                        return;
                    }
                }
                Item::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let condition = condition.map(|condition| condition.node.on.node.as_str());
                    if condition.is_none_or(|condition| self.is_a(parent, condition)) {
                        self.collect(&fragment.node.selection_set.node, parent, groups);
                    }
                }
                // A normalised operation has none.
                Item::FragmentSpread(_) => {}
            }
        }
    }

    /// Whether every object of the type `object` is of the type `condition` as well.
    fn is_a(&self, object: &str, condition: &str) -> bool {
        let mut possible = self.shape.possible(condition).iter();
        object == condition || possible.any(|name| name == object)
    }

    fn is_left_out(&self, directives: &[Positioned<Directive>]) -> bool {
        let mut directives = directives.iter().map(|directive| &directive.node);
        let Some(variables) = self.variables else {
            return false;
        };
        directives.any(|directive| {
            let wanted = match directive.name.node.as_str() {
                "skip" => false,
                "include" => true,
                _ => return false,
            };
            let condition = directive.get_argument("if");
            condition.is_some_and(|condition| holds(&condition.node, variables) != wanted)
        })
    }

    fn selected(
        &self,
        group: &Group<'_>,
        parent: &str,
        sized: Sized<'_>,
        is_first: bool,
    ) -> Selected {
        let Positioned { node: field, pos } = group.field;
        let name = &field.name.node;
        let shape = self.shape.field(parent, name);
        let key = field.response_key().node.clone();
        let before = if is_first { '{' } else { ',' };
        let mut selected = Selected {
            label: format!("{before}\"{key}\":").into(),
            key,
            name: name.clone(),
            arguments: arguments(field),
            pos: *pos,
            weight: weight(name, shape),
            once: shape.map_or(0, |shape| once(field, shape)),
            max_age: shape.and_then(|shape| shape.max_age),
            size: Size::Fixed(1),
            below: Below::Nothing,
        };
        let own = shape.and_then(|shape| shape.size.as_ref());
        match (own, sized) {
            (Some(own), _) => selected.size = Size::of(own, &selected),
            (_, Some((names, size))) if names.iter().any(|sized| name == sized) => {
                selected.size = size.clone();
            }
            _ => {}
        }
        if let Some(shape) = shape {
            selected.below = self.below(group, shape, &selected);
            selected.max_age = selected
                .max_age
                .into_iter()
                .chain(selected.below.max_age())
                .min();
        }
        selected
    }

    fn below(&self, group: &Group<'_>, shape: &FieldShape, field: &Selected) -> Below {
        let lists = shape.size_below.as_ref();
        let size = lists.map(|lists| Size::of(lists, field));
        let sized = lists
            .map(|lists| lists.fields.as_slice())
            .zip(size.as_ref());
        let of_type = |name: &Name| self.fields(&group.below, name, sized);
        match self.shape.possible(&shape.type_name) {
            [] => Below::Nothing,
            [single] => Below::Object(of_type(single)),
            several => {
                let several = several.iter();
                Below::OneOf(several.map(|name| (name.clone(), of_type(name))).collect())
            }
        }
    }
}

impl<'d> Groups<'d> {
    /// Adds a field, or joins it with the same one.
    fn add(&mut self, field: &'d Positioned<Field>) -> Result<(), GraphError> {
        let below = &field.node.selection_set.node;
        let key = field.node.response_key().node.as_str();
        let place = *self.places.entry(key).or_insert(self.groups.len());
        match self.groups.get_mut(place) {
            Some(group) => {
                between(group.field, field)?;
                group.below.push(below);
            }
            None => self.groups.push(Group {
                field,
                below: vec![below],
            }),
        }
        Ok(())
    }
}

fn holds(condition: &Literal, variables: &Variables) -> bool {
    match condition {
        Literal::Boolean(value) => *value,
        Literal::Variable(name) => variables.get(name) == Some(&Value::Boolean(true)),
        _ => false,
    }
}

fn arguments(field: &Field) -> Vec<Argument> {
    let arguments = field.arguments.iter().map(|(name, value)| Argument {
        name: name.node.clone(),
        value: value.node.clone(),
        pos: value.pos,
    });
    arguments.collect()
}

/// What the arguments of a field cost.
fn once(field: &Field, shape: &FieldShape) -> u64 {
    let weights = shape.argument_weights.iter();
    let given = weights.filter(|(name, _)| field.get_argument(name).is_some());
    given.fold(0, |sum, (_, weight)| sum.saturating_add(*weight))
}

fn weight(name: &str, shape: Option<&FieldShape>) -> u64 {
    match (name, shape) {
        ("__typename", _) => 0,
        ("__schema" | "__type", _) => INTROSPECTION,
        (_, None) => UNKNOWN,
        (_, Some(shape)) => shape.weight,
    }
}
