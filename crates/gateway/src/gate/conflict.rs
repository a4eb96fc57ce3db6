//! Fields that cannot stand beside each other, because both would have the same name in the answer.
//!
//! The engine has the same rule, but it goes on behind a conflict and writes a sentence about each,
//! again for every selection around it: 7 KB of text made it hold fifty thousand sentences.
//! Here the first conflict ends the search, and the engine does not get to see any.
//!
//! Both look at what is written in one place. Two places that select of one object are compared
//! by [`between`] when the selection is put together.

use std::collections::{HashMap, HashSet};

use async_graphql::Positioned;
use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};

use super::order;
use crate::error::{ErrorCode, GraphError};

/// Refuses a document with a conflict. Looks at each selection as often as the engine does, so
/// that the limit of [`Size::visits`](super::Size::visits) has to come first.
pub(super) fn refuse(document: &ExecutableDocument) -> Result<(), GraphError> {
    for (_, operation) in order::operations(document) {
        every_selection(document, &operation.node.selection_set.node)?;
    }
    for (_, fragment) in order::fragments(document) {
        every_selection(document, &fragment.node.selection_set.node)?;
    }
    Ok(())
}

/// Looks at a selection and at all that are written inside of it.
fn every_selection(document: &ExecutableDocument, set: &SelectionSet) -> Result<(), GraphError> {
    let mut answer = Answer {
        document,
        fields: HashMap::with_capacity(set.items.len()),
        spread: HashSet::new(),
    };
    answer.add(None, set)?;
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => {
                let inner = &field.node.selection_set.node;
                if !inner.items.is_empty() {
                    every_selection(document, inner)?;
                }
            }
            Selection::InlineFragment(fragment) => {
                every_selection(document, &fragment.node.selection_set.node)?;
            }
            Selection::FragmentSpread(_) => {}
        }
    }
    Ok(())
}

/// The fields of one object of the answer.
struct Answer<'d> {
    document: &'d ExecutableDocument,
    /// The first field of each name, for each type that the object may have.
    fields: HashMap<(Option<&'d str>, &'d str), &'d Positioned<Field>>,
    /// Fragments that are part of it.
    spread: HashSet<&'d str>,
}

impl<'d> Answer<'d> {
    fn add(&mut self, on: Option<&'d str>, set: &'d SelectionSet) -> Result<(), GraphError> {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => self.add_field(on, field)?,
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let on = condition.map(|condition| condition.node.on.node.as_str());
                    self.add(on, &fragment.node.selection_set.node)?;
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    if let Some(fragment) = self.document.fragments.get(name)
                        && self.spread.insert(name)
                    {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.add(Some(on), &fragment.node.selection_set.node)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn add_field(
        &mut self,
        on: Option<&'d str>,
        field: &'d Positioned<Field>,
    ) -> Result<(), GraphError> {
        let name = field.node.response_key().node.as_str();
        let first = *self.fields.entry((on, name)).or_insert(field);
        between(first, field)
    }
}

/// Refuses two fields that have one name in the answer of one object and are not the same.
pub(crate) fn between(
    first: &Positioned<Field>,
    field: &Positioned<Field>,
) -> Result<(), GraphError> {
    let what = if first.node.name.node != field.node.name.node {
        "two different fields"
    } else if !same_arguments(&first.node, &field.node) {
        "two fields with different arguments"
    } else {
        return Ok(());
    };
    let name = &field.node.response_key().node;
    let message = format!("{what} have one name, give one of them an alias: \"{name}\"");
    let error = GraphError::new(ErrorCode::GraphqlValidationFailed, &message);
    Err(error.located(vec![first.pos, field.pos]))
}

fn same_arguments(one: &Field, other: &Field) -> bool {
    let equal = |(name, value): &(Positioned<_>, Positioned<_>)| {
        let name: &async_graphql::Name = &name.node;
        other.get_argument(name) == Some(value)
    };
    one.arguments.len() == other.arguments.len() && one.arguments.iter().all(equal)
}
