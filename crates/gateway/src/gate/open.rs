//! Arguments whose values depend on variables.
//!
//! What the text says alone has been judged with it. The rest has to be compared with the types
//! of the schema for each request, which is done here as far as it is plain: whatever is not seen
//! to fit is left to the engine, which also knows the words to refuse it in.

use async_graphql::parser::types::{BaseType, Directive, OperationDefinition, SelectionSet, Type};
use async_graphql::parser::types::{Field, Selection};
use async_graphql::{Name, Positioned, Value, Variables};
use async_graphql_value::Value as Literal;

use super::ValueSize;
use crate::schema::{Shape, root_type, scalar};
use crate::selection::resolved;

/// The arguments of an operation that hold variables, with the types that they have to fit.
#[derive(Debug, Default)]
pub(crate) struct OpenArguments(Vec<Open>);

#[derive(Debug, PartialEq)]
struct Open {
    value: Literal,
    /// `None` when the schema does not have the argument.
    ty: Option<Type>,
}

impl OpenArguments {
    /// Those of a normalised operation.
    pub(crate) fn of(operation: &OperationDefinition, shape: &Shape) -> Self {
        let mut found = Self::default();
        let root = root_type(operation.ty);
        found.look_into(&operation.selection_set.node, Some(root), shape);
        found
    }

    /// Whether all values are seen to fit.
    pub(crate) fn fit(&self, variables: &Variables, shape: &Shape) -> bool {
        self.0.iter().all(|open| open.fits(variables, shape))
    }

    fn look_into(&mut self, set: &SelectionSet, parent: Option<&str>, shape: &Shape) {
        for item in &set.items {
            self.add_conditions(item.node.directives());
            match &item.node {
                Selection::Field(field) => self.add_field(&field.node, parent, shape),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let on = condition.map(|condition| condition.node.on.node.as_str());
                    self.look_into(&fragment.node.selection_set.node, on.or(parent), shape);
                }
                // A normalised operation has none.
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn add_field(&mut self, field: &Field, parent: Option<&str>, shape: &Shape) {
        let field_shape = parent.and_then(|parent| shape.field(parent, &field.name.node));
        for (name, value) in &field.arguments {
            let ty = field_shape.and_then(|field| field.arguments.get(&name.node));
            self.add(&value.node, ty.cloned());
        }
        let inner = field_shape.map(|field| field.type_name.as_str());
        self.look_into(&field.selection_set.node, inner, shape);
    }

    fn add_conditions(&mut self, directives: &[Positioned<Directive>]) {
        for directive in directives {
            for (_, value) in &directive.node.arguments {
                self.add(&value.node, Type::new("Boolean!"));
            }
        }
    }

    fn add(&mut self, value: &Literal, ty: Option<Type>) {
        let open = Open {
            value: value.clone(),
            ty,
        };
        if ValueSize::parts(value).variables > 0 && !self.0.contains(&open) {
            self.0.push(open);
        }
    }
}

impl Open {
    fn fits(&self, variables: &Variables, shape: &Shape) -> bool {
        let Some(ty) = &self.ty else {
            return false;
        };
        match &self.value {
            Literal::Variable(name) => match variables.get(name) {
                Some(value) => fits(value, ty, shape),
                None => ty.nullable,
            },
            mixed => resolved(mixed, variables).is_some_and(|value| fits(&value, ty, shape)),
        }
    }
}

fn fits(value: &Value, ty: &Type, shape: &Shape) -> bool {
    match (value, &ty.base) {
        (Value::Null, _) => ty.nullable,
        (Value::List(items), BaseType::List(item)) => {
            items.iter().all(|value| fits(value, item, shape))
        }
        (_, BaseType::List(_)) => false,
        (value, BaseType::Named(name)) => fits_named(value, name, shape),
    }
}

fn fits_named(value: &Value, name: &Name, shape: &Shape) -> bool {
    match (value, name.as_str()) {
        (Value::String(_), "String" | "ID") | (Value::Boolean(_), "Boolean") => true,
        (Value::Number(number), "Int") => number
            .as_i64()
            .is_some_and(|number| i32::try_from(number).is_ok()),
        (Value::Object(members), name) => {
            let fit = members.iter().all(|(member, value)| {
                let ty = shape.input(name, member);
                ty.is_some_and(|ty| fits(value, ty, shape))
            });
            fit && shape.takes(name, members)
        }
        (Value::Enum(value), name) if shape.has_value(name, value) => true,
        (Value::String(value), name) if shape.has_value(name, value) => true,
        (value, name) => scalar::is_valid(name, value),
    }
}
