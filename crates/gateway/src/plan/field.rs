//! The fields below a field, read the way the engine executes them.

use async_graphql::parser::types::{Field as FieldNode, Selection, SelectionSet};
use async_graphql::{Context, InputType, OutputType as _, Positioned, ServerResult};

use crate::schema::node::Node;

/// A selected field.
///
/// The engine drops what `@skip` and `@include` rule out before it executes, so that only what
/// will be resolved is seen here. Its own look-ahead ignores type conditions, which is why the
/// selection is walked here.
#[derive(Clone, Copy)]
pub(crate) struct Field<'a> {
    context: &'a Context<'a>,
    node: &'a Positioned<FieldNode>,
}

impl<'a> Field<'a> {
    /// The field that is being resolved.
    pub(crate) fn current(context: &'a Context<'a>) -> Self {
        Self {
            context,
            node: context.item,
        }
    }

    /// The name in the schema, whatever the alias.
    pub(crate) fn name(self) -> &'a str {
        self.node.node.name.node.as_str()
    }

    /// The value of an argument, with variables put in; read as the resolver will read it.
    pub(crate) fn argument<T: InputType>(self, name: &str) -> ServerResult<T> {
        let (_, value) = self.context.with_field(self.node).param_value(name, None)?;
        Ok(value)
    }

    /// The selected fields of the object that the field leads to, which is of type `type_name`.
    pub(crate) fn children(self, type_name: &str) -> Vec<Self> {
        let mut found = Vec::new();
        self.collect(&self.node.node.selection_set.node, type_name, &mut found);
        found
    }

    fn collect(self, set: &'a SelectionSet, type_name: &str, found: &mut Vec<Self>) {
        for selection in &set.items {
            let (condition, inner) = match &selection.node {
                Selection::Field(node) => {
                    found.push(Self { node, ..self });
                    continue;
                }
                Selection::InlineFragment(fragment) => (
                    fragment.node.type_condition.as_ref(),
                    &fragment.node.selection_set,
                ),
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    match self.context.query_env.fragments.get(name) {
                        Some(fragment) => (
                            Some(&fragment.node.type_condition),
                            &fragment.node.selection_set,
                        ),
                        None => continue,
                    }
                }
            };
            let condition = condition.map(|condition| condition.node.on.node.as_str());
            if condition.is_none_or(|on| on == type_name || on == Node::type_name()) {
                self.collect(&inner.node, type_name, found);
            }
        }
    }
}
