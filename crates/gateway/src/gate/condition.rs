//! Variables that decide whether something is selected.
//!
//! `@skip` and `@include` take a `Boolean!`. The engine's validation does not compare the types of
//! variables in directives, and runs a variable without a value as false.

use async_graphql::parser::types::{
    BaseType, Directive, OperationDefinition, Selection, SelectionSet, VariableDefinition,
};
use async_graphql::{Positioned, Value};
use async_graphql_value::Value as Literal;

use crate::error::{ErrorCode, GraphError};

/// Refuses a normalised operation in which such a variable may have no value, or is no Boolean.
pub(super) fn check(operation: &OperationDefinition) -> Result<(), GraphError> {
    selection(&operation.selection_set.node, operation)
}

fn selection(set: &SelectionSet, operation: &OperationDefinition) -> Result<(), GraphError> {
    for item in &set.items {
        let mut directives = item.node.directives().iter();
        directives.try_for_each(|directive| condition(directive, operation))?;
        match &item.node {
            Selection::Field(field) => selection(&field.node.selection_set.node, operation)?,
            Selection::InlineFragment(fragment) => {
                selection(&fragment.node.selection_set.node, operation)?;
            }
            Selection::FragmentSpread(_) => {}
        }
    }
    Ok(())
}

fn condition(
    directive: &Positioned<Directive>,
    operation: &OperationDefinition,
) -> Result<(), GraphError> {
    let Some(Literal::Variable(name)) = directive.node.get_argument("if").map(|value| &value.node)
    else {
        return Ok(());
    };
    let mut definitions = operation.variable_definitions.iter();
    let defined = definitions.find(|definition| definition.node.name.node == *name);
    // Validation has seen that it is defined.
    match defined {
        Some(definition) if !decides(&definition.node) => {
            let ty = &definition.node.var_type.node;
            let message = format!("variable ${name} is {ty}: @skip and @include take Boolean!");
            let error = GraphError::new(ErrorCode::GraphqlValidationFailed, &message);
            Err(error.located(vec![definition.pos, directive.pos]))
        }
        _ => Ok(()),
    }
}

/// Whether the variable always is true or false.
fn decides(definition: &VariableDefinition) -> bool {
    let ty = &definition.var_type.node;
    let is_boolean = matches!(&ty.base, BaseType::Named(name) if name == "Boolean");
    let default = definition
        .default_value
        .as_ref()
        .map(|default| &default.node);
    is_boolean && (!ty.nullable || default.is_some_and(|default| *default != Value::Null))
}
