//! Documents that the gate has let through, and where they are kept.

mod cache;
mod desk;
mod hash;
mod library;
mod pushed;
mod refused;

use async_graphql::Name;
use async_graphql::parser::types::{OperationDefinition, OperationType};

use crate::cost::PricePlan;
use crate::error::{ErrorCode, GraphError};
use crate::gate::{Size, Trust};
use crate::schema::Shape;

pub(crate) use cache::DocumentCache;
pub(crate) use hash::DocumentHash;
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

/// An operation as the engine executes it.
#[derive(Debug)]
pub(crate) struct Operation {
    name: Option<Name>,
    /// The operation with all that it uses, and nothing twice.
    pub(crate) definition: OperationDefinition,
    /// What it costs.
    pub(crate) prices: PricePlan,
}

impl Operation {
    /// An operation that is normalised.
    pub(crate) fn new(name: Option<Name>, definition: OperationDefinition, shape: &Shape) -> Self {
        Self {
            prices: PricePlan::of(&definition, shape),
            name,
            definition,
        }
    }

    /// Whether it is a query, a mutation or a subscription.
    pub(crate) fn kind(&self) -> OperationType {
        self.definition.ty
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
