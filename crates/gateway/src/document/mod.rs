//! Documents that the gate has let through, and where they are kept.

mod cache;
mod desk;
mod hash;
mod library;
mod pushed;
mod refused;

use std::sync::Arc;

use async_graphql::parser::types::{OperationDefinition, OperationType};
use async_graphql::{Name, Variables};

use crate::error::{ErrorCode, GraphError};
use crate::gate::{OpenArguments, Size, Trust};
use crate::schema::Shape;
use crate::selection::{self, Selection, Variants};

pub(crate) use cache::DocumentCache;
pub(crate) use hash::{DocumentHash, ShortHash};
pub(crate) use library::{Found, Library};
pub use refused::{RefusedDocument, check_documents};

/// A document that may be executed.
#[derive(Debug)]
pub(crate) struct Document {
    /// The hash of its text.
    pub(crate) hash: DocumentHash,
    /// How large it is.
    pub(crate) size: Size,
    /// Who chose it.
    pub(crate) trust: Trust,
    operations: Vec<Operation>,
}

impl Document {
    /// The document of a text.
    pub(crate) fn new(text: &str, size: Size, trust: Trust, operations: Vec<Operation>) -> Self {
        Self {
            hash: DocumentHash::of(text),
            size,
            trust,
            operations,
        }
    }

    /// All operations, in no order.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.operations.iter()
    }

    /// The operation that a request means; the name may be left out when there is only one.
    pub(crate) fn operation(&self, name: Option<&str>) -> Result<&Operation, GraphError> {
        let found = match (name, self.operations.as_slice()) {
            (None, [single]) => Some(single),
            (None, _) => None,
            (Some(name), operations) => operations
                .iter()
                .find(|operation| operation.name.as_ref().is_some_and(|known| known == name)),
        };
        found.ok_or_else(|| {
            let message = match name {
                Some(name) => format!("the document has no operation \"{name}\""),
                None => "operationName is missing: the document has several operations".to_owned(),
            };
            GraphError::new(ErrorCode::OperationResolutionFailure, &message)
        })
    }
}

/// An operation as it is executed.
#[derive(Debug)]
pub(crate) struct Operation {
    name: Option<Name>,
    /// The operation with all that it uses, and nothing twice.
    pub(crate) definition: OperationDefinition,
    /// The arguments whose values are known with the variables only.
    pub(crate) open: OpenArguments,
    /// What it selects.
    variants: Variants,
}

impl Operation {
    /// An operation that is normalised.
    pub(crate) fn new(
        name: Option<Name>,
        definition: OperationDefinition,
        shape: &Shape,
    ) -> Result<Self, GraphError> {
        selection::check(&definition, shape)?;
        Ok(Self {
            name,
            open: OpenArguments::of(&definition, shape),
            variants: Variants::of(&definition, shape),
            definition,
        })
    }

    /// Its name, when it has one.
    pub(crate) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// What the operation selects with these variables.
    pub(crate) fn selection(&self, variables: &Variables, shape: &Shape) -> Arc<Selection> {
        let make = || Selection::of(&self.definition, variables, shape);
        self.variants.get(variables, make)
    }

    /// Whether it is a query, a mutation or a subscription.
    pub(crate) fn kind(&self) -> OperationType {
        self.definition.ty
    }

    /// Whether it is a query.
    pub(crate) fn is_query(&self) -> bool {
        self.kind() == OperationType::Query
    }

    /// The same in a word, for logs and metrics.
    pub(crate) fn word(&self) -> &'static str {
        match self.kind() {
            OperationType::Query => "query",
            OperationType::Mutation => "mutation",
            OperationType::Subscription => "subscription",
        }
    }
}
