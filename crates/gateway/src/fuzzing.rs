//! What fuzzing and measuring need of the inside of this crate; the product is built without it.

use async_graphql::Variables;

use crate::DocumentLimits;
use crate::execute::{GraphRequest, Incoming};
use crate::gate::{Gate, Trust, variables};

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

    /// Whether the gate lets the text through. Prices each operation as well, without variables
    /// and with those that it may be given.
    #[must_use]
    pub fn admits(&self, text: &str, given: &serde_json::Value) -> bool {
        let Ok(document) = self.gate.admit(text, Trust::Sent) else {
            return false;
        };
        if let Ok(operation) = document.operation(None) {
            let mut values = Variables::from_json(given.clone());
            let (shape, limits) = (self.gate.shape(), self.gate.limits());
            // Values may be refused; pricing has to survive all of them.
            let _settled = variables::settle(&mut values, &operation.definition, shape, limits);
            let _price = operation.prices.requested(&values);
        }
        true
    }
}

/// Whether the body is a request, or a batch of at most ten.
#[must_use]
pub fn decodes_body(body: &[u8]) -> bool {
    Incoming::from_body(body, 10).is_ok()
}

/// Whether the query string is a request.
#[must_use]
pub fn decodes_query_string(text: &str) -> bool {
    GraphRequest::from_query_string(text).is_ok()
}
