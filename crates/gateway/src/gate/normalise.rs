//! One operation as it is executed: no named fragments, and nothing selected twice.
//!
//! The engine executes a field once for each place that selects it, and merges the results by
//! position. Here fragments on the type at hand are dissolved, and equal fields are joined, so
//! that each is executed once. Every node keeps its place in the document as it was sent, so that
//! errors point to the text that the client knows.

use std::collections::HashMap;

use async_graphql::parser::types::{
    ExecutableDocument, Field, FragmentDefinition, InlineFragment, OperationDefinition, Selection,
    SelectionSet, TypeCondition,
};
use async_graphql::{Name, Positioned};

use crate::schema::{Shape, root_type};

type Items = Vec<Positioned<Selection>>;

/// The operation with everything that it uses of the document. The document is valid and free of
/// fragment cycles, and its expanded size is within the limits.
pub(super) fn normalised(
    operation: &OperationDefinition,
    document: &ExecutableDocument,
    shape: &Shape,
) -> OperationDefinition {
    let fragments = &document.fragments;
    let normaliser = Normaliser { fragments, shape };
    let set = &operation.selection_set;
    let items = normaliser.items(&set.node.items, Some(root_type(operation.ty)));
    OperationDefinition {
        selection_set: Positioned::new(SelectionSet { items }, set.pos),
        ..operation.clone()
    }
}

struct Normaliser<'d> {
    fragments: &'d HashMap<Name, Positioned<FragmentDefinition>>,
    shape: &'d Shape,
}

impl Normaliser<'_> {
    /// The items of a selection of `parent`, which is unknown below a field that is unknown.
    fn items(&self, items: &Items, parent: Option<&str>) -> Items {
        let mut flat = Vec::with_capacity(items.len());
        self.flatten(items, parent, &mut flat);
        let mut joined: Items = Vec::with_capacity(flat.len());
        for item in flat {
            match item.node {
                Selection::Field(field) => add_field(&mut joined, field),
                Selection::InlineFragment(fragment) => add_fragment(&mut joined, fragment),
                Selection::FragmentSpread(_) => {}
            }
        }
        for item in &mut joined {
            self.descend(&mut item.node, parent);
        }
        joined
    }

    /// Puts the items of fragments on `parent` in the place of the fragments, and writes the other
    /// fragments in line.
    fn flatten(&self, items: &Items, parent: Option<&str>, flat: &mut Items) {
        for item in items {
            let fragment = match &item.node {
                Selection::Field(_) => {
                    flat.push(item.clone());
                    continue;
                }
                Selection::InlineFragment(fragment) => fragment.clone(),
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    let Some(fragment) = self.fragments.get(name) else {
                        continue;
                    };
                    let fragment = &fragment.node;
                    let in_line = InlineFragment {
                        type_condition: Some(fragment.type_condition.clone()),
                        directives: spread.node.directives.clone(),
                        selection_set: fragment.selection_set.clone(),
                    };
                    Positioned::new(in_line, item.pos)
                }
            };
            let condition = fragment.node.type_condition.as_ref();
            let here = condition.is_none_or(|condition| Some(on(condition)) == parent);
            if here && fragment.node.directives.is_empty() {
                self.flatten(&fragment.node.selection_set.node.items, parent, flat);
            } else {
                flat.push(Positioned::new(
                    Selection::InlineFragment(fragment),
                    item.pos,
                ));
            }
        }
    }

    fn descend(&self, item: &mut Selection, parent: Option<&str>) {
        let (set, inner) = match item {
            Selection::Field(field) => {
                let shape =
                    parent.and_then(|parent| self.shape.field(parent, &field.node.name.node));
                let inner = shape.map(|shape| shape.type_name.as_str());
                (&mut field.node.selection_set, inner)
            }
            Selection::InlineFragment(fragment) => {
                let condition = fragment.node.type_condition.as_ref();
                let inner = condition.map(|condition| condition.node.on.node.clone());
                let inner = inner.as_deref().or(parent);
                let set = &mut fragment.node.selection_set.node;
                set.items = self.items(&set.items, inner);
                return;
            }
            Selection::FragmentSpread(_) => return,
        };
        set.node.items = self.items(&set.node.items, inner);
    }
}

fn on(condition: &Positioned<TypeCondition>) -> &str {
    condition.node.on.node.as_str()
}

/// Joins the field with an equal one, or puts it at the end.
fn add_field(joined: &mut Items, field: Positioned<Field>) {
    let earlier = joined.iter_mut().find_map(|item| match &mut item.node {
        Selection::Field(earlier) if same(&earlier.node, &field.node) => Some(earlier),
        _ => None,
    });
    if let Some(earlier) = earlier {
        let items = &mut earlier.node.selection_set.node.items;
        items.extend(field.node.selection_set.node.items);
    } else {
        let pos = field.pos;
        joined.push(Positioned::new(Selection::Field(field), pos));
    }
}

fn same(one: &Field, other: &Field) -> bool {
    one.response_key().node == other.response_key().node
        && one.name.node == other.name.node
        && one.directives.is_empty()
        && other.directives.is_empty()
        && one.arguments == other.arguments
}

/// Joins the fragment with the one right before it if both are on the same type.
fn add_fragment(joined: &mut Items, fragment: Positioned<InlineFragment>) {
    if let Some(Selection::InlineFragment(before)) = joined.last_mut().map(|item| &mut item.node)
        && before.node.directives.is_empty()
        && fragment.node.directives.is_empty()
        && before.node.type_condition.as_ref().map(on)
            == fragment.node.type_condition.as_ref().map(on)
    {
        let items = &mut before.node.selection_set.node.items;
        items.extend(fragment.node.selection_set.node.items);
        return;
    }
    let pos = fragment.pos;
    joined.push(Positioned::new(Selection::InlineFragment(fragment), pos));
}
