//! What fuzzing and measuring need of the inside of this crate; the product is built without it.

mod answer;

use async_graphql::Variables;
use async_graphql::parser::types::{Selection, SelectionSet};
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::DocumentLimits;
use crate::document::Document;
use crate::error::{ErrorCode, GraphError};
use crate::execute::{DocumentSource, GraphRequest, Incoming};
use crate::gate::{Gate, Trust, variables};

pub use answer::{MeasuredAnswer, ParsedAnswer};

/// Stands between the document and the variables of an input.
const BETWEEN: &str = "\n---\n";
/// How many requests a batch may hold.
const BATCH: usize = 10;

/// The gate in front of the graph.
pub struct FuzzedGate {
    gate: Gate,
}

impl FuzzedGate {
    /// A gate with these limits.
    #[must_use]
    pub fn new(limits: DocumentLimits) -> Self {
        Self {
            gate: Gate::new(&crate::sdl(), limits, true),
        }
    }

    /// What the gate says to the text: the code of the first error, if there is one.
    #[must_use]
    pub fn verdict(&self, text: &str) -> Option<&'static str> {
        let refused = self.gate.admit(text, Trust::Sent).err()?;
        refused.first().map(|error| error.code().name())
    }

    /// Judges an input of the fuzzer: a document and, behind a line of three dashes, the JSON of
    /// its variables.
    ///
    /// # Panics
    ///
    /// When the gate breaks a promise.
    pub fn probe(&self, input: &str) {
        let (text, given) = match input.rsplit_once(BETWEEN) {
            Some((text, json)) => (text, serde_json::from_str(json).unwrap_or_default()),
            None => (input, Value::Null),
        };
        let verdict = self.gate.admit(text, Trust::Sent);
        let again = self.gate.admit(text, Trust::Sent);
        // The words may differ: of several unknown members of a literal, the engine tells any.
        let (codes, codes_again) = (codes(&verdict), codes(&again));
        assert_eq!(codes, codes_again, "the same text, another verdict");
        match verdict {
            Ok(document) => {
                self.check_admitted(text, &document);
                self.price(&document, &given);
            }
            Err(errors) => assert!((1..=10).contains(&errors.len()), "{} errors", errors.len()),
        }
    }

    fn check_admitted(&self, text: &str, document: &Document) {
        assert!(self.gate.check(document).is_ok(), "over a limit");
        // Commas are nothing to GraphQL, but they are bytes.
        let long = format!("{text}{}", ",".repeat(self.gate.limits().document_bytes));
        let refused = self.gate.admit(&long, Trust::Sent);
        assert_eq!(codes(&refused), [ErrorCode::LimitDocumentBytes]);

        let counted = document.size.fields + document.size.introspection.fields;
        let operations = document.operations();
        let executed = operations.map(|operation| fields(&operation.definition.selection_set.node));
        let executed: usize = executed.sum();
        assert!(
            executed <= counted,
            "{executed} fields of {counted} are executed"
        );
    }

    fn price(&self, document: &Document, given: &Value) {
        let (shape, limits) = (self.gate.shape(), self.gate.limits());
        for operation in document.operations() {
            let mut values = Variables::from_json(given.clone());
            // Values may be refused; pricing has to survive all of them.
            let _settled = variables::settle(&mut values, &operation.definition, shape, limits);
            let _checked = self.gate.check_values(operation, &values);
            let none = Variables::default();
            for values in [&values, &none] {
                let _price = operation.selection(values, shape).price(values);
            }
        }
    }
}

/// Reads an input of the fuzzer as a body and as a query string.
///
/// # Panics
///
/// When the decoders break a promise.
pub fn probe_request(input: &[u8]) {
    let alone = Incoming::from_body(input, 0);
    let read = Incoming::from_body(input, BATCH);
    if read.is_ok() {
        let json = serde_json::from_slice::<IgnoredAny>(input);
        assert!(json.is_ok(), "a request that is no JSON");
    }
    match (alone, &read) {
        (Ok(_), Ok(Incoming::Single(request))) => check_both_ways(request),
        (Err(_), Ok(Incoming::Batch(requests))) => {
            assert!((1..=BATCH).contains(&requests.len()));
            requests.iter().for_each(check_both_ways);
        }
        (alone, read) => assert!(alone.is_err() && read.is_err(), "only one of two ways"),
    }
    if let Ok(text) = std::str::from_utf8(input) {
        let _read = GraphRequest::from_query_string(text);
    }
}

/// A document means the same in a query string.
fn check_both_ways(request: &GraphRequest) {
    if let DocumentSource::Text(text) = &request.source {
        let octets = text.bytes().map(|octet| format!("%{octet:02x}"));
        let address = format!("query={}", octets.collect::<String>());
        let read = GraphRequest::from_query_string(&address).map(|read| read.source);
        assert_eq!(read.as_ref(), Ok(&request.source));
    }
}

/// The codes of the errors with which the gate refuses a document.
fn codes(verdict: &Result<Document, Vec<GraphError>>) -> Vec<ErrorCode> {
    let errors = verdict.as_ref().err().into_iter().flatten();
    errors.map(GraphError::code).collect()
}

/// Counts the fields of a normalised selection.
fn fields(set: &SelectionSet) -> usize {
    let counts = set.items.iter().map(|item| match &item.node {
        Selection::Field(field) => 1 + fields(&field.node.selection_set.node),
        Selection::InlineFragment(fragment) => fields(&fragment.node.selection_set.node),
        Selection::FragmentSpread(_) => usize::MAX / 2, // none is left
    });
    counts.fold(0, usize::saturating_add)
}

#[cfg(test)]
mod tests;
