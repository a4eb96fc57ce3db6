//! Rules of GraphQL that the engine's validation forgets.
//!
//! It does not look at `__typename`: arguments, selections and unknown directives would pass, and
//! a variable that only stands in its `@include` would count as unused. So the first two are
//! refused here, and `__typename @d` becomes `... @d { __typename }`, which means the same and is
//! validated. It does not look at directives of variables either, of which the schema knows none,
//! and it panics over the default of a variable that is a list of a type that is not there.

use async_graphql::Positioned;
use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, Field, InlineFragment, OperationDefinition, Selection,
    SelectionSet, VariableDefinition,
};

use crate::error::{ErrorCode, GraphError};
use crate::schema::{Shape, innermost};

/// Refuses what the engine would let pass, and rewrites every `__typename` with directives.
pub(super) fn close(document: &mut ExecutableDocument, shape: &Shape) -> Result<(), GraphError> {
    let mut operations: Vec<_> = match &mut document.operations {
        DocumentOperations::Single(single) => vec![single],
        DocumentOperations::Multiple(several) => several.values_mut().collect(),
    };
    // The maps have no order, but the error that is told should be the first in the text.
    operations.sort_unstable_by_key(|operation| operation.pos);
    let mut fragments: Vec<_> = document.fragments.values_mut().collect();
    fragments.sort_unstable_by_key(|fragment| fragment.pos);
    let mut operations = operations.into_iter();
    operations.try_for_each(|one| operation(&mut one.node, shape))?;
    let mut fragments = fragments.into_iter();
    fragments.try_for_each(|fragment| selection(&mut fragment.node.selection_set.node))
}

fn operation(operation: &mut OperationDefinition, shape: &Shape) -> Result<(), GraphError> {
    let mut variables = operation.variable_definitions.iter();
    variables.try_for_each(|definition| variable(definition, shape))?;
    selection(&mut operation.selection_set.node)
}

fn variable(definition: &Positioned<VariableDefinition>, shape: &Shape) -> Result<(), GraphError> {
    let name = innermost(&definition.node.var_type.node);
    let (message, pos) = if let Some(directive) = definition.node.directives.first() {
        let name = &directive.node.name.node;
        let message = format!("@{name} does not belong to a variable");
        (message, directive.pos)
    } else if definition.node.default_value.is_some() && !shape.has_type(name) {
        (format!("Unknown type \"{name}\""), definition.pos)
    } else {
        return Ok(());
    };
    let error = GraphError::new(ErrorCode::GraphqlValidationFailed, &message);
    Err(error.located(vec![pos]))
}

fn selection(set: &mut SelectionSet) -> Result<(), GraphError> {
    set.items
        .iter_mut()
        .try_for_each(|item| match &mut item.node {
            Selection::Field(field) if field.node.name.node == "__typename" => {
                check(field)?;
                if !field.node.directives.is_empty() {
                    item.node = Selection::InlineFragment(wrapped(field));
                }
                Ok(())
            }
            Selection::Field(field) => selection(&mut field.node.selection_set.node),
            Selection::InlineFragment(fragment) => selection(&mut fragment.node.selection_set.node),
            Selection::FragmentSpread(_) => Ok(()),
        })
}

fn check(field: &Positioned<Field>) -> Result<(), GraphError> {
    let what = if !field.node.arguments.is_empty() {
        "takes no arguments"
    } else if !field.node.selection_set.node.items.is_empty() {
        "has no fields"
    } else {
        return Ok(());
    };
    let message = format!("__typename {what}");
    let error = GraphError::new(ErrorCode::GraphqlValidationFailed, &message);
    Err(error.located(vec![field.pos]))
}

/// The field inside of an inline fragment that takes over its directives.
fn wrapped(field: &mut Positioned<Field>) -> Positioned<InlineFragment> {
    let directives = std::mem::take(&mut field.node.directives);
    let bare = Positioned::new(Selection::Field(field.clone()), field.pos);
    let set = SelectionSet { items: vec![bare] };
    let fragment = InlineFragment {
        type_condition: None,
        directives,
        selection_set: Positioned::new(set, field.pos),
    };
    Positioned::new(fragment, field.pos)
}
