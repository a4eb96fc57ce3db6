//! Validation of a document as it was sent, without running it.
//!
//! The engine validates what it executes. What we execute is a normalised document, in which
//! unused fragments, say, are gone, so that the rules have to be applied to the original before.
//! A second schema does that: its only extension stops every request behind the validation. The
//! schema that executes stays free of extensions, for which every field would pay.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation};
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition};
use async_graphql::{Positioned, Request, ServerError, ValidationResult, Variables, async_trait};
use futures_util::FutureExt as _;

use super::limit::MAX_HEIGHT;
use crate::error::{GraphError, MAX_ERRORS};
use crate::schema::{self, Builder, Schema};

/// Bytes of the messages of a document that is judged once more for suggestions. Each compares an
/// unknown name, of which the message tells the length, with all names of its type.
const MAX_HINTED_BYTES: usize = 1_000;

/// Applies the rules of GraphQL to documents.
pub(crate) struct Judge {
    /// Makes no suggestions: thousands of misspelled names cost it no more than others.
    silent: Schema,
    /// Makes suggestions, once the first mistake has been made.
    hinting: OnceLock<Schema>,
    /// Whether there are suggestions, because the schema may be seen.
    introspection: bool,
}

impl Judge {
    /// A judge who makes suggestions only where the schema may be seen.
    pub(crate) fn new(introspection: bool) -> Self {
        let silent = stopping(schema::build(introspection).disable_suggestions());
        Self {
            silent,
            hinting: OnceLock::new(),
            introspection,
        }
    }

    /// The rules that the document breaks whatever its variables are, in the order of the text and
    /// at most [`MAX_ERRORS`]. Suggestions are made when they are few.
    pub(crate) fn errors(&self, document: &ExecutableDocument) -> Vec<GraphError> {
        let mut broken = broken(&self.silent, document.clone(), Variables::default());
        let bytes: usize = broken.iter().map(|error| error.message.len()).sum();
        let few = (1..=MAX_ERRORS).contains(&broken.len()) && bytes <= MAX_HINTED_BYTES;
        if few && self.introspection {
            let hinting = self.hinting.get_or_init(|| stopping(schema::build(true)));
            broken = self::broken(hinting, document.clone(), Variables::default());
        }
        told(broken)
    }

    /// The rules that a valid operation breaks with the values of its variables.
    pub(crate) fn errors_of_values(
        &self,
        operation: &OperationDefinition,
        variables: &Variables,
    ) -> Vec<GraphError> {
        let document = document(operation);
        told(broken(&self.silent, document, variables.clone()))
    }
}

/// What clients read about broken rules.
fn told(mut broken: Vec<ServerError>) -> Vec<GraphError> {
    // The engine walks through maps, which have another order each time.
    broken.sort_by(|one, other| {
        let places = one.locations.cmp(&other.locations);
        places.then_with(|| one.message.cmp(&other.message))
    });
    let first = broken.into_iter().take(MAX_ERRORS);
    first.map(GraphError::of_validation).collect()
}

/// An operation as a document of its own.
fn document(operation: &OperationDefinition) -> ExecutableDocument {
    let pos = operation.selection_set.pos;
    let operation = Positioned::new(operation.clone(), pos);
    ExecutableDocument {
        operations: DocumentOperations::Single(operation),
        fragments: HashMap::default(),
    }
}

/// A schema that validates as the one that executes, and stops there.
fn stopping(builder: Builder) -> Schema {
    builder
        .limit_recursive_depth(MAX_HEIGHT)
        .extension(StopBehindValidation)
        .finish()
}

/// All rules that the document breaks, in no order.
fn broken(schema: &Schema, document: ExecutableDocument, variables: Variables) -> Vec<ServerError> {
    let mut request = Request::new("").variables(variables);
    request.set_parsed_query(document);
    // Nothing that comes before the execution waits for anything.
    let response = schema.execute(request).now_or_never();
    let found = response.unwrap_or_default().errors.into_iter();
    let broken = found.filter(|error| error.source::<Valid>().is_none());
    broken.collect()
}

/// Marks the error with which a valid document is stopped.
struct Valid;

struct StopBehindValidation;

impl ExtensionFactory for StopBehindValidation {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for StopBehindValidation {
    async fn validation(
        &self,
        context: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        next.run(context).await?;
        let mut stopped = ServerError::new("", None);
        stopped.source = Some(Arc::new(Valid));
        Err(vec![stopped])
    }
}
