//! The engine, for operations that ask about the schema: only it knows the schema in full.

use std::collections::HashMap;
use std::sync::Arc;

use app::{Access, Catalogue};
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument};
use async_graphql::{Positioned, Request, Response, Value};
use ingest::skill::Dictionary;

use super::executor::{Execution, Prepared};
use super::{Asking, Outcome};
use crate::GatewaySettings;
use crate::cache::Reading;
use crate::error::{GraphError, MAX_ERRORS};
use crate::gate::MAX_HEIGHT;
use crate::schema::{self, Schema, Shape};
use crate::selection::Selection;
use crate::write::{Data, Limits, Stopped};

/// Runs operations by resolving each field into a value.
pub(super) struct Engine {
    schema: Schema,
}

impl Engine {
    /// An engine for the schema of a shape.
    pub(super) fn new(
        catalogue: &Catalogue,
        dictionary: Arc<Dictionary>,
        access: Option<Access>,
        settings: &GatewaySettings,
        shape: &Arc<Shape>,
    ) -> Self {
        let builder = schema::build(settings.execution.introspection)
            .limit_recursive_depth(MAX_HEIGHT)
            .data(catalogue.clone())
            .data(dictionary)
            .data(Arc::clone(shape))
            .data(settings.clone());
        let builder = match access {
            Some(access) => builder.data(access),
            None => builder,
        };
        Self {
            schema: builder.finish(),
        }
    }

    /// Runs an operation; all of its fields read through `reading`.
    pub(super) async fn run(
        &self,
        prepared: &Prepared<'_>,
        limits: Limits,
        asking: &Asking,
        reading: Reading,
    ) -> Execution {
        let Prepared {
            operation,
            selection,
            variables,
        } = prepared;
        let definition = operation.definition.clone();
        let pos = definition.selection_set.pos;
        let document = ExecutableDocument {
            operations: DocumentOperations::Single(Positioned::new(definition, pos)),
            fragments: HashMap::default(),
        };
        let mut request = Request::new("")
            .variables(variables.clone())
            .data(asking.clone())
            .data(reading);
        request.set_parsed_query(document);
        classified(self.schema.execute(request).await, selection, limits)
    }
}

/// Tells what was refused before anything ran from what ran and failed in places: only a field
/// that ran has a path.
fn classified(response: Response, selection: &Selection, limits: Limits) -> Execution {
    let Response { data, errors, .. } = response;
    let ran = errors.is_empty() || errors.iter().any(|error| !error.path.is_empty());
    let errors = errors.into_iter().take(MAX_ERRORS);
    if !ran {
        return Execution::refused(errors.map(GraphError::of_validation).collect());
    }
    if objects(&data) > limits.objects {
        return Execution::stopped(Stopped::Objects, limits);
    }
    Execution {
        worth: (data != Value::Null).then(|| selection.worth(&data)),
        outcome: Outcome::Executed {
            data: Data::of(&data),
            errors: errors.map(GraphError::of_field).collect(),
        },
    }
}

/// How many objects there are in a value.
fn objects(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(objects).sum::<usize>(),
        Value::List(items) => items.iter().map(objects).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn objects_are_counted_wherever_they_are() {
        let data = Value::from_json(json!({"a": [{"b": {}}, 7, [{}]], "c": null})).unwrap();
        assert_eq!(objects(&data), 4);
    }
}
