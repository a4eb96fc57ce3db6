//! What stands between the text of a document and its execution.
//!
//! Cheap comes before dear, bytes before meaning, and nothing follows fragments without
//! remembering where it has been: bytes → tokens and nesting → parser → one walk that counts →
//! limits → rules of GraphQL → the document as it is executed. Whatever passes is kept, because
//! all of that depends on the text alone. What depends on the request, [`variables`] and cost,
//! comes later and each time.

mod condition;
mod conflict;
mod gap;
mod judge;
mod limit;
mod measure;
mod normalise;
mod open;
mod order;
mod scan;
mod size;
mod value;
pub(crate) mod variables;

use std::sync::Arc;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Name, Variables};

use crate::DocumentLimits;
use crate::document::{Document, Operation};
use crate::error::{ErrorCode, GraphError};
use crate::schema::Shape;
use judge::Judge;

pub(crate) use conflict::between;
pub(crate) use limit::MAX_HEIGHT;
pub(crate) use open::OpenArguments;
pub(crate) use size::Size;
pub(crate) use value::ValueSize;

/// Whether somebody who runs the server has chosen the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// A client sent it: every limit holds.
    Sent,
    /// It is on a list of the operator: it may be long, and cost more than others.
    Listed,
}

/// Decides which documents are executed.
#[derive(Clone)]
pub(crate) struct Gate {
    limits: DocumentLimits,
    introspection: bool,
    shape: Arc<Shape>,
    judge: Arc<Judge>,
}

impl Gate {
    /// A gate in front of the schema that `sdl` describes.
    pub(crate) fn new(sdl: &str, limits: DocumentLimits, introspection: bool) -> Self {
        Self {
            limits,
            introspection,
            shape: Arc::new(Shape::of_sdl(sdl)),
            judge: Arc::new(Judge::new(introspection)),
        }
    }

    /// The same gate with other limits.
    pub(crate) fn with_limits(&self, limits: DocumentLimits) -> Self {
        Self {
            limits,
            ..self.clone()
        }
    }

    /// The schema as the gate sees it.
    pub(crate) fn shape(&self) -> &Arc<Shape> {
        &self.shape
    }

    /// The limits that documents are kept within.
    pub(crate) fn limits(&self) -> &DocumentLimits {
        &self.limits
    }

    /// Refuses a text that is not worth to be parsed; takes microseconds.
    pub(crate) fn look_over(&self, text: &str, trust: Trust) -> Result<(), GraphError> {
        self.check_text(&Self::seen(text), trust)
    }

    /// The document of a text, ready to be executed; else what is wrong with it.
    pub(crate) fn admit(&self, text: &str, trust: Trust) -> Result<Document, Vec<GraphError>> {
        let (size, mut parsed) = self.counted(text, trust).map_err(|error| vec![error])?;
        gap::close(&mut parsed, &self.shape).map_err(|error| vec![error])?;
        conflict::refuse(&parsed).map_err(|error| vec![error])?;
        let broken = self.judge.errors(&parsed);
        if !broken.is_empty() {
            return Err(broken);
        }
        let operations = order::operations(&parsed).into_iter();
        let operations = operations.map(|(name, operation)| {
            let normalised = normalise::normalised(&operation.node, &parsed, &self.shape);
            condition::check(&normalised)?;
            Operation::new(name.cloned(), normalised, &self.shape)
        });
        let operations: Result<_, GraphError> = operations.collect();
        let operations = operations.map_err(|error| vec![error])?;
        Ok(Document::new(text, size, trust, operations))
    }

    /// Refuses values of variables that do not fit into the arguments of the operation. Most are
    /// seen to fit at once, and about the others the engine decides.
    pub(crate) fn check_values(
        &self,
        operation: &Operation,
        variables: &Variables,
    ) -> Result<(), Vec<GraphError>> {
        if operation.open.fit(variables, &self.shape) {
            return Ok(());
        }
        let broken = self
            .judge
            .errors_of_values(&operation.definition, variables);
        if broken.is_empty() {
            Ok(())
        } else {
            Err(broken)
        }
    }

    /// Parses the text, if it is safe to, and counts it.
    fn counted(&self, text: &str, trust: Trust) -> Result<(Size, ExecutableDocument), GraphError> {
        let seen = Self::seen(text);
        self.check_text(&seen, trust)?;
        let parsed = parse_query(text).map_err(|error| GraphError::of_parser(&error))?;
        let size = Size {
            bytes: seen.bytes,
            tokens: seen.tokens,
            nesting: seen.nesting,
            ..measure::measure(&parsed)?
        };
        self.check_document(&size)?;
        Ok((size, parsed))
    }

    /// What can be counted without the parser.
    fn seen(text: &str) -> Size {
        let scanned = scan::scan(text);
        Size {
            bytes: text.len(),
            tokens: scanned.tokens,
            nesting: scanned.nesting,
            ..Size::default()
        }
    }

    /// What kind of operation a text means that does not have to be valid; `None` when it is not
    /// safe to look, or when there is no such operation.
    pub(crate) fn kind(&self, text: &str, name: Option<&str>) -> Option<OperationType> {
        self.look_over(text, Trust::Sent).ok()?;
        let parsed = parse_query(text).ok()?;
        let mut operations = parsed.operations.iter();
        let meant = match name {
            Some(_) => operations.find(|(known, _)| known.map(Name::as_str) == name),
            None => operations
                .next()
                .filter(|_| parsed.operations.iter().len() == 1),
        };
        meant.map(|(_, operation)| operation.node.ty)
    }

    /// Refuses a document that was admitted to somebody with wider limits.
    pub(crate) fn check(&self, document: &Document) -> Result<(), GraphError> {
        self.check_text(&document.size, document.trust)?;
        self.check_document(&document.size)
    }

    fn check_text(&self, size: &Size, trust: Trust) -> Result<(), GraphError> {
        match trust {
            Trust::Sent => limit::check_text(size, &self.limits),
            Trust::Listed => limit::check_listed_text(size, &self.limits),
        }
    }

    fn check_document(&self, size: &Size) -> Result<(), GraphError> {
        if size.introspection.fields > 0 && !self.introspection {
            let message = "the schema cannot be asked for here: read its documentation";
            return Err(GraphError::new(ErrorCode::IntrospectionDisabled, message));
        }
        limit::check_document(size, &self.limits)
    }
}

/// The first operation of a text that does not have to be valid.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn unjudged(text: &str, shape: &Shape) -> Option<Operation> {
    let parsed = parse_query(text).ok()?;
    let (name, operation) = parsed.operations.iter().next()?;
    let normalised = normalise::normalised(&operation.node, &parsed, shape);
    Operation::new(name.cloned(), normalised, shape).ok()
}

#[cfg(test)]
mod tests;
