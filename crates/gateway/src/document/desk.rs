//! Where unknown texts are admitted: beside the threads that answer requests, few at a time.
//!
//! To parse and judge a text takes up to a millisecond, and a stranger may send nothing but new
//! texts. A thread that did this between two answers would let everybody wait who is behind. So
//! what a scan of the bytes does not refuse at once waits at this desk, in the order in which it
//! came, while known documents pass.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::Document;
use crate::error::{ErrorCode, GraphError};
use crate::gate::{Gate, Trust};

/// Admits unknown texts, few at a time.
pub(super) struct Desk {
    places: Semaphore,
}

impl Desk {
    /// A desk that takes half of the machine at most.
    pub(super) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self {
            places: Semaphore::new((cores / 2).max(1)),
        }
    }

    /// The document of a text that a client has sent, or what is wrong with it.
    pub(super) async fn admit(
        &self,
        gate: &Arc<Gate>,
        text: &str,
    ) -> Result<Document, Vec<GraphError>> {
        gate.look_over(text).map_err(|error| vec![error])?;
        let _place = self.places.acquire().await;
        let (gate, text) = (Arc::clone(gate), text.to_owned());
        let admitted = tokio::task::spawn_blocking(move || gate.admit(&text, Trust::Sent)).await;
        admitted.unwrap_or_else(|panicked| {
            let cause: &dyn std::error::Error = &panicked;
            tracing::error!(error = cause, "the gate failed");
            let code = ErrorCode::InternalServerError;
            Err(vec![GraphError::new(code, "internal error")])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DocumentLimits;

    #[tokio::test]
    async fn many_texts_are_admitted_one_after_the_other() {
        let gate = Arc::new(Gate::new(&crate::sdl(), DocumentLimits::default(), true));
        let desk = Desk::new();
        let texts: Vec<String> = (0..50).map(|n| format!("{{ a{n}: __typename }}")).collect();
        let admitted = texts.iter().map(|text| desk.admit(&gate, text));
        let admitted = futures_util::future::join_all(admitted).await;
        assert!(admitted.iter().all(Result::is_ok));
    }

    #[tokio::test]
    async fn what_a_scan_refuses_does_not_wait() {
        let gate = Arc::new(Gate::new(&crate::sdl(), DocumentLimits::default(), true));
        let closed = Desk {
            places: Semaphore::new(0),
        };
        let long = "a ".repeat(2_000);
        let errors = closed.admit(&gate, &long).await.unwrap_err();
        assert_eq!(errors[0].code(), ErrorCode::LimitTokens);
    }
}
