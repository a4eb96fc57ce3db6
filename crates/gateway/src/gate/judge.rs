//! Validation of a document as it was sent, without running it.
//!
//! The engine validates what it executes. What we execute is a normalised document, in which
//! unused fragments, say, are gone, so that the rules have to be applied to the original before.
//! A second schema does that: its only extension stops every request behind the validation. The
//! schema that executes stays free of extensions, for which every field would pay.

use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation};
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{Request, ServerError, ValidationResult, async_trait};
use futures_util::FutureExt as _;

use super::limit::MAX_HEIGHT;
use crate::error::{GraphError, MAX_ERRORS};
use crate::schema::{self, Schema};

/// Applies the rules of GraphQL to documents.
pub(crate) struct Judge {
    schema: Schema,
}

impl Judge {
    /// A judge who makes suggestions only where the schema may be seen.
    pub(crate) fn new(introspection: bool) -> Self {
        let builder = schema::build(introspection)
            .limit_recursive_depth(MAX_HEIGHT)
            .extension(StopBehindValidation);
        Self {
            schema: builder.finish(),
        }
    }

    /// The rules that the document breaks whatever its variables are, in the order of the text and
    /// at most [`MAX_ERRORS`].
    pub(crate) fn errors(&self, document: ExecutableDocument) -> Vec<GraphError> {
        let mut request = Request::new("");
        request.set_parsed_query(document);
        // Nothing that comes before the execution waits for anything.
        let response = self.schema.execute(request).now_or_never();
        let found = response.unwrap_or_default().errors.into_iter();
        let broken = found.filter(|error| error.source::<Valid>().is_none());
        let mut broken: Vec<ServerError> = broken.collect();
        // The engine walks through maps, which have another order each time.
        broken.sort_by(|one, other| {
            let places = one.locations.cmp(&other.locations);
            places.then_with(|| one.message.cmp(&other.message))
        });
        let first = broken.into_iter().take(MAX_ERRORS);
        first.map(GraphError::of_validation).collect()
    }
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
