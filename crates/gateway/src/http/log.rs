//! One line for every request, when its answer is ready; the usual log has those that failed or
//! took long.
//!
//! Lines hold numbers, names of ours and hashes: never variables, the text of a document, a query
//! string or credentials.

use std::time::Duration;

use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::{HttpMessage as _, HttpRequest};
use domain::id::KeyId;

use super::GRAPH;
use crate::document::ShortHash;
use crate::execute::Facts;

/// What a handler knows of the operation that it ran, for the line about its request.
#[derive(Clone, Debug, Default)]
pub(super) struct OperationLog {
    /// The type of the operation: `query`, `mutation`, `subscription` or `none`.
    pub(super) kind: &'static str,
    /// The id of a trusted document, or the beginning of the hash of any other.
    pub(super) document: Option<ShortHash>,
    /// The key of the caller.
    pub(super) key: Option<KeyId>,
    /// What the operation cost.
    pub(super) cost: Option<u64>,
    /// What became of it: `ok`, `partial`, `refused` or `failed`.
    pub(super) outcome: &'static str,
}

impl OperationLog {
    /// What is known of an operation before anything becomes of it.
    pub(super) fn of(facts: &Facts) -> Self {
        Self {
            kind: facts.kind.unwrap_or("none"),
            document: facts.document,
            key: None,
            cost: facts.cost,
            outcome: "none",
        }
    }

    /// Notes what is known; the latest note counts.
    pub(super) fn note(self, request: &HttpRequest) {
        request.extensions_mut().insert(self);
    }
}

/// Milliseconds with three decimals.
fn milliseconds(took: Duration) -> f64 {
    let micros = u32::try_from(took.as_micros()).unwrap_or(u32::MAX);
    f64::from(micros) / 1e3
}

/// Longer than this is worth a line of its own.
const SLOW: Duration = Duration::from_secs(1);

/// Writes the line, at a level that tells failures and slow answers from the rest: what went well
/// is counted by the metrics and costs no line. Who asks too often cannot fill the log either.
pub(super) fn answered(answer: &ServiceResponse<impl MessageBody>, took: Duration) {
    let request = answer.request();
    let status = answer.status();
    let noted = request.extensions().get::<OperationLog>().cloned();
    let operation = noted.as_ref();
    let bytes = match answer.response().body().size() {
        BodySize::Sized(bytes) => Some(bytes),
        BodySize::None => Some(0),
        BodySize::Stream => None,
    };
    macro_rules! line {
        ($level:ident) => {
            tracing::$level!(
                http.status = status.as_u16(),
                duration.ms = milliseconds(took),
                bytes,
                operation.type = operation.map(|operation| operation.kind),
                document.hash = operation.and_then(|operation| operation.document).map(tracing::field::display),
                key.id = operation.and_then(|operation| operation.key).map(tracing::field::display),
                operation.cost = operation.and_then(|operation| operation.cost),
                operation.outcome = operation.map(|operation| operation.outcome),
                "answered a request"
            )
        };
    }
    let went_well = status.is_success() || status == StatusCode::SWITCHING_PROTOCOLS;
    let failed = operation.map_or(!went_well, |operation| operation.outcome != "ok");
    if status.is_server_error() {
        line!(warn);
    } else if status == StatusCode::TOO_MANY_REQUESTS {
        line!(debug);
    } else if took >= SLOW || (request.path() == GRAPH && failed) {
        line!(info);
    } else {
        line!(debug);
    }
}
