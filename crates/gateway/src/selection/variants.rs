//! The selections of one operation, for the values that its conditions have.

use std::sync::{Arc, PoisonError, RwLock};

use async_graphql::parser::types::{OperationDefinition, Selection as Item, SelectionSet};
use async_graphql::{Name, Value, Variables};
use async_graphql_value::Value as Literal;

use super::Selection;
use crate::schema::Shape;

/// How many selections are kept; a client that asks with more combinations pays for the others
/// each time.
const KEPT: usize = 4;

/// The selections of one operation.
#[derive(Debug)]
pub(crate) struct Variants {
    /// The variables that decide what is selected.
    conditions: Vec<Name>,
    kept: RwLock<Vec<(Vec<bool>, Arc<Selection>)>>,
    /// The only one, when there are no conditions.
    only: Option<Arc<Selection>>,
}

impl Variants {
    /// Those of a normalised operation.
    pub(crate) fn of(operation: &OperationDefinition, shape: &Shape) -> Self {
        let mut conditions = Vec::new();
        collect(&operation.selection_set.node, &mut conditions);
        let only = conditions.is_empty().then(|| {
            let selection = Selection::of(operation, &Variables::default(), shape);
            Arc::new(selection)
        });
        Self {
            conditions,
            kept: RwLock::default(),
            only,
        }
    }

    /// The selection for these variables; one that is not kept yet is made by `make`.
    pub(crate) fn get(
        &self,
        variables: &Variables,
        make: impl FnOnce() -> Selection,
    ) -> Arc<Selection> {
        if let Some(only) = &self.only {
            return Arc::clone(only);
        }
        let holds = |name| variables.get(name) == Some(&Value::Boolean(true));
        let values: Vec<bool> = self.conditions.iter().map(holds).collect();
        if let Some(kept) = self.find(&values) {
            return kept;
        }
        let selection = Arc::new(make());
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT && !kept.iter().any(|(known, _)| *known == values) {
            kept.push((values, Arc::clone(&selection)));
        }
        selection
    }

    fn find(&self, values: &[bool]) -> Option<Arc<Selection>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let mut kept = kept.iter();
        let found = kept.find(|(known, _)| known.as_slice() == values);
        found.map(|(_, selection)| Arc::clone(selection))
    }
}

/// Collects the variables in the directives of a selection.
fn collect(set: &SelectionSet, found: &mut Vec<Name>) {
    for item in &set.items {
        for directive in item.node.directives() {
            for (_, value) in &directive.node.arguments {
                if let Literal::Variable(name) = &value.node
                    && !found.contains(name)
                {
                    found.push(name.clone());
                }
            }
        }
        match &item.node {
            Item::Field(field) => collect(&field.node.selection_set.node, found),
            Item::InlineFragment(fragment) => collect(&fragment.node.selection_set.node, found),
            // A normalised operation has none.
            Item::FragmentSpread(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::gate;

    #[test]
    fn few_selections_are_kept_and_all_are_right() {
        let shape = Shape::of_sdl(&crate::sdl());
        let text = "query ($a: Boolean!, $b: Boolean!, $c: Boolean!) {
            a: __typename @include(if: $a) b: __typename @include(if: $b) c: __typename @skip(if: $c)
        }";
        let operation = gate::unjudged(text, &shape).unwrap();
        for _ in 0..2 {
            for bits in 0..8 {
                let [a, b, c] = [1, 2, 4].map(|bit| bits & bit != 0);
                let variables = Variables::from_json(json!({"a": a, "b": b, "c": c}));
                let selection = operation.selection(&variables, &shape);
                let wanted = usize::from(a) + usize::from(b) + usize::from(!c);
                assert_eq!(selection.fields().len(), wanted);
                let again = operation.selection(&variables, &shape);
                assert_eq!(Arc::ptr_eq(&selection, &again), bits < KEPT);
            }
        }
    }
}
